"""The same done to several threads at once."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Conflict, Invalid, RateLimited, Refused
from community.spaces.models import Space, SpaceMembership
from community.threads.actions import act_on_threads, judge_post, lock_thread, undo_together
from community.threads.models import Post, Thread
from tests.community.threads.conftest import fresh


@pytest.fixture
def threads(alice: Any, space: Any, make_thread: Any) -> list[Thread]:
    return [make_thread(alice, space, title=f"How do I dry tent number {n}?") for n in range(3)]


@pytest.fixture
def other(db: None) -> Space:
    return Space.objects.create(slug="stoves", name="Stoves", position=7)


@pytest.fixture
def keeper(make_member: Any, space: Any) -> Any:
    """Keeps order in one space, and has no role."""
    member = make_member("keeper")
    SpaceMembership.objects.create(space=space, member=member, is_moderator=True)
    return member


def act(actor: Any, threads: list[Thread], name: str, **given: Any) -> Any:
    return act_on_threads(actor=actor, threads=threads, act=name, **given)


def seen(threads: list[Thread]) -> list[Thread]:
    return [fresh(thread) for thread in threads]


@pytest.mark.parametrize(
    ("name", "column", "wanted"),
    [("close", "is_locked", True), ("unlist", "state", "unlisted"), ("archive", "state", "archived")],
)
def test_it_is_done_to_each_and_taken_back(
    mod: Any, threads: list[Thread], name: str, column: str, wanted: object
) -> None:
    before = [getattr(thread, column) for thread in seen(threads)]

    told = act(mod, threads, name)

    assert [getattr(thread, column) for thread in seen(threads)] == [wanted] * 3
    assert len(told.done) == 3 and not told.refused
    undo_together(actor=mod, steps=told.undo)
    assert [getattr(thread, column) for thread in seen(threads)] == before


def test_what_was_so_before_stays_so_when_it_is_taken_back(mod: Any, threads: list[Thread]) -> None:
    lock_thread(actor=mod, thread=threads[0])

    told = act(mod, threads, "close")
    undo_together(actor=mod, steps=told.undo)

    assert [thread.pk for thread in told.unchanged] == [threads[0].pk]
    assert [thread.is_locked for thread in seen(threads)] == [True, False, False]


def test_pins_come_and_go(mod: Any, threads: list[Thread]) -> None:
    told = act(mod, threads, "pin")

    assert all(thread.pinned_at for thread in seen(threads))
    undo_together(actor=mod, steps=told.undo)
    assert not any(thread.pinned_at for thread in seen(threads))


def test_moved_threads_return_each_to_where_it_came_from(
    mod: Any, alice: Any, threads: list[Thread], other: Space, make_thread: Any, private_space: Any
) -> None:
    third = Space.objects.create(slug="poles", name="Poles", position=8)
    threads.append(make_thread(alice, third))

    told = act(mod, threads, "move", space=other)

    assert {thread.space_id for thread in seen(threads)} == {other.pk}
    undo_together(actor=mod, steps=told.undo)
    assert [thread.space.slug for thread in seen(threads)] == ["help", "help", "help", "poles"]


def test_a_topic_is_added_where_it_is_not_yet(mod: Any, threads: list[Thread]) -> None:
    act(mod, threads[:1], "tag", tag="Drying")
    told = act(mod, threads, "tag", tag="#drying")

    assert all("drying" in thread.tags for thread in seen(threads))
    assert len(told.done) == 2 and len(told.unchanged) == 1
    undo_together(actor=mod, steps=told.undo)
    assert ["drying" in thread.tags for thread in seen(threads)] == [True, False, False]


def test_threads_are_taken_off_with_a_reason_and_put_back(mod: Any, threads: list[Thread]) -> None:
    told = act(mod, threads, "remove", reason="All of it is  advertising.")

    assert {thread.state for thread in seen(threads)} == {"removed"}
    assert {post.state_reason for post in Post.objects.filter(position=1)} == {"All of it is advertising."}
    undo_together(actor=mod, steps=told.undo)
    assert {thread.state for thread in seen(threads)} == {"visible"}


def test_what_waits_for_a_decision_is_not_taken_off(mod: Any, threads: list[Thread]) -> None:
    first = Post.objects.select_related("thread__space").get(thread=threads[0], position=1)
    judge_post(actor=mod, post=first, state="hidden", reason="Let us look at it.")

    told = act(mod, threads, "remove", reason="Advertising.")

    assert [thread.pk for thread, _why in told.refused] == [threads[0].pk]
    assert [thread.state for thread in seen(threads)] == ["hidden", "removed", "removed"]


def test_each_is_judged_on_its_own(
    keeper: Any, alice: Any, threads: list[Thread], other: Space, make_thread: Any
) -> None:
    foreign = make_thread(alice, other)

    told = act(keeper, [foreign, *threads], "close")

    assert [(thread.pk, why) for thread, why in told.refused] == [
        (foreign.pk, "Only the moderators of this space can do that.")
    ]
    assert not fresh(foreign).is_locked
    assert all(thread.is_locked for thread in seen(threads))


def test_a_moderator_of_a_space_takes_back_what_they_no_longer_see(
    keeper: Any, threads: list[Thread]
) -> None:
    told = act(keeper, threads, "remove", reason="Advertising.")

    undo_together(actor=keeper, steps=told.undo)

    assert {thread.state for thread in seen(threads)} == {"visible"}


def test_only_who_keeps_order_acts_on_several(bob: Any, make_member: Any, threads: list[Thread]) -> None:
    for actor in (bob, make_member("leader", trust_level=4)):
        with pytest.raises(Refused):
            act(actor, threads, "close")

    assert not any(thread.is_locked for thread in seen(threads))


def test_a_suspended_moderator_does_nothing(make_member: Any, mallory: Any, space: Any, threads: Any) -> None:
    SpaceMembership.objects.create(space=space, member=mallory, is_moderator=True)

    with pytest.raises(Refused):
        act(mallory, threads, "close")

    assert not any(thread.is_locked for thread in seen(threads))


@pytest.mark.parametrize(
    ("name", "given", "missing"),
    [
        ("move", {}, "space"),
        ("tag", {"tag": " # "}, "tag"),
        ("remove", {"reason": "  "}, "reason"),
        ("burn", {}, "act"),
    ],
)
def test_what_an_act_needs_is_asked_for_before_anything_is_done(
    mod: Any, threads: list[Thread], name: str, given: dict[str, str], missing: str
) -> None:
    before = Activity.objects.count()

    with pytest.raises(Invalid) as refusal:
        act(mod, threads, name, **given)

    assert missing in refusal.value.fields
    assert Activity.objects.count() == before


def test_no_more_than_fifty_at_once(mod: Any, threads: list[Thread]) -> None:
    with pytest.raises(Invalid):
        act(mod, threads * 17, "close")
    with pytest.raises(Invalid):
        act(mod, [], "close")

    assert not any(thread.is_locked for thread in seen(threads))


def test_moderators_of_a_space_do_so_sixty_times_an_hour(
    keeper: Any, threads: list[Thread], limits_on: Any
) -> None:
    limits_on(**{"threads.together": "1/h"})
    act(keeper, threads, "close")

    with pytest.raises(RateLimited):
        act(keeper, threads, "open")

    assert all(thread.is_locked for thread in seen(threads))


def test_each_change_stands_in_the_log_by_itself(mod: Any, threads: list[Thread]) -> None:
    act(mod, threads, "close")

    noted = Activity.objects.filter(verb="thread.changed", actor=mod)
    assert sorted(entry.payload["thread_id"] for entry in noted) == [thread.pk for thread in threads]
    assert {entry.payload["change"] for entry in noted} == {"lock"}


def test_taking_back_twice_changes_nothing_more(mod: Any, threads: list[Thread]) -> None:
    told = act(mod, threads, "close")
    undo_together(actor=mod, steps=told.undo)
    before = Activity.objects.count()

    again = undo_together(actor=mod, steps=told.undo)

    assert not again.done and len(again.unchanged) == 3
    assert Activity.objects.count() == before


def test_what_nobody_offered_is_not_taken_back(alice: Any, mod: Any, threads: list[Thread]) -> None:
    from community.threads.taking_back import offer_undo, read_undo

    told = act(mod, threads, "close")
    token = offer_undo(mod, told.undo)

    assert read_undo(mod, token) == told.undo
    for whose, text in ((alice, token), (mod, "absent"), (mod, token[:-2] + "xx")):
        with pytest.raises(Conflict):
            read_undo(whose, text)
