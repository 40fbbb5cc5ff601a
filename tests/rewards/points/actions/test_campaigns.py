"""Planning, changing and stopping campaigns: by managers, with a trace, and never unreadable."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Conflict, Invalid, Refused
from rewards.points.actions import add_campaign, change_campaign
from rewards.points.models import Campaign

NOW = timezone.now()
VALUES = {"name": "Trail Week", "factor": 200, "active_from": NOW, "active_to": NOW + dt.timedelta(days=7)}


@pytest.fixture
def campaign(manager: Any) -> Campaign:
    return add_campaign(actor=manager, key="trail", values=VALUES)


def test_a_change_is_a_new_version_and_said_in_the_log(manager: Any, campaign: Campaign) -> None:
    fresh = change_campaign(actor=manager, campaign=campaign, changes={"factor": 300})

    campaign.refresh_from_db()
    assert (fresh.version, fresh.factor, campaign.replaced_at) == (2, 300, fresh.changed_at)
    told = Activity.objects.filter(verb="points.campaign_changed").latest("pk")
    assert (told.payload["before"], told.payload["after"]) == ({"factor": 200}, {"factor": 300})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"factor": 100}, "factor"),
        ({"factor": 5000}, "factor"),
        ({"name": ""}, "name"),
        ({"active_to": NOW - dt.timedelta(days=1)}, "active_to"),
        ({"space_ids": [987654]}, "space_ids"),
        ({"tags": ["no-such-topic"]}, "tags"),
        ({"rule_keys": ["no_such_rule"]}, "rule_keys"),
    ],
)
def test_what_cannot_be_is_refused_by_field(
    manager: Any, campaign: Campaign, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        change_campaign(actor=manager, campaign=campaign, changes=changes)

    assert list(refusal.value.fields) == [field]
    assert Campaign.objects.count() == 1


def test_a_key_is_taken_once_and_an_old_version_cannot_be_changed(manager: Any, campaign: Campaign) -> None:
    with pytest.raises(Invalid):
        add_campaign(actor=manager, key="trail", values=VALUES)
    change_campaign(actor=manager, campaign=campaign, changes={"factor": 300})
    with pytest.raises(Conflict):
        change_campaign(actor=manager, campaign=campaign, changes={"factor": 400})

    assert Campaign.objects.in_force().get().factor == 300


def test_a_change_to_what_it_is_already_is_no_change(manager: Any, campaign: Campaign) -> None:
    assert change_campaign(actor=manager, campaign=campaign, changes={"factor": 200}) == campaign


def test_members_and_moderators_plan_none(alice: Any, mod: Any, campaign: Campaign) -> None:
    for actor in (alice, mod):
        with pytest.raises(Refused):
            add_campaign(actor=actor, key="mine", values=VALUES)
        with pytest.raises(Refused):
            change_campaign(actor=actor, campaign=campaign, changes={"factor": 300})

    assert Campaign.objects.count() == 1
