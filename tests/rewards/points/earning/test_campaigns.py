"""Campaigns: the highest counts, nothing adds up, parts of a point are left off, and every award says so."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.threads.actions import accept_answer
from rewards.points.actions import add_campaign, change_campaign, change_rule
from rewards.points.models import Boost, Campaign, EarningRule, PendingAward, Transfer
from rewards.points.words import say_why


def campaign(manager: Any, key: str = "trail", **values: Any) -> Campaign:
    now = timezone.now()
    usual = {
        "name": key.title(),
        "factor": 200,
        "active_from": now - dt.timedelta(days=1),
        "active_to": now + dt.timedelta(days=1),
    }
    return add_campaign(actor=manager, key=key, values=usual | values)


@pytest.fixture
def accepted(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any, deliver_all: Any) -> Any:
    """Let Bob's answer be accepted and return the award for it."""

    def make(**more: Any) -> Transfer:
        title = f"Question number {Transfer.objects.count()}, and why?"
        accept_answer(actor=alice, post=make_reply(bob, make_thread(alice, space, title=title, **more)))
        deliver_all()
        return Transfer.objects.filter(rule_key="answer_accepted", kind="award").latest("pk")

    return make


def test_a_campaign_gives_more_and_the_line_says_so(
    manager: Any, bob: Any, accepted: Any, points_of: Any
) -> None:
    campaign(manager, name="Trail Week")

    paid = accepted()
    assert (paid.earned, paid.asked, paid.boost.base) == (30, 30, 15)
    assert say_why(paid) == "Twice the points: Trail Week"
    assert points_of(bob)[0] == 30 + 2 * 5


def test_of_several_the_highest_counts_and_parts_of_a_point_are_left_off(manager: Any, accepted: Any) -> None:
    campaign(manager, "one", factor=150)
    campaign(manager, "two", factor=125)

    paid = accepted()
    assert (paid.earned, paid.boost.campaign.key) == (22, "one")
    assert say_why(paid) == "1.5 times the points: One"


@pytest.mark.parametrize(
    "values",
    [
        {"is_active": False},
        {"rule_keys": ["post_helped"]},
        {"active_to": timezone.now() - dt.timedelta(hours=1)},
        {
            "active_from": timezone.now() + dt.timedelta(hours=1),
            "active_to": timezone.now() + dt.timedelta(days=3),
        },
    ],
)
def test_what_it_is_not_for_stays_as_it_is(manager: Any, accepted: Any, values: Any) -> None:
    campaign(manager, **values)

    assert accepted().earned == 15
    assert not Boost.objects.exists()


def test_it_may_be_for_one_space_only(manager: Any, accepted: Any, space: Any) -> None:
    other = type(space).objects.create(slug="other", name="Other")
    first = campaign(manager, space_ids=[other.pk])
    assert accepted().earned == 15

    change_campaign(actor=manager, campaign=first, changes={"space_ids": [space.pk]})
    assert accepted().earned == 30


def test_a_change_leaves_what_it_made_of_awards(manager: Any, accepted: Any) -> None:
    first, paid = campaign(manager), accepted()
    change_campaign(actor=manager, campaign=first, changes={"name": "Hut Week", "factor": 300})

    assert say_why(Transfer.objects.get(pk=paid.pk)) == "Twice the points: Trail"
    assert accepted().earned == 45


def test_the_day_trims_what_a_campaign_gives(manager: Any, accepted: Any, settings: Any) -> None:
    settings.POINTS_DAILY_CAP = 20
    rule = EarningRule.objects.get(key="answer_accepted")
    change_rule(actor=manager, rule=rule, changes={"counts_to_cap": True})
    campaign(manager)

    paid = accepted()
    # Ten are in already: the first answer, twice.
    assert (paid.earned, paid.asked) == (10, 30)
    assert say_why(paid) == "Twice the points: Trail · 10 of 30, then the day was full"


def test_what_waits_keeps_its_campaign(manager: Any, bob: Any, accepted: Any, alice: Any) -> None:
    rule = EarningRule.objects.get(key="answer_accepted")
    accepted()
    change_rule(actor=manager, rule=rule, changes={"delay_hours": 24})
    campaign(manager)
    accepted()

    waiting = PendingAward.objects.get()
    assert (waiting.points, waiting.base, waiting.campaign.key) == (30, 15, "trail")  # type: ignore[union-attr]


def test_everybody_reads_of_it_while_it_runs_and_a_week_before(manager: Any, sign_in: Any) -> None:
    now = timezone.now()
    campaign(manager, name="Running now")
    campaign(
        manager,
        "soon",
        name="Soon enough",
        active_from=now + dt.timedelta(days=5),
        active_to=now + dt.timedelta(days=9),
    )
    campaign(
        manager,
        "late",
        name="Much later",
        active_from=now + dt.timedelta(days=8),
        active_to=now + dt.timedelta(days=9),
    )

    text = sign_in(None).get("/points/").content.decode()
    assert "Running now" in text and "Soon enough" in text
    assert "Much later" not in text
