"""What concerns a member, in which order, and why."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.members.actions import block_member
from community.members.models import Follow
from community.spaces.attention import attend_to_tag
from community.spaces.models import Level, Space, SpaceFollow
from community.threads import actions, queries
from community.threads.models import Thread, ThreadFollow
from community.threads.queries import concern
from community.threads.queries.concern import count_followed, points_of, said_of
from community.threads.queries.days import by_day
from community.threads.queries.lists import BY_TIME, run_list, whole
from community.threads.queries.tags import tags_for


@pytest.fixture
def other_space(db: None) -> Space:
    """A second space, which nobody follows."""
    return Space.objects.create(slug="afar", name="From afar", position=9)


@pytest.fixture
def settled(carol: Any, space: Any) -> Any:
    """Carol, who follows the space."""
    SpaceFollow.objects.create(space=space, member=carol)
    return carol


def whys(listed: queries.ThreadList) -> dict[int, set[str]]:
    return {row.pk: set(row.why.split("+")) for row in listed.threads}


def test_a_row_carries_every_reason_it_is_there_for(
    alice: Any, bob: Any, settled: Any, space: Any, other_space: Any, make_thread: Any
) -> None:
    Follow.objects.create(follower=settled, followed=alice)
    by_person = make_thread(alice, space, title="A report from the hut", kind="discussion")
    elsewhere = make_thread(alice, other_space, title="Another one from afar", kind="discussion")
    tagged = make_thread(bob, other_space, title="Which stove for winter", tags=["stoves"])
    unrelated = make_thread(bob, other_space, title="Nothing of hers", kind="discussion")
    attend_to_tag(actor=settled, tag=tags_for(settled).get(slug="stoves"), level=Level.TRACKING)

    found = whys(queries.list_for_member(settled))

    assert found[by_person.pk] == {"person", "space"}
    assert found[elsewhere.pk] == {"person"}
    assert found[tagged.pk] == {"tag"}
    assert unrelated.pk not in found


def test_the_latest_day_comes_first_and_within_it_what_concerns_most(
    alice: Any, bob: Any, settled: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    Follow.objects.create(follower=settled, followed=alice)
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) - dt.timedelta(days=3)
    plain = make_thread(bob, space, title="The latest of that day", kind="discussion")
    person = make_thread(alice, space, title="By somebody she follows", kind="discussion")
    waiting = make_thread(bob, space, title="Which nobody replied to")
    later = make_thread(bob, space, title="From the day after", kind="discussion")
    for thread, moment in (
        (plain, noon + dt.timedelta(hours=3)),
        (person, noon),
        (waiting, noon + dt.timedelta(hours=1)),
        (later, noon + dt.timedelta(days=1)),
    ):
        Thread.objects.filter(pk=thread.pk).update(last_post_at=moment)

    days = by_day(queries.list_for_member(settled))

    assert [[row.pk for row in rows] for _said, rows in days] == [
        [later.pk],
        [person.pk, waiting.pk, plain.pk],
    ]
    assert [points_of(row) for row in days[1][1]] == [4, 3, 1]


def test_a_muted_thread_stays_away_from_a_followed_space(
    bob: Any, settled: Any, space: Any, make_thread: Any
) -> None:
    muted, other = make_thread(bob, space), make_thread(bob, space, title="A second question of his")
    actions.attend_to_thread(actor=settled, thread=muted, level=Level.MUTED)

    assert set(whys(queries.list_for_member(settled))) == {other.pk}


def test_who_follows_no_space_sees_everything_they_may_read(
    bob: Any, carol: Any, space: Any, private_space: Any, make_thread: Any
) -> None:
    shown = make_thread(bob, space)

    assert whys(queries.list_for_member(carol)) == {shown.pk: {"all"}}
    assert said_of("all", "en") == ""


def test_reasons_are_said_most_personal_first() -> None:
    assert said_of("person+space+thread", "en") == "you follow it, by someone you follow"
    assert said_of("space", "en") == ""


def test_what_is_followed_is_counted(alice: Any, settled: Any, space: Any, make_thread: Any) -> None:
    Follow.objects.create(follower=settled, followed=alice)
    actions.attend_to_thread(actor=settled, thread=make_thread(alice, space), level=Level.WATCHING)

    assert count_followed(settled) == (1, 1, 0, 1)


def test_the_home_says_why_and_the_page_behind_it_shows_the_points(
    alice: Any, settled: Any, space: Any, make_thread: Any, sign_in: Any
) -> None:
    Follow.objects.create(follower=settled, followed=alice)
    make_thread(alice, space)
    client = sign_in(settled)

    home = client.get("/").content.decode()
    why = client.get("/home/why/").content.decode()

    assert "by someone you follow" in home
    assert 'href="/home/why/"' in home
    assert "You follow 1 person" in why
    assert "<td>by someone you follow</td><td>3</td>" in why


def test_what_was_said_long_ago_is_found_when_little_of_the_latest_concerns(
    alice: Any,
    bob: Any,
    settled: Any,
    space: Any,
    other_space: Any,
    make_thread: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(concern, "_LATELY", 2)
    followed = make_thread(alice, other_space, title="Followed since long")
    old = [make_thread(alice, space, title=f"Said long ago, number {number}") for number in range(2)]
    for number in range(3):
        make_thread(bob, other_space, title=f"Nothing of hers, number {number}")
    actions.attend_to_thread(actor=settled, thread=followed, level=Level.TRACKING)

    assert whys(queries.list_for_member(settled)) == {
        followed.pk: {"thread"},
        **{thread.pk: {"space"} for thread in old},
    }


def test_both_ways_to_find_what_concerns_agree(
    alice: Any, bob: Any, settled: Any, space: Any, other_space: Any, make_thread: Any
) -> None:
    Follow.objects.create(follower=settled, followed=alice)
    muted = Space.objects.create(slug="muted", name="Muted", position=10)
    SpaceFollow.objects.create(space=muted, member=settled, level=Level.MUTED)
    threads = [
        make_thread(author, place, title=f"{author.handle} in {place.slug}, {level or 'nothing'}", tags=tags)
        for author in (alice, bob)
        for place in (space, other_space, muted)
        for level, tags in (("", []), (Level.WATCHING, ["stoves"]), (Level.MUTED, []), ("normal", ["tents"]))
    ]
    for thread in threads:
        level = thread.title.rpartition(", ")[2]
        if level != "nothing":
            ThreadFollow.objects.create(thread=thread, member=settled, level=level)
    attend_to_tag(actor=settled, tag=tags_for(settled).get(slug="stoves"), level=Level.TRACKING)
    attend_to_tag(actor=settled, tag=tags_for(settled).get(slug="tents"), level=Level.MUTED)
    block_member(actor=settled, member=bob)
    settled.refresh_from_db()

    latest = run_list(settled, whole(concern._of_the_latest(settled, None)), BY_TIME, queries.Order.CONCERN)
    everything = run_list(settled, whole(concern._of_all(settled, None)), BY_TIME, queries.Order.CONCERN)

    assert whys(latest) == whys(everything)
    assert len(latest.threads) > 5
