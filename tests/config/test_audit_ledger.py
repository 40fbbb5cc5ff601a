"""The audit command says what does not hold, and its exit code tells machines."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from community.activity.models import Delivery
from rewards.badges.actions import recompute_all
from rewards.badges.models import Award
from rewards.points.actions import adjust
from rewards.points.models import Account
from tests.rewards.conftest import ship_everything


def run() -> tuple[int, dict[str, Any]]:
    out, code = StringIO(), 0
    try:
        call_command("audit_ledger", stdout=out)
    except SystemExit as left:
        code = int(left.code or 0)
    return code, json.loads(out.getvalue())


@pytest.fixture(autouse=True)
def shipped(db: None) -> None:
    ship_everything()


@pytest.fixture
def points(alice: Any, admin: Any, space: Any, make_thread: Any) -> None:
    make_thread(alice, space)
    adjust(actor=admin, member=alice, earned=10, spendable=10, reason="For the help at the fair")
    recompute_all()
    Delivery.objects.all().delete()


def test_all_is_well(points: None) -> None:
    code, result = run()

    assert (code, result["ok"], result["breaches"]) == (0, True, [])
    assert {"L1", "L2", "L3", "L4", "L5", "L6", "L10", "L11", "L12"} <= set(result["promises"])


def test_a_balance_that_someone_touched_is_found(points: None, alice: Any) -> None:
    Account.objects.filter(owner=alice, unit="spend", kind="member").update(balance=11)

    code, result = run()
    assert (code, result["ok"]) == (1, False)
    assert {breach["promise"] for breach in result["breaches"]} == {"L3", "L3-shown", "L3-lots", "L5"}


def test_a_badge_that_is_missing_is_found_once_nothing_waits(
    points: None, alice: Any, bob: Any, space: Any, make_thread: Any
) -> None:
    Award.objects.all().delete()
    code, result = run()
    assert code == 1
    assert [(b["promise"], b["examples"]) for b in result["breaches"]] == [("L12", [alice.pk])]

    make_thread(bob, space, title="Another question about pegs?")
    assert run()[0] == 0
