"""How long things are kept is changed by managers, within bounds, and written down."""

from typing import Any

import pytest

from community.errors import Invalid, NotFound, Refused
from community.moderation.models import AuditEntry
from community.numbers.models import NumberInForce
from community.privacy.keeping.actions import change_keeping

DRAFTS = "writing.draft_days"


def test_a_manager_changes_how_long_things_are_kept_and_the_log_says_from_what_to_what(
    manager: Any, deliver_all: Any
) -> None:
    assert change_keeping(actor=manager, changes={DRAFTS: "200"}) == [DRAFTS]

    deliver_all()
    entry = AuditEntry.objects.get(act="number.changed")
    assert (entry.before, entry.after) == ({"value": 365}, {"key": DRAFTS, "value": 200})


def test_the_floor_of_the_audit_log_holds(manager: Any) -> None:
    with pytest.raises(Invalid):
        change_keeping(actor=manager, changes={DRAFTS: 100, "moderation.keep_log_days": 399})

    assert not NumberInForce.objects.exists()


@pytest.mark.parametrize("who", ["alice", "mod"])
def test_nobody_else_does(request: pytest.FixtureRequest, who: str) -> None:
    with pytest.raises(Refused):
        change_keeping(actor=request.getfixturevalue(who), changes={DRAFTS: 200})

    assert not NumberInForce.objects.exists()


def test_other_numbers_are_none_of_its_business(manager: Any) -> None:
    with pytest.raises(NotFound):
        change_keeping(actor=manager, changes={"threads.new_days": 7})

    assert not NumberInForce.objects.exists()
