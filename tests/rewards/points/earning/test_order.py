"""Whatever the order and however often things are heard, points end the same: with delays, quality and campaigns."""

import contextlib
import datetime as dt
import random
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from community.activity.models import Activity
from community.threads.models import Post, Reaction, Thread
from rewards.points.audit import audit_ledger
from rewards.points.earning.final import pay_due
from rewards.points.earning.hear import hear
from rewards.points.models import Campaign, EarningRule, PendingAward, Transfer
from tests.rewards.points.earning.test_replay import STEP, Unlive, live_through

HISTORY = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


def set_up_rules() -> None:
    """A delay, two rules that ask for helpful marks, a campaign; nothing that is about who came first."""
    EarningRule.objects.update(per_day=None, per_post_day=None, per_pair_day=None, counts_to_cap=False)
    EarningRule.objects.filter(conditions__once=True).update(is_active=False)
    EarningRule.objects.filter(key="answer_accepted").update(delay_hours=24)
    usual = {"counts_to_cap": False, "verb": "post.created", "beneficiary": "actor"}
    EarningRule.objects.create(key="good", name="Good", points=7, conditions={"helped_by": 2}, **usual)
    EarningRule.objects.create(
        key="later", name="Later", points=3, delay_hours=48, conditions={"helped_by": 1}, **usual
    )
    now = timezone.now()
    Campaign.objects.create(
        key="week",
        name="Week",
        factor=150,
        active_from=now - dt.timedelta(days=400),
        active_to=now + dt.timedelta(days=400),
    )


def make_long_ago(activities: list[Activity]) -> None:
    """Let the rows have happened when their Activities did; the last third too lately to be final."""
    now = timezone.now()
    for n, activity in enumerate(activities):
        old = n < len(activities) * 2 / 3
        activity.occurred_at = now - (dt.timedelta(days=60 - n) if old else dt.timedelta(minutes=300 - n))
        if activity.verb in ("post.created", "thread.created"):
            pk = activity.payload.get("post_id", activity.target_pk)
            Post.objects.filter(pk=pk).update(created_at=activity.occurred_at)
        elif activity.verb == "reaction.added":
            Reaction.objects.filter(pk=activity.payload["reaction_id"]).update(
                created_at=activity.occurred_at
            )
        elif activity.verb == "answer.accepted":
            Thread.objects.filter(accepted_post_id=activity.payload["post_id"]).update(
                accepted_at=activity.occurred_at
            )
    Activity.objects.bulk_update(activities, ["occurred_at"])


def sums() -> list[Any]:
    """What every rule has given everyone, and what is on its way."""
    assert audit_ledger() == []
    given_: dict[tuple[int, str], int] = {}
    for member, key, earned in Transfer.objects.values_list("member_id", "rule_key", "earned"):
        given_[member, key] = given_.get((member, key), 0) + earned
    waiting = PendingAward.objects.filter(state="waiting")
    fields = ("member_id", "rule_key", "source_type", "source_id", "points", "due_at")
    return [sorted((k, v) for k, v in given_.items() if v), sorted(waiting.values_list(*fields), key=repr)]


def heard(activities: list[Activity], seed: int) -> list[Any]:
    """Return the sums after hearing everything twice in some order and in some batches, leaving no trace."""
    order, result = activities * 2, []
    chance = random.Random(seed)
    if seed:
        chance.shuffle(order)
    with contextlib.suppress(Unlive), transaction.atomic():
        while order:
            size = chance.randint(1, 12) if seed else 1
            batch, order = order[:size], order[size:]
            hear(batch)
            if seed and chance.random() < 0.2:
                pay_due()
        pay_due()
        result = sums()
        raise Unlive
    return result


@pytest.mark.django_db
@HISTORY
@given(steps=st.lists(STEP, min_size=8, max_size=40), seed=st.integers(1, 10_000))
def test_any_order_ends_in_the_same_points(steps: list[tuple[str, int, int]], seed: int) -> None:
    with contextlib.suppress(Unlive), transaction.atomic():
        set_up_rules()
        activities = live_through(steps)
        make_long_ago(activities)
        assert heard(activities, seed) == heard(activities, 0)
        raise Unlive
