"""Old texts catch up with the renderer, and nothing else about them changes."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from community.activity.models import Activity
from community.members.models import Member
from community.messages.actions import begin_conversation
from community.messages.models import Message
from community.threads.models import Post
from community.threads.shelves import POSTS
from community.writing import renewing
from community.writing.markdown import RENDER_VERSION
from community.writing.models import Renewal
from community.writing.renewing import renew_all, renew_batch, renew_rows, waiting
from community.writing.tasks import renew

OLD = "<p>as it was</p>"


def age(*pks: int) -> None:
    Post.objects.filter(pk__in=pks).update(body_html=OLD, render_version=RENDER_VERSION - 1)


def facts(post: Post) -> dict[str, Any]:
    post.refresh_from_db()
    return {
        field.attname: getattr(post, field.attname)
        for field in Post._meta.concrete_fields
        if field.name not in ("body_html", "render_version")
    }


@pytest.fixture
def posts(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any) -> list[Post]:
    """A question that names Bob, and four replies."""
    thread = make_thread(alice, space, body="What does @bob say? **Now.**")
    for _number in range(4):
        make_reply(bob, thread)
    return list(Post.objects.order_by("pk"))


def test_old_posts_are_rendered_again_and_nothing_else_changes(posts: list[Post]) -> None:
    before, activities = [facts(post) for post in posts], Activity.objects.count()
    new = posts[0].body_html
    age(*[post.pk for post in posts[:3]])
    assert waiting("threads.post") == 3

    assert renew_all(seconds=30) == 3

    assert [facts(post) for post in posts] == before
    assert posts[0].body_html == new and 'href="/@bob/"' in new
    assert all(post.render_version == RENDER_VERSION and post.body_html != OLD for post in posts)
    assert Activity.objects.count() == activities
    assert waiting("threads.post") == 0
    assert renew() == 0


def test_it_goes_on_where_it_was_left(posts: list[Post], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewing, "BATCH", 2)
    age(*[post.pk for post in posts])

    assert renew_batch(POSTS) == 2
    assert Renewal.objects.get(shelf="threads.post").upto == posts[1].pk
    assert waiting("threads.post") == 3
    assert [renew_batch(POSTS) for _round in range(3)] == [2, 1, None]
    assert Renewal.objects.get(shelf="threads.post").done_at is not None


def test_a_text_that_was_changed_meanwhile_is_left_alone(
    posts: list[Post], monkeypatch: pytest.MonkeyPatch
) -> None:
    post = posts[1]
    age(post.pk)
    render = renewing.render_many

    def meanwhile(texts: Any, **more: Any) -> Any:
        pages = list(render(texts, **more))
        Post.objects.filter(pk=post.pk).update(
            body_md="Newer.", body_html="<p>Newer.</p>", render_version=RENDER_VERSION
        )
        return iter(pages)

    monkeypatch.setattr(renewing, "render_many", meanwhile)

    assert renew_batch(POSTS) == 0

    post.refresh_from_db()
    assert post.body_html == "<p>Newer.</p>"


def test_what_the_version_before_wrote_late_is_found_a_day_later(posts: list[Post]) -> None:
    renew_all(seconds=30)
    age(posts[0].pk)
    assert renew_all(seconds=30) == 0

    with time_machine.travel(timezone.now() + dt.timedelta(hours=25)):
        assert renew_all(seconds=30) == 1


def test_bios_are_rendered_once_for_each_version(alice: Any, bob: Any) -> None:
    Member.objects.filter(pk=alice.pk).update(bio_md="I **camp**.", bio_html=OLD)

    renew_all(seconds=30)
    alice.refresh_from_db()
    assert alice.bio_html == "<p>I <strong>camp</strong>.</p>\n"

    Member.objects.filter(pk=alice.pk).update(bio_html=OLD)
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        renew_all(seconds=30)
    assert Member.objects.get(pk=alice.pk).bio_html == OLD
    Renewal.objects.update(version=RENDER_VERSION - 1)
    renew_all(seconds=30)
    assert Member.objects.get(pk=alice.pk).bio_html != OLD


def test_messages_are_rendered_again(alice: Any, bob: Any) -> None:
    begin_conversation(actor=alice, members=[bob], body="See *this*.")
    Message.objects.update(body_html=OLD, render_version=RENDER_VERSION - 1)

    renew_all(seconds=30)

    assert "<em>this</em>" in Message.objects.get().body_html


def test_some_texts_are_rendered_again_at_once(posts: list[Post]) -> None:
    Post.objects.update(body_html=OLD)

    assert renew_rows(POSTS, [posts[3].pk, posts[0].pk]) == 2

    assert [post.body_html == OLD for post in Post.objects.order_by("pk")] == [False, True, True, False, True]


def test_the_team_sees_what_is_left(posts: list[Post], manager: Any, sign_in: Any) -> None:
    renew_batch(POSTS)
    age(posts[0].pk, posts[1].pk)

    page = sign_in(manager).get("/admin/writing/renewal/").content.decode()

    assert "threads.post" in page and ">2<" in page
