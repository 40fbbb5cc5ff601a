"""Counting after each happening, in batches or for everybody at night gives the same badges."""

import contextlib
import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from community.activity.models import Activity
from community.members.models import Member
from community.threads.actions import accept_answer, add_reaction, delete_post, restore_post, unaccept_answer
from community.threads.models import Post, Reaction, Thread
from rewards.badges.actions import recompute_all, save_badge
from rewards.badges.consumers import TOUCHES, count_for_badges_of_many
from rewards.badges.models import Award, Badge
from rewards.badges.rules.measuring import Ask, measure
from rewards.badges.rules.sources import SOURCES
from rewards.badges.rules.tree import Leaf, dump, parse
from tests.rewards.badges.rules.strategies import trees
from tests.rewards.points.earning.test_replay import HISTORY, STEP, Unlive, live_through


def held(member: Any) -> set[str]:
    return set(Award.objects.standing().filter(member=member).values_list("badge__key", flat=True))


@pytest.fixture
def answer(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any) -> Any:
    return make_reply(bob, make_thread(alice, space))


def test_everything_that_rules_count_is_heard_of() -> None:
    heard = {source for fields in TOUCHES.values() for sources in fields.values() for source in sources}

    assert heard == set(SOURCES)


def test_first_badges_come_by_themselves(answer: Any, alice: Any, bob: Any, deliver_all: Any) -> None:
    deliver_all()
    assert (held(alice), held(bob)) == ({"hello", "first-question"}, {"hello", "first-answer"})

    accept_answer(actor=alice, post=answer)
    deliver_all()
    assert held(bob) == {"hello", "first-answer", "first-solved"}
    assert Member.objects.get(pk=bob.pk).badge_count == 3
    assert Badge.objects.get(key="first-solved").holder_count == 1


def test_a_badge_goes_with_what_it_counted_and_comes_back(
    answer: Any, alice: Any, bob: Any, deliver_all: Any
) -> None:
    accept_answer(actor=alice, post=answer)
    deliver_all()
    unaccept_answer(actor=alice, thread=answer.thread)
    deliver_all()
    assert held(bob) == {"hello", "first-answer"}

    delete_post(actor=bob, post=answer)
    deliver_all()
    assert held(bob) == set()

    answer.refresh_from_db()
    restore_post(actor=bob, post=answer)
    deliver_all()
    assert held(bob) == {"hello", "first-answer"}
    told = Activity.objects.filter(verb__startswith="badge.", payload__badge="first-answer").order_by("pk")
    assert [(a.verb, a.payload.get("again")) for a in told] == [
        ("badge.awarded", False),
        ("badge.revoked", None),
        ("badge.awarded", True),
    ]


def test_the_team_collects_nothing(
    mod: Any, alice: Any, space: Any, make_thread: Any, make_reply: Any, deliver_all: Any
) -> None:
    make_thread(mod, space)
    deliver_all()

    assert held(mod) == set()
    assert recompute_all() == 0


def test_a_badge_that_is_paused_counts_for_nobody_until_it_is_resumed(
    answer: Any, alice: Any, admin: Any, deliver_all: Any
) -> None:
    deliver_all()
    badge = Badge.objects.get(key="first-question")
    had = Member.objects.get(pk=alice.pk).badge_count

    save_badge(actor=admin, badge=badge, changes={"is_active": False})
    deliver_all()
    paused = Member.objects.get(pk=alice.pk).badge_count
    save_badge(actor=admin, badge=badge, changes={"is_active": True})
    deliver_all()

    assert (had, paused, Member.objects.get(pk=alice.pk).badge_count) == (2, 1, 2)


def test_people_with_the_same_question_give_its_badge(
    answer: Any, alice: Any, make_member: Any, deliver_all: Any
) -> None:
    question = answer.thread.posts.get(position=1)
    for n in range(5):
        add_reaction(actor=make_member(f"reader{n}"), post=question, kind="same")
    deliver_all()

    assert held(alice) == {"hello", "first-thanks", "first-question", "good-question"}


def test_a_year_gives_its_badge_to_those_who_said_something(
    alice: Any, bob: Any, space: Any, make_thread: Any
) -> None:
    make_thread(alice, space)
    Member.objects.get_queryset().update(joined_at=timezone.now() - dt.timedelta(days=400))
    Post.objects.update(created_at=timezone.now() - dt.timedelta(days=390))

    recompute_all()
    assert "one-year" in held(alice)
    assert held(bob) == set()
    assert Award.objects.get(badge__key="one-year").awarded_at < timezone.now() - dt.timedelta(days=30)


def test_a_badge_says_since_when_its_number_was_reached(answer: Any, alice: Any, bob: Any) -> None:
    Badge.objects.filter(key="good-neighbour").update(rule={"of": "helped", "number": 1})
    add_reaction(actor=alice, post=answer, kind="helpful")
    answer.reaction_rows.update(created_at=timezone.now() - dt.timedelta(days=90))

    recompute_all()
    given_at = Award.objects.get(badge__key="good-neighbour").awarded_at
    assert given_at.date() == (timezone.now() - dt.timedelta(days=90)).date()


def test_marks_on_one_post_are_not_summed_over_posts(
    answer: Any, alice: Any, bob: Any, carol: Any, make_reply: Any
) -> None:
    other = make_reply(bob, answer.thread, body="And another thing about poles.")
    add_reaction(actor=alice, post=answer, kind="helpful")
    add_reaction(actor=carol, post=answer, kind="helpful")
    add_reaction(actor=alice, post=other, kind="helpful")

    assert measure(Ask(Leaf("helped"))) == {(bob.pk, ""): 3}
    assert measure(Ask(Leaf("helped", how="one_post"))) == {(bob.pk, ""): 2}


def test_only_a_newcomers_first_thread_counts_as_a_welcome(
    alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    make_reply(bob, make_thread(alice, space))
    make_reply(
        bob,
        make_thread(alice, space, title="A second question about pegs?"),
        body="Longer ones, buried flat.",
    )

    assert measure(Ask(Leaf("welcomed", how="people"))) == {(bob.pk, ""): 1}


# What this history is made of; profiles and the like have no part in it.
HEARD = tuple(
    key for key in ("threads", "questions", "posts", "replies", "answers", "accepted", "chosen", "helped", "marks",
                    "same", "welcomed", "drawn")
)  # fmt: skip


def _spread_over_weeks() -> None:
    """Let what happened in one second have happened over weeks, so that days, weeks and months differ."""
    beginning = timezone.now() - dt.timedelta(days=80)
    for model, step in ((Post, 31), (Thread, 53), (Reaction, 17)):
        for n, pk in enumerate(model.objects.order_by("pk").values_list("pk", flat=True)):
            model.objects.filter(pk=pk).update(created_at=beginning + dt.timedelta(hours=step * n))


def _random_badge(n: int, rule: dict[str, Any], every: str) -> None:
    Badge.objects.create(
        key=f"random-{n}", name=f"Random {n}", description="d", rule=dump(parse(rule)), every=every,
        counted_at=timezone.now(),
    )  # fmt: skip


def state() -> list[Any]:
    return sorted(
        Award.objects.values_list("badge__key", "member_id", "period", "awarded_at").filter(revoked_at=None)
    )


@pytest.mark.django_db
@HISTORY
@given(
    steps=st.lists(STEP, min_size=10, max_size=40),
    size=st.integers(1, 20),
    rules=st.lists(trees(HEARD), min_size=8, max_size=16),
    every=st.sampled_from(["", "month", "year"]),
)
def test_counting_what_was_touched_equals_counting_everything(
    steps: list[tuple[str, int, int]], size: int, rules: list[dict[str, Any]], every: str
) -> None:
    with contextlib.suppress(Unlive), transaction.atomic():
        for n, rule in enumerate(rules):
            _random_badge(n, rule, every if n % 2 else "")
        activities = live_through(steps)
        _spread_over_weeks()
        for start in range(0, len(activities), size):
            count_for_badges_of_many(activities[start : start + size])
        touched = state()
        counts = dict(Member.objects.get_queryset().values_list("pk", "badge_count"))
        holders = dict(Badge.objects.values_list("pk", "holder_count"))

        assert recompute_all() == 0
        assert dict(Badge.objects.values_list("pk", "holder_count")) == holders

        Award.objects.all().delete()
        recompute_all()
        assert state() == touched
        assert dict(Member.objects.get_queryset().values_list("pk", "badge_count")) == counts
        raise Unlive
