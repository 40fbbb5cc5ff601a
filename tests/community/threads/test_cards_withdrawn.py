"""Cards of a thread go with it, in the same moment."""

import pytest

from community.spaces.models import Space
from community.threads.actions import judge_post, move_thread, unlist_thread
from community.threads.models import Post
from community.writing.card_models import CardState, CardUse, LinkCard, card_key
from community.writing.cards import card_html
from tests.community.threads.conftest import fresh


@pytest.fixture
def shown(bob, thread, settings, make_thread):
    """A post elsewhere that shows a card of the thread."""
    url = f"{settings.BASE_URL}{thread.get_absolute_url()}"
    card = LinkCard.objects.create(
        key=card_key(url), url=url, state=CardState.READY, title=thread.title, own_thread=thread.pk
    )
    elsewhere = Space.objects.create(slug="elsewhere", name="Elsewhere", position=5)
    post = Post.objects.get(thread=make_thread(bob, elsewhere))
    Post.objects.filter(pk=post.pk).update(body_html=f"<p>Before.</p>\n{card_html(card)}\n<p>After.</p>")
    CardUse.objects.get_or_create(card=card, shelf="threads.post", target_pk=post.pk)
    return post


def first_of(thread):
    return Post.objects.select_related("thread__space").get(thread=thread, position=1)


def test_a_removed_thread_leaves_only_its_address(mod, thread, shown):
    judge_post(actor=mod, post=first_of(thread), state="removed", reason="Private data")

    html = fresh(shown).body_html
    assert "link-card" not in html
    assert thread.title not in html
    assert html.startswith("<p>Before.</p>")
    assert thread.get_absolute_url() in html
    assert LinkCard.objects.get(own_thread=thread.pk).title == ""


def test_a_thread_that_moves_behind_a_door_leaves_only_its_address(manager, thread, shown, private_space):
    move_thread(actor=manager, thread=thread, space=private_space)

    assert thread.title not in fresh(shown).body_html


def test_what_whoever_has_the_link_may_read_keeps_its_card(mod, thread, shown):
    unlist_thread(actor=mod, thread=thread)

    assert thread.title in fresh(shown).body_html
