"""Trying a rule on the last 30 days says what paying it says, and writes nothing."""

import datetime as dt
from typing import Any

import pytest
from django.db import OperationalError
from django.db.models import Sum
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Invalid
from community.threads.actions import accept_answer, add_reaction, delete_post
from rewards.points.earning.dry import try_rule
from rewards.points.earning.touches import HEARD
from rewards.points.models import Campaign, EarningRule, PendingAward, Transfer


@pytest.fixture
def lived(
    alice: Any,
    bob: Any,
    carol: Any,
    space: Any,
    make_thread: Any,
    make_reply: Any,
    make_member: Any,
    deliver_all: Any,
) -> Any:
    """Questions, answers, marks beyond every limit, a deleted answer, an accepted one."""
    threads = [make_thread(alice, space, title=f"Question number {n}, and why?") for n in range(3)]
    posts = [
        make_reply(who, t, body=f"An answer by {who.handle} to question {t.pk}.")
        for t in threads
        for who in (bob, carol)
    ]
    for n in range(7):
        reader = make_member(f"reader{n}")
        for post in posts[:5]:
            add_reaction(actor=reader, post=post, kind="helpful")
        add_reaction(actor=reader, post=posts[5], kind="thanks")
    accept_answer(actor=alice, post=posts[0])
    accept_answer(actor=alice, post=posts[3])
    delete_post(actor=bob, post=posts[4])
    deliver_all()
    return posts


def unsaved(**values: Any) -> EarningRule:
    usual = {"key": "tried", "name": "Tried", "verb": "post.created", "beneficiary": "actor", "points": 5}
    return EarningRule(**{**usual, "counts_to_cap": False, **values})


def test_every_rule_in_force_would_pay_what_it_paid(lived: Any) -> None:
    for rule in EarningRule.objects.in_force().filter(verb__in=HEARD):
        standing = Transfer.objects.filter(kind="award", rule_key=rule.key, reversal=None)
        assert try_rule(rule).points == (standing.aggregate(n=Sum("earned"))["n"] or 0), rule.key


def test_nothing_is_written(lived: Any) -> None:
    tables = (Transfer, PendingAward, Activity, EarningRule)
    before = [table.objects.count() for table in tables]
    try_rule(unsaved(delay_hours=72, conditions={"helped_by": 1}))

    assert [table.objects.count() for table in tables] == before


def test_quality_limits_and_campaigns_count(lived: Any, bob: Any, carol: Any) -> None:
    # Four answers that stand were found helpful by seven, one by nobody.
    assert try_rule(unsaved(conditions={"helped_by": 7})).points == 4 * 5
    assert try_rule(unsaved(conditions={"helped_by": 8})).points == 0
    assert try_rule(unsaved()).points == 5 * 5
    assert try_rule(unsaved(per_day=1)).points == 2 * 5
    now = timezone.now()
    Campaign.objects.create(
        key="week", name="Week", factor=300, active_from=now - dt.timedelta(days=2), active_to=now
    )

    trial = try_rule(unsaved(conditions={"once": True}))
    assert (trial.points, trial.biggest()) == (30, [(bob.pk, 15, 1), (carol.pk, 15, 1)])


def test_only_thirty_days_are_looked_at(lived: Any) -> None:
    Activity.objects.filter(verb="post.created").update(occurred_at=timezone.now() - dt.timedelta(days=31))

    assert (try_rule(unsaved()).looked_at, try_rule(unsaved()).points) == (0, 0)


def test_of_a_large_log_the_latest_are_looked_at_and_it_says_so(lived: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("rewards.points.earning.dry.MOST_READ", 2)

    trial = try_rule(unsaved())
    assert (trial.is_cut, trial.looked_at) == (True, 2)


def test_what_takes_too_long_is_refused_in_words(lived: Any, monkeypatch: Any) -> None:
    def too_long(*_args: Any) -> None:
        raise OperationalError("canceling statement due to statement timeout")

    monkeypatch.setattr("rewards.points.earning.dry._touches", too_long)
    with pytest.raises(Invalid) as refusal:
        try_rule(unsaved())

    assert refusal.value.code == "log_too_large"


def test_a_rule_that_another_feature_calls_for_cannot_be_tried() -> None:
    with pytest.raises(Invalid) as refusal:
        try_rule(EarningRule.objects.get(key="good_deed"))

    assert refusal.value.code == "rule_untried"
