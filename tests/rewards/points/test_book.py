"""The ledger under random use: after every step all its promises hold, and it agrees with a model made of two numbers."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from community.errors import Conflict, Refused
from community.members.models import Member
from rewards.points.actions import adjust, award, reverse, spend, withdraw_awards
from rewards.points.audit import audit_ledger
from rewards.points.models import Account, Entry, Transfer

PEOPLE = 3


class Ledger(RuleBasedStateMachine):
    """Members earn, spend, are corrected and taken back from, in any order. `earned`, `net` is what should come of it."""

    def __init__(self) -> None:
        super().__init__()
        self.sid = transaction.savepoint()
        self.members: list[Member] = []
        self.earned: dict[int, int] = {}
        self.net: dict[int, int] = {}
        self.steps = 0

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.sid)

    @initialize()
    def people(self) -> None:
        self.boss = Member.objects.create_user("boss", role="manager")
        self.members = [Member.objects.create_user(f"m{n}") for n in range(PEOPLE)]
        self.earned = {m.pk: 0 for m in self.members}
        self.net = {m.pk: 0 for m in self.members}

    @rule(who=st.integers(0, PEOPLE - 1), source=st.integers(1, 4), day=st.integers(0, 2))
    def earn(self, who: int, source: int, day: int) -> None:
        member = self.members[who]
        for _again in range(2):
            transfer = award(
                actor=None,
                rule_key="good_deed",
                member_id=member.pk,
                source_type="deed",
                source_id=source,
                occurred_at=timezone.now() - dt.timedelta(days=day),
            )
            if transfer is not None:
                self.earned[member.pk] += transfer.earned
                self.net[member.pk] += transfer.spendable

    @rule(source=st.integers(1, 4))
    def take_back(self, source: int) -> None:
        for _again in range(2):
            for transfer in withdraw_awards(
                actor=None, source_type="deed", source_id=source, memo="Not built after all"
            ):
                self.earned[transfer.member_id] += transfer.earned
                self.net[transfer.member_id] += transfer.spendable

    @rule(who=st.integers(0, PEOPLE - 1), amount=st.integers(1, 150), again=st.booleans())
    def buy(self, who: int, amount: int, again: bool) -> None:
        member, self.steps = self.members[who], self.steps + 1
        enough = max(self.net[member.pk], 0) >= amount
        try:
            for _time in range(2 if again else 1):
                spend(actor=member, amount=amount, scope="shop", key=f"s{self.steps}", memo="A mug")
        except Refused:
            assert not enough
        else:
            assert enough
            self.net[member.pk] -= amount

    @rule(who=st.integers(0, PEOPLE - 1), earned=st.integers(-80, 80), spendable=st.integers(-80, 80))
    def correct(self, who: int, earned: int, spendable: int) -> None:
        member = self.members[who]
        if earned == 0 and spendable == 0:
            return
        try:
            adjust(
                actor=self.boss, member=member, earned=earned, spendable=spendable, reason="Counted by hand"
            )
        except Refused:
            assert self.earned[member.pk] + earned < 0 or max(self.net[member.pk], 0) + spendable < 0
        else:
            self.earned[member.pk] += earned
            self.net[member.pk] += spendable

    @precondition(lambda self: Transfer.objects.exclude(kind="reversal").exists())
    @rule(pick=st.integers(0, 10_000))
    def undo(self, pick: int) -> None:
        transfers = list(Transfer.objects.exclude(kind="reversal").order_by("pk"))
        original = transfers[pick % len(transfers)]
        try:
            back = reverse(actor=self.boss, transfer=original, reason="It was a mistake")
        except Conflict:
            assert hasattr(original, "reversal") or original.spendable == 0
        else:
            self.earned[back.member_id] += back.earned
            self.net[back.member_id] += back.spendable

    @invariant()
    def every_promise_holds(self) -> None:
        assert audit_ledger() == []
        connection.check_constraints()

    @invariant()
    def it_agrees_with_the_model(self) -> None:
        for member in self.members:
            accounts = {(a.unit, a.kind): a.balance for a in Account.objects.filter(owner=member)}
            assert accounts.get(("status", "member"), 0) == self.earned[member.pk] >= 0
            assert accounts.get(("spend", "member"), 0) == max(self.net[member.pk], 0)
            assert accounts.get(("spend", "owed"), 0) == min(self.net[member.pk], 0)


@pytest.mark.django_db
def test_random_use_never_breaks_a_promise() -> None:
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


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

    assert {breach.promise for breach in audit_ledger()} == {"L3", "L3-shown", "L5"}
