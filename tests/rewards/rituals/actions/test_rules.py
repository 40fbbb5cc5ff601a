"""Managers say what counts, within reason, and it is written down."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Invalid, Refused
from community.moderation.models import AuditEntry
from rewards.rituals.actions import save_ritual_rules
from rewards.rituals.models import RitualRules

pytestmark = pytest.mark.django_db


def test_members_and_moderators_change_nothing(alice: Any, mod: Any) -> None:
    for actor in (alice, mod):
        with pytest.raises(Refused):
            save_ritual_rules(actor=actor, changes={"freezes": 4})

    assert not RitualRules.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"freezes": 5}, {"freezes": -1}, {"unit": "month"}, {"least_characters": 1001}]
)
def test_what_cannot_be_names_its_field_and_changes_nothing(manager: Any, changes: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        save_ritual_rules(actor=manager, changes=changes)

    assert (refusal.value.code, list(refusal.value.fields)) == ("ritual_rules_unusable", list(changes))
    assert not Activity.objects.filter(verb="ritual.rules_changed").exists()


def test_a_change_is_in_the_audit_log(manager: Any, deliver_all: Any) -> None:
    save_ritual_rules(actor=manager, changes={"freezes": 1})
    save_ritual_rules(actor=manager, changes={"freezes": 1})
    deliver_all()

    entry = AuditEntry.objects.get(act="ritual.rules_changed")
    assert (entry.before, entry.after) == ({"freezes": 2}, {"freezes": 1})
