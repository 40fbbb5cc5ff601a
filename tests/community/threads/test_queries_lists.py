"""Lists of threads: who sees what, in which order, and that no page is skipped or shown twice."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.members.actions import block_member
from community.members.models import Follow
from community.spaces.models import Space, SpaceFollow, SpaceMembership, Tag, TagFollow
from community.threads import queries
from community.threads.actions import accept_answer, add_reaction, follow_thread, mark_read, pin_thread
from community.threads.models import State, Thread, ThreadFollow
from community.threads.queries import Cursor, Order
from community.threads.queries.days import by_day
from community.threads.ranking import rank_threads

CAST = ["guest", "alice", "bob", "mallory", "mod", "manager", "admin"]


def titles(listed: queries.ThreadList) -> list[str]:
    return [row.title for row in listed.threads]


@pytest.fixture
def many(alice: Any, space: Any, make_thread: Any) -> list[Thread]:
    """Forty-five threads, the last one the newest."""
    start = timezone.now() - dt.timedelta(days=3)
    return [
        make_thread(
            alice,
            space,
            title=f"Thread number {number:03}",
            body=f"The text of thread number {number}.",
            kind="question" if number % 2 else "discussion",
            tags=["tents"] if number % 3 == 0 else [],
            occurred_at=start + dt.timedelta(minutes=number // 2),
        )
        for number in range(45)
    ]


@pytest.mark.parametrize("who", CAST)
def test_lists_show_what_the_queryset_allows(
    who: str, request: Any, alice: Any, bob: Any, mod: Any, space: Any, private_space: Any, make_thread: Any
) -> None:
    members = Space.objects.create(slug="inside", name="Inside", access="members")
    for person in (bob, mod):
        SpaceMembership.objects.create(space=private_space, member=person)
    for place in (space, members, private_space):
        make_thread(
            bob, place, title=f"Something in {place.slug}", body=f"What there is to say in {place.slug}."
        )
    hidden = make_thread(alice, space, title="This one is hidden", body="It waits for a decision.")
    Thread.objects.filter(pk=hidden.pk).update(state=State.HIDDEN)
    viewer = request.getfixturevalue(who)

    listed = queries.list_threads(viewer, order=Order.NEWEST)

    allowed = Thread.objects.visible_to(viewer).filter(state=State.VISIBLE)
    assert {row.pk for row in listed.threads} == set(allowed.values_list("pk", flat=True))


@pytest.mark.parametrize("order", [Order.LATEST, Order.NEWEST, Order.TOP])
def test_every_page_follows_the_one_before(order: Order, many: list[Thread], space: Any) -> None:
    seen: list[int] = []
    after: Cursor | None = None
    for _page in range(4):
        listed = queries.list_threads(None, order=order, space_id=space.pk, after=after)
        seen += [row.pk for row in listed.threads]
        after = listed.after
        if after is None:
            break

    assert len(seen) == len(set(seen)) == 45
    if order is not Order.TOP:
        assert seen == [thread.pk for thread in reversed(many)]


def test_a_cursor_survives_its_address(many: list[Thread]) -> None:
    after = queries.list_threads(None, order=Order.NEWEST).after

    assert after is not None
    assert queries.read_cursor(str(after)) == after


@pytest.mark.parametrize(
    "text", ["", "1", "a.b", "1.", ".1", "1.-1", "9" * 40 + ".1", "1.9" + "9" * 40, "²." + "1"]
)
def test_what_is_no_cursor_begins_at_the_beginning(text: str) -> None:
    cursor = queries.read_cursor(text)

    assert cursor is None or cursor.moment is not None


def test_unanswered_are_questions_without_a_reply(
    alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    waiting = make_thread(alice, space)
    make_thread(
        alice, space, kind="discussion", title="Only talking here", body="Nothing is asked in this one."
    )
    answered = make_thread(alice, space, title="Another question here", body="And what I would like to know.")
    make_reply(bob, answered)

    listed = queries.list_threads(bob, order=Order.UNANSWERED)

    assert [row.pk for row in listed.threads] == [waiting.pk]


def test_most_thanked_come_first(alice: Any, bob: Any, space: Any, make_thread: Any) -> None:
    first = make_thread(alice, space, title="The first of two", body="This one helped somebody.")
    make_thread(alice, space, title="The second of two", body="This one has not helped so far.")
    add_reaction(actor=bob, post=first.posts.get(), kind="thanks")

    listed = queries.list_threads(None, order=Order.TOP, space_id=space.pk)

    assert titles(listed) == ["The first of two", "The second of two"]


def test_pinned_threads_lead_the_first_page_of_their_space_only(
    mod: Any, many: list[Thread], space: Any
) -> None:
    pin_thread(actor=mod, thread=many[0])

    first = queries.list_threads(None, space_id=space.pk)
    second = queries.list_threads(None, space_id=space.pk, after=first.after)
    everywhere = queries.list_threads(None, order=Order.LATEST)

    assert first.threads[0].pk == many[0].pk
    assert first.threads[0].is_pinned
    assert len(first.threads) == 21
    assert many[0].pk not in {row.pk for row in second.threads}
    assert not any(row.is_pinned for row in everywhere.threads)


def test_a_tag_gathers_threads(many: list[Thread], space: Any) -> None:
    listed = queries.list_threads(None, tag="tents")

    assert len(listed.threads) == 15
    assert all("tents" in row.tags for row in listed.threads)


def test_for_you_gathers_spaces_people_and_threads_once_each(
    alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any
) -> None:
    other = Space.objects.create(slug="other", name="Other")
    in_space = make_thread(alice, space, title="In a followed space", body="Because the space is followed.")
    by_person = make_thread(bob, other, title="By a followed person", body="Because the person is followed.")
    followed = make_thread(alice, other, title="A followed thread", body="Because the thread is followed.")
    make_thread(alice, other, title="Of no concern to carol", body="Nobody told carol about this one.")
    SpaceFollow.objects.create(space=space, member=carol)
    Follow.objects.create(follower=carol, followed=bob)
    follow_thread(actor=carol, thread=followed)
    follow_thread(actor=carol, thread=in_space)

    listed = queries.list_for_member(carol)

    assert sorted(row.pk for row in listed.threads) == sorted([in_space.pk, by_person.pk, followed.pk])
    assert [row.pk for row in queries.list_following(carol).threads] == [in_space.pk, followed.pk] or [
        row.pk for row in queries.list_following(carol).threads
    ] == [followed.pk, in_space.pk]


def test_for_you_shows_everything_to_who_follows_nothing(carol: Any, many: list[Thread]) -> None:
    first = queries.list_for_member(carol)
    second = queries.list_for_member(carol, first.after)

    assert len(first.threads) == 20
    assert not {row.pk for row in first.threads} & {row.pk for row in second.threads}


def test_following_hides_what_can_no_longer_be_read(
    alice: Any, carol: Any, space: Any, make_thread: Any
) -> None:
    thread = make_thread(alice, space)
    follow_thread(actor=carol, thread=thread)
    Space.objects.filter(pk=space.pk).update(access="private")

    assert queries.list_following(carol).threads == []
    assert queries.list_for_member(carol).threads == []


def test_unread_counts_from_where_one_stopped(
    alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    make_reply(bob, thread)
    thread.refresh_from_db()
    mark_read(actor=alice, thread=thread, position=1)
    make_reply(bob, thread, body="Another thought on the same question.")

    rows = {viewer: queries.list_threads(viewer).threads[0].unread for viewer in (alice, bob, None)}

    assert rows == {alice: 2, bob: 0, None: 0}


def test_days_are_said_once(alice: Any, many: list[Thread], space: Any) -> None:
    first = queries.list_threads(None, order=Order.NEWEST)
    second = queries.list_threads(None, order=Order.NEWEST, after=first.after)

    assert [words for words, _rows in by_day(first)] != [""]
    assert next(words for words, _rows in by_day(second, first.after)) == ""


def test_three_places_to_help_are_honest(
    alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    mine = make_thread(
        carol, space, title="My own question here", body="What I would like to know.", tags=["stoves"]
    )
    make_reply(bob, mine)
    known = make_thread(
        alice, space, title="Which stove for winter", body="Gas or petrol below zero?", tags=["stoves"]
    )
    helped = make_thread(
        alice, space, title="Stove will not light", body="It clicks and nothing comes.", tags=["stoves"]
    )
    make_reply(carol, helped, body="Warm the cartridge in your sleeping bag first.")
    make_thread(
        carol, space, title="Another of my own questions", body="Which nobody should be sent to by itself."
    )

    nudges = queries.three_for(carol)

    assert [(nudge.why, nudge.pk) for nudge in nudges] == [("choose", mine.pk), ("tag", known.pk)]
    assert nudges[1].about == "stoves"
    assert nudges[1].asker_first == "Alice"


def test_a_solved_question_asks_nothing_of_its_asker(
    alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    accept_answer(actor=alice, post=make_reply(bob, thread))

    assert queries.three_for(alice) == []


def test_close_titles_come_closest_first(
    alice: Any, bob: Any, space: Any, private_space: Any, make_thread: Any
) -> None:
    make_thread(alice, space, title="Washing a down sleeping bag", body="Machine or bathtub, and which soap?")
    make_thread(
        alice, space, title="Sleeping mat for side sleepers", body="Under six hundred grams would be good."
    )
    SpaceMembership.objects.create(space=private_space, member=bob)
    make_thread(
        bob, private_space, title="Secret sleeping bag prototype", body="Nobody outside may hear of it."
    )

    found = queries.threads_like(None, "Can I wash a down sleeping bag at home?")

    assert [it.title for it in found] == ["Washing a down sleeping bag", "Sleeping mat for side sleepers"]


@pytest.mark.parametrize("title", ["", "  ", "a b", "'; drop --", "& | ! ( ) :*", "\\", "日本語の質問です"])
def test_any_title_may_be_compared(title: str, db: None) -> None:
    assert queries.threads_like(None, title) == []


def test_what_a_member_muted_stays_out_of_their_own_list(
    alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any
) -> None:
    muted, tagged, shown = (
        make_thread(alice, space, title=title, tags=tags)
        for title, tags in (
            ("A thread they muted", []),
            ("A thread with a tag they muted", ["offers"]),
            ("A thread like any other", []),
        )
    )
    SpaceFollow.objects.create(space=space, member=carol)
    Follow.objects.create(follower=carol, followed=alice)
    ThreadFollow.objects.create(thread=muted, member=carol, level="muted")
    TagFollow.objects.create(tag=Tag.objects.get(slug="offers"), member=carol, level="muted")

    assert titles(queries.list_for_member(carol)) == [shown.title]
    assert tagged.title in titles(queries.list_for_member(bob))


def test_nobody_is_sent_to_help_where_they_cannot_or_would_not(
    alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any
) -> None:
    attic = Space.objects.create(slug="attic", name="The attic")
    make_thread(alice, attic, title="Asked in what is an archive by now")
    Space.objects.filter(pk=attic.pk).update(is_archived=True)
    muted = make_thread(alice, space, title="A question they muted")
    ThreadFollow.objects.create(thread=muted, member=carol, level="muted")
    make_thread(bob, space, title="A question of someone they block")
    block_member(actor=carol, member=bob)
    open_still = make_thread(alice, space, title="A question like any other")
    carol.refresh_from_db()

    assert [nudge.title for nudge in queries.three_for(carol)] == [open_still.title]


def test_lists_leave_out_what_people_began_whom_the_reader_blocks(
    alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any
) -> None:
    theirs = make_thread(bob, space, title="By someone they block", tags=["tents"])
    kept = make_thread(bob, space, title="By the same, but followed", tags=["tents"])
    other = make_thread(alice, space, title="By somebody else", tags=["tents"])
    nobodys = make_thread(alice, space, title="By someone who left", tags=["tents"])
    Thread.objects.filter(pk=nobodys.pk).update(author=None)
    follow_thread(actor=carol, thread=kept)
    rank_threads()
    Thread.objects.update(created_at=timezone.now())
    block_member(actor=carol, member=bob)
    carol.refresh_from_db()

    lists = {
        "latest": queries.list_threads(carol),
        "space": queries.list_threads(carol, space_id=space.pk),
        "tag": queries.list_threads(carol, tag="tents"),
        "new": queries.list_new(carol),
    }
    for name, listed in lists.items():
        assert set(titles(listed)) == {other.title, nobodys.title}, name
    assert set(titles(queries.list_for_member(carol))) == {kept.title, other.title, nobodys.title}
    SpaceFollow.objects.create(space=space, member=carol)
    assert set(titles(queries.list_for_member(carol))) == {kept.title, other.title, nobodys.title}
    assert theirs.title in titles(queries.list_threads(alice))
    assert queries.count_waiting(carol).new == 2


def test_a_ranking_leaves_them_out_too(
    alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    for author, title in ((alice, "Ranked by somebody else"), (bob, "Ranked by someone they block")):
        make_reply(carol, make_thread(author, space, title=title))
    rank_threads()
    block_member(actor=carol, member=bob)
    carol.refresh_from_db()

    assert titles(queries.list_ranked(carol, "all")) == ["Ranked by somebody else"]
    assert len(titles(queries.list_ranked(alice, "all"))) == 2
