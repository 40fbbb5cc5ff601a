"""What the database itself refuses, whoever asks."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from community.members.models import Member
from rewards.points.actions import adjust
from rewards.points.audit import audit_ledger
from rewards.points.models import Account, Entry, Transfer


@pytest.fixture
def transfer(alice: Member, admin: Member) -> Transfer:
    return adjust(actor=admin, member=alice, earned=10, spendable=10, reason="For the help at the fair")


@pytest.mark.parametrize("table", ["points_transfer", "points_entry"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_history(transfer: Transfer, table: str, sql: str) -> None:
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format(table))

    assert Entry.objects.filter(transfer=transfer).count() == 4


def test_the_database_refuses_a_transfer_that_does_not_cancel_out(transfer: Transfer) -> None:
    with pytest.raises(IntegrityError, match="does not cancel out"), transaction.atomic():
        Entry.objects.create(
            transfer=transfer, account=Account.objects.get(owner=None, unit="spend", kind="spent"), amount=5
        )
        connection.check_constraints()


def test_the_database_refuses_a_transfer_without_legs(alice: Member) -> None:
    with pytest.raises(IntegrityError, match="does not cancel out"), transaction.atomic():
        now = timezone.now()
        Transfer.objects.create(
            kind="adjustment",
            member=alice,
            earned=0,
            spendable=0,
            scope="x",
            key="y",
            memo="z",
            day=now.date(),
        )
        connection.check_constraints()


def test_the_database_refuses_a_balance_below_zero(transfer: Transfer, alice: Member) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(owner=alice, unit="spend", kind="member").update(balance=-1)


def test_the_audit_finds_a_balance_that_someone_touched(transfer: Transfer, alice: Member) -> None:
    Account.objects.filter(owner=alice, unit="spend", kind="member").update(balance=11)

    assert {breach.promise for breach in audit_ledger()} == {"L3", "L3-shown", "L3-lots", "L5"}
