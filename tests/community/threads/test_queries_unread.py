"""What is new and unread: exact, private to each member, and as cheap for very much as for little."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from community.spaces.attention import attend_to_space, attend_to_tag
from community.spaces.models import Space, SpaceMembership, Tag
from community.threads import queries
from community.threads.actions import (
    attend_to_thread,
    delete_post,
    mark_read,
    move_thread,
    set_post_state,
)
from community.threads.models import Post, ReadState, Thread, ThreadFollow


@pytest.fixture
def asked(alice: Any, carol: Any, space: Any, make_thread: Any) -> Thread:
    """A question by Alice, begun after Carol had joined."""
    return make_thread(alice, space, tags=["tents"])


@pytest.fixture
def opened(asked: Thread, carol: Any) -> Thread:
    """The same, opened and tracked by Carol."""
    mark_read(actor=carol, thread=asked, position=1)
    attend_to_thread(actor=carol, thread=asked, level="tracking")
    return asked


def unread(member: Any) -> list[tuple[int, int]]:
    return [(row.pk, row.unread) for row in queries.list_unread(member).threads]


def new(member: Any) -> list[int]:
    return [row.pk for row in queries.list_new(member).threads]


def test_a_thread_is_new_until_it_is_opened(asked: Thread, alice: Any, carol: Any) -> None:
    assert new(carol) == [asked.pk]
    assert new(alice) == []

    mark_read(actor=carol, thread=asked, position=1)

    assert new(carol) == []
    assert queries.count_waiting(carol) == (0, 0)


def test_nothing_is_new_from_before_one_joined_or_from_long_ago(
    make_thread: Any, alice: Any, carol: Any, space: Any, settings: Any
) -> None:
    make_thread(alice, space, title="From long ago", occurred_at=timezone.now() - dt.timedelta(days=15))
    assert new(carol) == []
    settings.NEW_THREAD_DAYS = 16
    carol.joined_at = timezone.now() - dt.timedelta(days=20)
    assert len(new(carol)) == 1
    carol.joined_at = timezone.now() - dt.timedelta(days=1)
    assert new(carol) == []


def test_replies_are_unread_until_read(opened: Thread, bob: Any, carol: Any, make_reply: Any) -> None:
    assert unread(carol) == []
    make_reply(bob, opened)
    make_reply(bob, opened, body="And one more thing that came to my mind on the way home.")

    assert unread(carol) == [(opened.pk, 2)]
    assert queries.count_waiting(carol) == (0, 1)

    mark_read(actor=carol, thread=fresh(opened), position=2)
    assert unread(carol) == [(opened.pk, 1)]
    mark_read(actor=carol, thread=fresh(opened), position=3)
    mark_read(actor=carol, thread=fresh(opened), position=1)
    assert unread(carol) == []


def test_the_row_leads_to_the_first_unread_post(
    opened: Thread, bob: Any, carol: Any, make_reply: Any
) -> None:
    make_reply(bob, opened)
    Thread.objects.filter(pk=opened.pk).update(last_position=60)
    Post.objects.filter(thread=opened, position=2).update(position=60)
    ReadState.objects.filter(member=carol).update(last_read_position=41)

    (row,) = queries.list_unread(carol).threads

    assert row.get_absolute_url().endswith("/?after=40#new")


def test_one_who_only_looked_has_nothing_unread(asked: Thread, bob: Any, carol: Any, make_reply: Any) -> None:
    mark_read(actor=carol, thread=asked, position=1)
    make_reply(bob, asked)

    assert unread(carol) == []


@pytest.mark.parametrize("what", ["space", "tag"])
def test_a_tracked_space_or_tag_brings_what_was_opened_there(
    asked: Thread, space: Any, bob: Any, carol: Any, make_reply: Any, what: str
) -> None:
    mark_read(actor=carol, thread=asked, position=1)
    make_reply(bob, asked)
    if what == "space":
        attend_to_space(actor=carol, space=space, level="tracking")
    else:
        attend_to_tag(actor=carol, tag=Tag.objects.get(slug="tents"), level="watching")
    assert unread(carol) == [(asked.pk, 1)]

    attend_to_thread(actor=carol, thread=asked, level="normal")
    assert unread(carol) == []


@pytest.mark.parametrize("what", ["space", "tag", "thread"])
def test_what_is_muted_stays_out_of_lists(asked: Thread, space: Any, carol: Any, what: str) -> None:
    if what == "space":
        attend_to_space(actor=carol, space=space, level="muted")
    elif what == "tag":
        attend_to_tag(actor=carol, tag=Tag.objects.get(slug="tents"), level="muted")
    else:
        attend_to_thread(actor=carol, thread=asked, level="muted")

    assert new(carol) == []
    for find in (queries.list_for_member, queries.list_threads):
        assert asked.pk not in [row.pk for row in find(carol).threads]


def test_listening_wins_over_muting(asked: Thread, space: Any, carol: Any) -> None:
    attend_to_space(actor=carol, space=space, level="muted")
    attend_to_tag(actor=carol, tag=Tag.objects.get(slug="tents"), level="watching")

    assert new(carol) == [asked.pk]


def test_a_deleted_reply_is_no_news_and_a_restored_one_is(
    opened: Thread, bob: Any, mod: Any, carol: Any, make_reply: Any
) -> None:
    post = Post.objects.select_related("thread__space").get(pk=make_reply(bob, opened).pk)
    delete_post(actor=bob, post=post)
    assert unread(carol) == []
    assert queries.count_waiting(carol).unread == 0

    other = make_reply(bob, opened, body="Said again, in other words and with a picture in mind.")
    hidden = Post.objects.select_related("thread__space").get(pk=other.pk)
    set_post_state(actor=mod, post=hidden, state="hidden", reason="")
    assert unread(carol) == []
    set_post_state(actor=mod, post=hidden, state="visible", reason="")
    assert unread(carol) == [(opened.pk, 1)]


def test_a_thread_moved_out_of_sight_is_neither_new_nor_unread(
    opened: Thread, bob: Any, admin: Any, carol: Any, private_space: Any, make_reply: Any
) -> None:
    make_reply(bob, opened)
    move_thread(actor=admin, thread=fresh(opened), space=private_space)
    assert unread(carol) == []
    assert queries.count_waiting(carol) == (0, 0)

    SpaceMembership.objects.create(space=private_space, member=carol)
    assert unread(carol) == [(opened.pk, 1)]


def _many(carol: Any, space: Space, count: int) -> None:
    """Give Carol so many threads with something unread."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH t AS (INSERT INTO threads_thread (space_id, kind, title, excerpt, tags, state, is_locked,"
            " last_position, reply_count, reaction_count, view_count, last_post_at, created_at, language)"
            " SELECT %s, 'question', 'Thread ' || n, '', '{}', 'visible', false, 2, 1, 0, 0,"
            " now() - n * interval '1 minute', now() - n * interval '2 minutes', '' FROM generate_series(1, %s) n"
            " RETURNING id), p AS (INSERT INTO threads_post (thread_id, position, body_md, body_html,"
            " render_version, state, state_reason, reactions, imported, edit_count, created_at)"
            " SELECT id, 2, 'x', 'x', 0, 'visible', '', '{}', '{}', 0, now() FROM t), f AS ("
            " INSERT INTO threads_threadfollow (thread_id, member_id, level, created_at)"
            " SELECT id, %s, 'tracking', now() FROM t) INSERT INTO threads_readstate"
            " (thread_id, member_id, last_read_position, read_at) SELECT id, %s, 1, now() FROM t",
            [space.pk, count, carol.pk, carol.pk],
        )
        cursor.execute("ANALYZE threads_thread, threads_post, threads_threadfollow, threads_readstate")


@pytest.mark.parametrize("count", [5, 3000])
def test_very_much_unread_costs_as_many_statements_as_little(
    carol: Any, space: Any, sign_in: Any, counted: Any, count: int
) -> None:
    _many(carol, space, count)
    client = sign_in(carol)
    client.get("/?view=unread")

    with counted() as statements:
        page = client.get("/?view=unread")

    assert page.status_code == 200
    assert len(statements()) <= 6, "\n".join(statements())
    assert page.content.decode().count('class="row"') == min(count, 20)
    assert queries.count_waiting(carol).unread == min(count, 100)


def test_pages_of_unread_skip_and_repeat_nothing(carol: Any, space: Any) -> None:
    _many(carol, space, 47)
    seen: list[int] = []
    after = None
    for _page in range(3):
        page = queries.list_unread(carol, after)
        seen += [row.pk for row in page.threads]
        after = page.after

    assert after is None
    assert len(seen) == len(set(seen)) == 47


def test_mine_is_what_one_began_or_wrote_in(
    asked: Thread, make_thread: Any, make_reply: Any, alice: Any, bob: Any, space: Any
) -> None:
    other = make_thread(bob, space, title="Of another matter entirely")
    make_thread(alice, space, title="Nothing of Bob's is in here")
    make_reply(bob, asked)

    assert {row.pk for row in queries.list_mine(bob).threads} == {asked.pk, other.pk}


def test_those_who_write_track_and_those_who_begin_watch(
    asked: Thread, alice: Any, bob: Any, make_reply: Any
) -> None:
    make_reply(bob, asked)

    levels = dict(ThreadFollow.objects.filter(thread=asked).values_list("member__handle", "level"))
    assert levels == {"alice": "watching", "bob": "tracking"}


def fresh(thread: Thread) -> Thread:
    return Thread.objects.select_related("space").get(pk=thread.pk)
