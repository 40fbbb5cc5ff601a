"""Posts that members keep true together."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import RateLimited, Refused
from community.threads.actions import edit_post, set_wiki
from community.threads.models import PostRevision
from tests.community.threads.conftest import fresh


@pytest.fixture
def known(carol: Any) -> Any:
    """Carol, whom people know a little."""
    carol.trust_level = 1
    carol.save(update_fields=["trust_level"])
    return carol


def test_members_edit_a_wiki_post_and_the_history_names_each(bob, mod, known, answer):
    set_wiki(actor=bob, post=answer, wiki=True)

    edit_post(actor=known, post=fresh(answer), body="Aluminium bends.", reason="Shorter")
    edit_post(actor=mod, post=fresh(answer), body="Aluminium bends!")

    assert fresh(answer).edited_at is not None
    assert list(PostRevision.objects.values_list("editor", flat=True)) == [known.pk, mod.pk]
    assert Activity.objects.get(verb="post.wiki_changed").payload["wiki"] is True


def test_opening_it_twice_is_told_once(bob, answer):
    set_wiki(actor=bob, post=answer, wiki=True)
    set_wiki(actor=bob, post=answer, wiki=True)

    assert Activity.objects.filter(verb="post.wiki_changed").count() == 1


def test_newcomers_do_not_edit_a_wiki_post_and_nobody_else_one_that_is_none(mod, known, make_member, answer):
    with pytest.raises(Refused) as refusal:
        edit_post(actor=known, post=answer, body="Steel bends.")
    assert refusal.value.code == "not_yours"

    set_wiki(actor=mod, post=answer, wiki=True)
    with pytest.raises(Refused) as refusal:
        edit_post(actor=make_member("dave", trust_level=0), post=fresh(answer), body="Steel bends.")
    assert refusal.value.code == "too_new"

    set_wiki(actor=mod, post=answer, wiki=False)
    with pytest.raises(Refused):
        edit_post(actor=known, post=fresh(answer), body="Steel bends.")
    assert fresh(answer).body_md == answer.body_md
    assert not PostRevision.objects.exists()


def test_title_and_topics_stay_with_the_author_and_the_team(alice, known, thread, question):
    set_wiki(actor=alice, post=question, wiki=True)

    with pytest.raises(Refused):
        edit_post(actor=known, post=fresh(question), body=question.body_md, title="Something else")

    assert fresh(thread).title == thread.title
    edit_post(actor=known, post=fresh(question), body="Which poles stand in a gale?")
    assert fresh(question).body_md == "Which poles stand in a gale?"


def test_only_author_and_moderators_open_it(known, answer):
    with pytest.raises(Refused) as refusal:
        set_wiki(actor=known, post=answer, wiki=True)

    assert refusal.value.code == "not_yours"
    assert not fresh(answer).is_wiki
    assert not Activity.objects.filter(verb="post.wiki_changed").exists()


def test_a_suspended_author_does_not(bob, mallory, answer):
    bob.suspended_until = mallory.suspended_until

    with pytest.raises(Refused):
        set_wiki(actor=bob, post=answer, wiki=True)
    assert not fresh(answer).is_wiki


def test_opening_and_closing_counts_against_the_limit_of_edits(bob, answer, limits_on):
    limits_on(**{"threads.edit": "1/h"})
    set_wiki(actor=bob, post=answer, wiki=True)

    with pytest.raises(RateLimited):
        set_wiki(actor=bob, post=answer, wiki=False)

    assert fresh(answer).is_wiki
