"""Badges that managers define."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Invalid, Refused
from rewards.badges.actions import save_badge
from rewards.badges.models import Badge

LOOKS = {"name": "Helper", "description": "Helps.", "criteria": "", "art": "good-deed", "family": "help"}


def test_a_badge_is_made_with_a_rule(manager: Any) -> None:
    rule = {"all": [{"of": "accepted", "number": 3}]}
    badge = save_badge(actor=manager, badge=Badge(key="helper"), changes={**LOOKS, "rule": rule})

    assert badge.rule == {"of": "accepted", "how": "count", "number": 3}
    assert badge.counted_at is None
    assert Activity.objects.get(verb="badge.changed").payload["badge"] == "helper"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rule": {"of": "logins"}}, "rule.of"),
        ({"rule": {"all": [{"of": "accepted"}, {"of": "posts", "number": 0}]}}, "rule.1.number"),
        ({"rule": "DROP TABLE"}, "rule"),
        ({"rule": {"of": "trust", "number": 2}, "every": "month"}, "every"),
        ({"rule": None, "every": "month"}, "every"),
        ({"metal": "platinum"}, "metal"),
        ({"name": ""}, "name"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field_named(
    changes: dict[str, Any], field: str, manager: Any
) -> None:
    with pytest.raises(Invalid) as refused:
        save_badge(actor=manager, badge=Badge(key="helper"), changes={**LOOKS, **changes})

    assert field in refused.value.fields
    assert not Badge.objects.filter(key="helper").exists()


@pytest.mark.parametrize("who", ["alice", "mod"])
def test_only_managers_define_badges(who: str, request: Any) -> None:
    with pytest.raises(Refused):
        save_badge(actor=request.getfixturevalue(who), badge=Badge(key="helper"), changes=LOOKS)

    assert not Badge.objects.filter(key="helper").exists()


def test_words_of_other_conditions_do_not_stay(manager: Any) -> None:
    badge = Badge.objects.get(key="ten-solved")
    save_badge(actor=manager, badge=badge, changes={"description": "Well done."})
    badge.refresh_from_db()
    assert badge.criteria

    save_badge(actor=manager, badge=badge, changes={"rule": {"of": "accepted", "number": 12}})
    badge.refresh_from_db()
    assert badge.criteria == ""
