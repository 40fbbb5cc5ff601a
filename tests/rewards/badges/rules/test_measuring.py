"""What leaves measure: runs of weeks, windows, different things, months, and what members are."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.members.models import Member
from community.spaces.models import Space
from community.threads.actions import add_reaction, delete_post
from community.threads.models import Post
from rewards.badges.rules.measuring import Ask, measure, measure_some, reached_at
from rewards.badges.rules.tree import Leaf, parse

MONDAY = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)


def leaf(of: str, **more: Any) -> Leaf:
    rule = parse({"of": of, **more})
    assert isinstance(rule, Leaf)
    return rule


def have(member: Any, of: str, **more: Any) -> int:
    """How far a member is, asked about them alone and about everybody: it is always the same."""
    ask = Ask(leaf(of, **more).asked)
    alone, all_of_them = measure_some({ask: [member.pk]})[ask], measure(ask)
    assert {who: n for who, n in all_of_them.items() if who[0] == member.pk} == alone
    return alone.get((member.pk, ""), 0)


@pytest.fixture
def written(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any) -> Any:
    """Replies of bob's on given days after a Monday."""
    thread = make_thread(alice, space)

    def write(*days: int) -> list[Post]:
        posts = []
        for n in days:
            post = make_reply(bob, thread, body=f"What I found on day {n}, in a whole sentence.")
            Post.objects.filter(pk=post.pk).update(created_at=MONDAY + dt.timedelta(days=n))
            posts.append(post)
        return posts

    return write


def test_a_run_of_weeks_ends_with_a_week_of_silence(bob: Any, written: Any) -> None:
    posts = written(0, 2, 8, 15, 29, 36)

    assert have(bob, "posts", how="week_streak") == 3
    assert have(bob, "posts", how="weeks") == 5
    assert have(bob, "posts", how="months") == 2
    assert reached_at(leaf("posts", how="week_streak", number=3), "", [bob.pk]) == {
        (bob.pk, ""): MONDAY + dt.timedelta(days=15)
    }

    delete_post(actor=bob, post=posts[2])
    assert have(bob, "posts", how="week_streak") == 2


def test_days_in_a_row_count_only_days_with_something_that_stands(bob: Any, written: Any) -> None:
    posts = written(0, 0, 1, 2, 4)
    assert have(bob, "replies", how="day_streak") == 3

    delete_post(actor=bob, post=posts[0])
    assert have(bob, "replies", how="day_streak") == 3
    delete_post(actor=bob, post=posts[1])
    assert have(bob, "replies", how="day_streak") == 2


def test_within_a_window_the_best_time_counts(bob: Any, written: Any) -> None:
    written(0, 1, 50, 51, 52)

    assert have(bob, "replies", within=7) == 3
    assert have(bob, "replies", within=1) == 2
    assert have(bob, "replies") == 5
    since = reached_at(leaf("replies", within=7, number=2), "", [bob.pk])
    assert since == {(bob.pk, ""): MONDAY + dt.timedelta(days=1)}


def test_first_and_last_days_count(bob: Any, written: Any) -> None:
    written(0, 1, 2)

    assert have(bob, "replies", since="2026-01-06") == 2
    assert have(bob, "replies", until="2026-01-06") == 2
    assert have(bob, "replies", since="2026-01-06", until="2026-01-06") == 1


def test_each_month_is_counted_for_itself(bob: Any, written: Any) -> None:
    written(0, 1, 27, 28, 29)

    counted = measure(Ask(leaf("replies"), "month"))
    assert {term: n for (pk, term), n in counted.items() if pk == bob.pk} == {"2026-01": 2, "2026-02": 3}
    assert set(measure(Ask(leaf("replies"), "quarter"))) == {(bob.pk, "2026-Q1")}
    assert set(measure(Ask(leaf("replies"), "year"))) == {(bob.pk, "2026")}


def test_filters_look_at_the_thread(
    alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    other = Space.objects.create(slug="other", name="Other", kind="discussion")
    make_reply(bob, make_thread(alice, space))
    thread = make_thread(alice, other, title="Which pegs for sand?", kind="discussion")
    type(thread).objects.filter(pk=thread.pk).update(tags=["pegs"])
    make_reply(bob, thread, body="Long ones, buried flat.")

    assert have(bob, "replies") == 2
    assert have(bob, "replies", spaces=[other.pk]) == 1
    assert have(bob, "replies", how="spaces") == 2
    assert have(bob, "replies", tags=["pegs", "poles"]) == 1
    assert have(bob, "replies", kinds=["question"]) == 1
    assert have(bob, "replies", how="people") == 1


def test_marks_are_counted_by_post_and_by_kind(alice: Any, carol: Any, bob: Any, written: Any) -> None:
    first, second = written(0, 1)
    add_reaction(actor=alice, post=first, kind="helpful")
    add_reaction(actor=carol, post=first, kind="thanks")
    add_reaction(actor=alice, post=second, kind="helpful")

    assert have(bob, "marks") == 3
    assert have(bob, "marks", reactions=["thanks"]) == 1
    assert have(bob, "marks", how="one_post") == 2
    assert have(bob, "marks", how="people") == 2
    assert have(bob, "helped") == 2


def test_what_a_member_is_counts_too(alice: Any) -> None:
    Member.objects.filter(pk=alice.pk).update(
        avatar_url="/a.webp", bio_md="I sew.", trust_level=3, points_earned=40,
        joined_at=timezone.now() - dt.timedelta(days=10, hours=1),
    )  # fmt: skip

    facts = {name: have(alice, name) for name in ("avatar", "bio", "trust", "points", "joined")}
    assert facts == {"avatar": 1, "bio": 1, "trust": 3, "points": 40, "joined": 10}
    joined = Member.objects.get(pk=alice.pk).joined_at
    at = reached_at(leaf("joined", number=7), "", [alice.pk])
    assert at == {(alice.pk, ""): joined + dt.timedelta(days=7)}
    assert reached_at(leaf("trust", number=2), "", [alice.pk]) == {(alice.pk, ""): None}
