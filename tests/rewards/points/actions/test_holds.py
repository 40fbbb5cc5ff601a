"""Points set aside: reserved, taken in whole or in part, let go, timed out. Each ends once, and refusals change nothing."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Conflict, DomainError, Invalid, Refused
from rewards.points.actions import adjust, capture, expire_holds, release, reserve, reverse, spend
from rewards.points.audit import audit_ledger
from rewards.points.models import Account, Hold, Transfer
from rewards.points.tasks import time_out_holds
from tests.rewards.conftest import unguarded

DAY = dt.timedelta(days=1)
REASON = "The parcel never left the house"


@pytest.fixture
def rich(bob: Any, manager: Any) -> Any:
    adjust(actor=manager, member=bob, earned=100, spendable=100, reason="For carrying the tables")
    return bob


def hold_for(member: Any, amount: int = 60, key: str = "1", lasts: dt.timedelta = DAY) -> Hold:
    return reserve(actor=member, amount=amount, scope="store", key=key, memo="Enamel mug", lasts=lasts)


def held(member: Any) -> int:
    return Account.objects.get(owner=member, unit="spend", kind="member").held


def make_late(hold: Hold) -> None:
    """Let the time of a hold be over, past the trigger that keeps everybody else from doing so."""
    unguarded(f"UPDATE points_hold SET expires_at = now() - interval '1 second' WHERE id = {hold.pk}")


def test_what_is_held_cannot_be_spent_and_is_still_there(rich: Any, points_of: Any) -> None:
    hold = hold_for(rich)

    assert (hold.state, held(rich), points_of(rich)) == ("open", 60, (100, 40))
    assert dt.timedelta() < hold.expires_at - timezone.now() <= DAY
    with pytest.raises(Refused) as refusal:
        spend(actor=rich, amount=41, scope="store", key="2", memo="A tent peg")
    assert refusal.value.code == "not_enough_points"
    assert points_of(rich) == (100, 40)
    assert Activity.objects.get(verb="points.held").payload["amount"] == 60


def test_the_same_request_is_the_same_hold(rich: Any, points_of: Any) -> None:
    assert hold_for(rich) == hold_for(rich)
    assert points_of(rich) == (100, 40)


def test_a_key_cannot_hold_something_else(rich: Any, points_of: Any) -> None:
    hold_for(rich)

    with pytest.raises(Conflict) as refusal:
        hold_for(rich, amount=61)
    assert (refusal.value.code, points_of(rich)) == ("key_reused", (100, 40))


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (0, "amount"),
        (-5, "amount"),
        (1.5, "amount"),
        (True, "amount"),
        ("7", "amount"),
        (2**63, "amount"),
        (10**15 + 1, "amount"),
        (10**15, "not_enough_points"),
        (101, "not_enough_points"),
    ],
)
def test_what_cannot_be_held_is_refused_and_changes_nothing(
    rich: Any, points_of: Any, amount: Any, code: str
) -> None:
    for what in (
        lambda: hold_for(rich, amount=amount),
        lambda: spend(actor=rich, amount=amount, scope="store", key="9", memo="Mug"),
    ):
        with pytest.raises(DomainError) as refusal, transaction.atomic():
            what()
        assert refusal.value.code == code
    assert (points_of(rich), Hold.objects.count(), held(rich)) == ((100, 100), 0, 0)


@pytest.mark.parametrize("lasts", [dt.timedelta(), -DAY, dt.timedelta(days=400)])
def test_a_hold_lasts_some_time_and_not_for_ever(rich: Any, points_of: Any, lasts: dt.timedelta) -> None:
    with pytest.raises(Invalid) as refusal:
        hold_for(rich, lasts=lasts)
    assert (refusal.value.code, points_of(rich)) == ("hold_time", (100, 100))


def test_a_hold_is_spent_once_and_answers_the_same(rich: Any, points_of: Any) -> None:
    hold = hold_for(rich)

    transfer = capture(actor=rich, hold=hold)

    assert capture(actor=None, hold=hold) == transfer
    assert (transfer.spendable, transfer.memo, points_of(rich)) == (-60, "Enamel mug", (100, 40))
    assert (held(rich), Hold.objects.get().state) == (0, "captured")
    ended = Activity.objects.get(verb="points.hold_ended")
    assert (ended.payload["how"], ended.payload["captured"]) == ("captured", 60)


def test_the_part_that_is_not_spent_is_free_again(rich: Any, points_of: Any) -> None:
    hold = hold_for(rich)

    capture(actor=None, hold=hold, amount=25)

    assert (points_of(rich), held(rich), Hold.objects.get().captured) == ((100, 75), 0, 25)
    with pytest.raises(Conflict) as refusal:
        capture(actor=None, hold=hold, amount=26)
    assert (refusal.value.code, points_of(rich)) == ("hold_ended", (100, 75))


@pytest.mark.parametrize(
    ("amount", "code"), [(61, "more_than_held"), (0, "amount"), (-1, "amount"), (0.5, "amount")]
)
def test_no_more_is_spent_than_is_held(rich: Any, points_of: Any, amount: Any, code: str) -> None:
    hold = hold_for(rich)

    with pytest.raises(Invalid) as refusal:
        capture(actor=rich, hold=hold, amount=amount)
    assert (refusal.value.code, held(rich), points_of(rich)) == (code, 60, (100, 40))


def test_what_is_let_go_is_free_once(rich: Any, points_of: Any) -> None:
    hold = hold_for(rich)

    release(actor=rich, hold=hold)
    assert release(actor=None, hold=hold).state == "released"

    assert (points_of(rich), held(rich)) == ((100, 100), 0)
    with pytest.raises(Conflict) as refusal:
        capture(actor=rich, hold=hold)
    assert (refusal.value.code, points_of(rich)) == ("hold_ended", (100, 100))


def test_what_was_spent_is_not_let_go(rich: Any, points_of: Any) -> None:
    hold = hold_for(rich)
    capture(actor=rich, hold=hold)

    with pytest.raises(Conflict):
        release(actor=rich, hold=hold)
    assert points_of(rich) == (100, 40)


def test_time_lets_go_by_the_clock_of_the_database(rich: Any, points_of: Any) -> None:
    hold, later = hold_for(rich), hold_for(rich, amount=10, key="2")
    make_late(hold)

    with pytest.raises(Conflict) as refusal:
        capture(actor=rich, hold=hold)
    assert (refusal.value.code, points_of(rich)) == ("hold_expired", (100, 30))
    assert (time_out_holds(), time_out_holds()) == (1, 0)
    assert (points_of(rich), held(rich)) == ((100, 90), 10)
    assert [Hold.objects.get(pk=h.pk).state for h in (hold, later)] == ["expired", "open"]


def test_many_holds_time_out_a_few_at_a_time(rich: Any, alice: Any, manager: Any, points_of: Any) -> None:
    adjust(actor=manager, member=alice, earned=0, spendable=9, reason="For carrying the chairs")
    for n in range(3):
        make_late(hold_for(rich, amount=5, key=f"b{n}"))
        make_late(hold_for(alice, amount=3, key=f"a{n}"))

    assert [expire_holds(4), expire_holds(4), expire_holds(4)] == [4, 2, 0]
    assert (points_of(rich), points_of(alice)) == ((100, 100), (0, 9))


def test_others_neither_spend_nor_free_what_is_held(rich: Any, alice: Any, mod: Any, points_of: Any) -> None:
    hold = hold_for(rich)

    for stranger in (alice, mod):
        for what in (capture, release):
            with pytest.raises(Refused) as refusal:
                what(actor=stranger, hold=hold)
            assert refusal.value.code == "not_yours"
    assert (points_of(rich), held(rich)) == ((100, 40), 60)


def test_a_manager_lets_go_with_a_reason_that_the_log_keeps(rich: Any, manager: Any, points_of: Any) -> None:
    hold = hold_for(rich)
    with pytest.raises(Invalid):
        release(actor=manager, hold=hold, reason="why")
    assert points_of(rich) == (100, 40)

    release(actor=manager, hold=hold, reason=REASON)

    assert points_of(rich) == (100, 100)
    assert Activity.objects.get(verb="points.hold_ended").payload["reason"] == REASON


def test_a_suspended_member_holds_nothing_back(mallory: Any, points_of: Any) -> None:
    with pytest.raises(Refused):
        hold_for(mallory)
    assert Hold.objects.count() == 0


def test_what_is_taken_back_leaves_what_is_held(rich: Any, manager: Any, points_of: Any) -> None:
    hold_for(rich)

    reverse(actor=manager, transfer=Transfer.objects.get(), reason="It was a mistake")

    assert points_of(rich) == (0, 0)
    owed = Account.objects.get(owner=rich, kind="owed")
    assert (held(rich), owed.balance) == (60, -60)


@pytest.mark.parametrize(
    "change",
    [
        "amount = 1",
        "expires_at = now()",
        "state = 'open'",
        "state = 'released', ended_at = now(), memo = 'x'",
    ],
)
def test_the_database_refuses_to_change_a_hold(rich: Any, change: str) -> None:
    hold_for(rich)
    for sql in (f"UPDATE points_hold SET {change}", "DELETE FROM points_hold"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_the_audit_finds_a_hold_that_nobody_set_aside(rich: Any) -> None:
    hold_for(rich)
    Account.objects.filter(owner=rich, kind="member", unit="spend").update(held=59)

    assert {breach.promise for breach in audit_ledger()} == {"L8", "L3-shown"}
