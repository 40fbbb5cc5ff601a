"""Each promise of the ledger is broken on purpose, past the guards of the database, and the audit says which."""

import datetime as dt
from typing import Any

import pytest

from community.activity.models import Activity
from rewards.points.actions import adjust, award, capture, reserve, reverse, spend
from rewards.points.audit import NOT_IN_USE, audit_ledger, report
from rewards.points.models import Account, Transfer
from tests.rewards.conftest import unguarded

LASTS = dt.timedelta(days=1)


@pytest.fixture
def books(alice: Any, bob: Any, manager: Any) -> None:
    """A little of everything: awards, a correction, spendings, one undone, a hold that was spent and one that is open."""
    for n, member in enumerate((alice, bob)):
        award(actor=None, rule_key="good_deed", member_id=member.pk, source_type="deed", source_id=n)
    adjust(actor=manager, member=bob, earned=5, spendable=9, reason="For carrying the tables")
    spend(actor=bob, amount=7, scope="store", key="1", memo="Mug")
    spent = spend(actor=bob, amount=3, scope="store", key="2", memo="Peg")
    reverse(actor=manager, transfer=spent, reason="The parcel was lost")
    hold = reserve(actor=bob, amount=10, scope="store", key="3", memo="Lamp", lasts=LASTS)
    capture(actor=bob, hold=hold, amount=4)
    reserve(actor=bob, amount=20, scope="store", key="4", memo="Tent", lasts=LASTS)
    assert audit_ledger() == []


MINE = "(SELECT id FROM points_account WHERE owner_id IS NOT NULL AND unit = 'spend' AND kind = 'member' LIMIT 1)"
AWARD = "(SELECT min(id) FROM points_transfer WHERE kind = 'award')"
UNDONE = "(SELECT min(id) FROM points_transfer WHERE kind = 'reversal')"
COPY = (
    "INSERT INTO points_transfer (kind, member_id, earned, spendable, asked, rule_id, rule_key, source_type, source_id, "
    "round, scope, key, reverses_id, memo, occurred_at, day, created_at) SELECT kind, member_id, earned, spendable, asked, "
    "rule_id, rule_key, source_type, source_id, {round}, scope, {key}, reverses_id, memo, occurred_at, day, created_at "
    "FROM points_transfer WHERE id = {id}"
)


@pytest.mark.parametrize(
    ("promise", "statements"),
    [
        ("L1", ("ALTER TABLE points_transfer DISABLE TRIGGER points_transfer_append_only",)),
        ("L1", ("ALTER TABLE points_entry DISABLE TRIGGER points_entry_append_only",)),
        ("L1", ("DROP TRIGGER points_entry_balanced ON points_entry",)),
        ("L1", ("ALTER TABLE points_allocation DISABLE TRIGGER points_allocation_append_only",)),
        ("L1", ("DROP TRIGGER points_lot_keeps_its_amount ON points_lot",)),
        ("L2", (f"UPDATE points_entry SET amount = amount + 1000 WHERE transfer_id = {AWARD}",)),
        ("L2", (f"UPDATE points_transfer SET earned = earned + 1 WHERE id = {AWARD}",)),
        ("L2", (f"DELETE FROM points_entry WHERE transfer_id = {AWARD}",)),
        ("L3", (f"UPDATE points_account SET balance = balance + 1 WHERE id = {MINE}",)),
        (
            "L3-shown",
            ("UPDATE members_member SET points_to_spend = points_to_spend + 1 WHERE handle = 'bob'",),
        ),
        ("L3-shown", ("UPDATE members_member SET points_earned = 0 WHERE handle = 'alice'",)),
        (
            "L3-lots",
            ("UPDATE points_lot SET remaining = remaining - 1 WHERE remaining > 0",),
        ),
        ("L3-lots", ("UPDATE points_allocation SET amount = amount - 1 WHERE amount < -1",)),
        ("L3-lots", ("UPDATE points_lot SET amount = amount + 1, remaining = remaining + 1",)),
        (
            "L4",
            (
                "ALTER TABLE points_account DROP CONSTRAINT account_member_not_below_zero",
                f"UPDATE points_account SET balance = -1, held = 0 WHERE id = {MINE}",
            ),
        ),
        (
            "L4",
            (
                "ALTER TABLE points_account DROP CONSTRAINT account_owed_not_above_zero",
                "UPDATE points_account SET balance = 1 WHERE kind = 'owed'",
            ),
        ),
        (
            "L5",
            ("UPDATE points_account SET balance = balance - 1 WHERE kind = 'issued' AND unit = 'status'",),
        ),
        (
            "L6",
            (
                "ALTER TABLE points_transfer DROP CONSTRAINT transfer_key_once",
                COPY.format(round=9, key="key", id=AWARD),
            ),
        ),
        ("L6", (COPY.format(round=9, key="'another'", id=AWARD),)),
        ("L8", ("UPDATE points_account SET held = held - 1 WHERE held > 0",)),
        ("L8", ("UPDATE points_hold SET amount = amount + 1 WHERE state = 'open'",)),
        ("L8", ("UPDATE points_hold SET captured = captured + 1 WHERE state = 'captured'",)),
        ("L8", ("DELETE FROM points_hold WHERE state = 'captured'",)),
        ("L8", ("DROP TRIGGER points_hold_ends_once ON points_hold",)),
        ("L10", (f"UPDATE points_transfer SET spendable = spendable + 1 WHERE id = {UNDONE}",)),
        (
            "L10",
            (
                "ALTER TABLE points_transfer DROP CONSTRAINT points_transfer_reverses_id_key",
                COPY.format(round="round", key="'twice'", id=UNDONE),
            ),
        ),
        ("L10", (f"UPDATE points_transfer SET reverses_id = 9999999 WHERE id = {UNDONE}",)),
    ],
)
def test_a_promise_that_is_broken_is_reported(books: None, promise: str, statements: tuple[str, ...]) -> None:
    unguarded("SET CONSTRAINTS ALL IMMEDIATE", *statements)

    broken = {breach.promise: breach for breach in audit_ledger()}

    assert promise in broken
    assert broken[promise].count >= 1 and broken[promise].examples


def test_a_transfer_that_the_log_does_not_know_is_reported(books: None) -> None:
    unguarded("SET CONSTRAINTS ALL IMMEDIATE")
    one = Activity.objects.filter(verb="points.changed").earliest("pk")
    unguarded(f"DELETE FROM activity_activity WHERE id = {one.pk}")

    assert [(b.promise, b.examples) for b in audit_ledger()] == [("L11", [one.target_pk])]


def test_promises_of_what_is_not_built_say_so(books: None) -> None:
    result = report(audit_ledger())

    assert result["ok"]
    assert set(NOT_IN_USE) == {"L7", "L9"} and result["not_in_use"] == NOT_IN_USE
    assert not set(NOT_IN_USE) & set(result["promises"])


def test_an_audit_changes_nothing(books: None) -> None:
    before = [list(model.objects.order_by("pk").values()) for model in (Account, Transfer)]
    audit_ledger()
    assert [list(model.objects.order_by("pk").values()) for model in (Account, Transfer)] == before
