"""Two programmes of points: purses that never mix, whoever moves them."""

import datetime as dt
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.errors import Conflict, DomainError, Invalid, Refused
from community.members.models import Member
from rewards.points.actions import (
    adjust,
    award,
    capture,
    confirm_adjustment,
    expire_holds,
    expire_points,
    propose_adjustment,
    refresh_lots,
    release,
    reserve,
    reverse,
    spend,
    withdraw_awards,
)
from rewards.points.audit import audit_ledger
from rewards.points.joining import carry_over
from rewards.points.models import Account, EarningRule, Entry, Expiry, Hold, Lot, Programme, Transfer
from tests.rewards.conftest import unguarded

LASTS = dt.timedelta(days=1)
WHY = "Counted by hand at the fair"


@pytest.fixture
def guild(db: None) -> Programme:
    """A second programme, with a rule of its own."""
    row = Programme.objects.create(key="guild", name="Guild Coins")
    EarningRule.objects.create(
        key="good_repair", name="You mended something", verb="repair.done", points=30, programme=row
    )
    return row


def purse(member: Member, programme: str) -> tuple[int, int, int]:
    """What a member earned, has and owes in one programme."""
    rows = Account.objects.filter(owner=member, programme_id=programme).values_list("unit", "kind", "balance")
    found = {(unit, kind): balance for unit, kind, balance in rows}
    return (
        found.get(("status", "member"), 0),
        found.get(("spend", "member"), 0),
        -found.get(("spend", "owed"), 0),
    )


def mend(member: Member, source_id: int = 1) -> Transfer | None:
    return award(
        actor=None, rule_key="good_repair", member_id=member.pk, source_type="repair", source_id=source_id
    )


def test_a_rule_pays_into_its_own_programme(guild: Programme, alice: Member, points_of: Any) -> None:
    transfer = mend(alice)

    assert transfer is not None and transfer.programme_id == "guild"
    assert purse(alice, "guild") == (30, 30, 0)
    assert points_of(alice) == (0, 0)


def test_a_source_is_paid_once_in_each_programme(guild: Programme, alice: Member) -> None:
    for _time in range(2):
        award(actor=None, rule_key="good_deed", member_id=alice.pk, source_type="repair", source_id=1)
        mend(alice)

    assert (purse(alice, "main"), purse(alice, "guild")) == ((100, 100, 0), (30, 30, 0))

    withdraw_awards(actor=None, source_type="repair", source_id=1, memo="Broke again")

    assert (purse(alice, "main"), purse(alice, "guild")) == ((0, 0, 0), (0, 0, 0))
    assert audit_ledger() == []


def test_each_programme_has_its_own_daily_limit(guild: Programme, alice: Member) -> None:
    EarningRule.objects.filter(key="good_deed").update(counts_to_cap=True)
    for n in range(3):
        award(actor=None, rule_key="good_deed", member_id=alice.pk, source_type="deed", source_id=n)
        mend(alice, n)

    assert (purse(alice, "main")[0], purse(alice, "guild")[0]) == (60, 60)


def test_one_purse_cannot_pay_for_the_other(guild: Programme, alice: Member, manager: Member) -> None:
    adjust(actor=manager, member=alice, earned=50, spendable=50, reason=WHY)

    with pytest.raises(Refused, match="20 to go"):
        spend(actor=alice, amount=20, scope="store", key="1", memo="Mug", programme="guild")

    assert (purse(alice, "main")[1], purse(alice, "guild")[1]) == (50, 0)


def test_a_key_is_for_one_programme(guild: Programme, alice: Member, manager: Member) -> None:
    for programme in (None, "guild"):
        adjust(actor=manager, member=alice, earned=50, spendable=50, reason=WHY, programme=programme)
    spend(actor=alice, amount=20, scope="store", key="1", memo="Mug", programme="guild")
    reserve(actor=alice, amount=20, scope="store", key="2", memo="Mug", lasts=LASTS, programme="guild")

    with pytest.raises(Conflict), transaction.atomic():
        spend(actor=alice, amount=20, scope="store", key="1", memo="Mug")
    with pytest.raises(Conflict), transaction.atomic():
        reserve(actor=alice, amount=20, scope="store", key="2", memo="Mug", lasts=LASTS)
    assert (purse(alice, "main")[1], purse(alice, "guild")[1]) == (50, 30)


def test_a_programme_that_is_not_there_is_refused(alice: Member, manager: Member) -> None:
    with pytest.raises(Invalid) as refusal:
        adjust(actor=manager, member=alice, earned=5, spendable=5, reason=WHY, programme="nowhere")

    assert refusal.value.code == "programme_unknown"
    assert not Transfer.objects.exists()


def test_what_is_held_stays_in_its_programme(
    guild: Programme, alice: Member, manager: Member, points_of: Any
) -> None:
    for programme in (None, "guild"):
        adjust(actor=manager, member=alice, earned=50, spendable=50, reason=WHY, programme=programme)
    first, second, third = (
        reserve(actor=alice, amount=10, scope="s", key=str(n), memo="Lamp", lasts=LASTS, programme="guild")
        for n in range(3)
    )

    assert points_of(alice) == (50, 50)
    assert capture(actor=alice, hold=first, amount=4).programme_id == "guild"
    release(actor=alice, hold=second)
    unguarded(f"UPDATE points_hold SET expires_at = now() - interval '1 hour' WHERE id = {third.pk}")
    assert expire_holds() == 1
    assert purse(alice, "guild")[1] == 46 and points_of(alice) == (50, 50)
    assert not Account.objects.filter(held__gt=0).exists() and Hold.objects.open().count() == 0


def test_a_large_correction_names_its_programme(
    guild: Programme, alice: Member, manager: Member, admin: Member
) -> None:
    proposal = propose_adjustment(
        actor=manager, member=alice, earned=3000, spendable=0, reason=WHY, key="1", programme="guild"
    )
    with pytest.raises(Conflict):
        propose_adjustment(actor=manager, member=alice, earned=3000, spendable=0, reason=WHY, key="1")

    transfer = confirm_adjustment(actor=admin, proposal=proposal)

    assert transfer.programme_id == "guild" and purse(alice, "guild")[0] == 3000
    assert reverse(actor=admin, transfer=transfer, reason=WHY).programme_id == "guild"
    assert purse(alice, "guild")[0] == 0 and audit_ledger() == []


def test_each_programme_expires_by_its_own_policy(
    guild: Programme, alice: Member, manager: Member, points_of: Any
) -> None:
    for programme in (None, "guild"):
        adjust(actor=manager, member=alice, earned=50, spendable=50, reason=WHY, programme=programme)
    guild.expiry, guild.months, guild.version = Expiry.ROLLING, 1, 1
    guild.save()

    while refresh_lots():
        pass

    dated = Lot.objects.filter(expires_at__isnull=False)
    assert [lot.account.programme_id for lot in dated] == ["guild"]
    dated.update(expires_at=timezone.now() - LASTS)
    expire_points()
    assert purse(alice, "guild") == (50, 0, 0) and points_of(alice) == (50, 50)


def test_two_accounts_are_joined_in_each_programme(
    guild: Programme, alice: Member, bob: Member, manager: Member, points_of: Any
) -> None:
    mend(alice)
    adjust(actor=manager, member=alice, earned=5, spendable=7, reason=WHY)

    carry_over(alice, bob)
    carry_over(alice, bob)

    assert purse(alice, "guild") == (0, 0, 0) and purse(bob, "guild") == (30, 30, 0)
    assert points_of(bob) == (5, 7)


def test_a_leg_in_another_programme_is_refused(guild: Programme, alice: Member) -> None:
    transfer = mend(alice)
    assert transfer is not None
    wrong = Account.objects.get(owner=None, programme_id="main", unit="spend", kind="issued")
    right = Account.objects.get(owner=None, programme_id="guild", unit="spend", kind="issued")

    with pytest.raises(IntegrityError, match="does not cancel out"), transaction.atomic():
        Entry.objects.create(transfer=transfer, account=wrong, amount=-5)
        Entry.objects.create(
            transfer=transfer,
            account=Account.objects.get(owner=None, programme_id="main", unit="spend", kind="spent"),
            amount=5,
        )
        connection.check_constraints()
    assert wrong.pk < right.pk


@pytest.mark.parametrize("change", ["programme_id = 'main'", "kind = 'owed'", "owner_id = NULL"])
def test_an_account_keeps_its_place(guild: Programme, alice: Member, change: str) -> None:
    mend(alice)
    mine = Account.objects.get(owner=alice, programme_id="guild", unit="status")

    with (
        pytest.raises(IntegrityError, match="keeps whose it is"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE points_account SET {change} WHERE id = %s", [mine.pk])


# Each breaks the promise in another place, past the guards; balances stay as they were.
MIXED = (
    "UPDATE points_transfer SET programme_id = 'main' WHERE programme_id = 'guild' AND kind = 'award'",
    "UPDATE points_account SET programme_id = 'other' WHERE programme_id = 'guild' AND kind = 'owed'",
    "UPDATE points_earningrule SET programme_id = 'main' WHERE key = 'good_repair'",
    "DROP TRIGGER points_account_keeps_its_place ON points_account",
)


@pytest.mark.parametrize("statement", MIXED)
def test_the_audit_says_where_programmes_mix(guild: Programme, alice: Member, statement: str) -> None:
    mend(alice)
    hold = reserve(actor=alice, amount=3, scope="s", key="1", memo="Pin", lasts=LASTS, programme="guild")
    spent = capture(actor=None, hold=hold)
    assert audit_ledger() == []
    if "owed" in statement:
        # A debt in a purse: what was taken back after it was spent.
        withdraw_awards(actor=None, source_type="repair", source_id=1, memo="Broke again")
    unguarded("SET CONSTRAINTS ALL IMMEDIATE", statement)

    broken = {breach.promise: breach for breach in audit_ledger()}

    assert "L2-programme" in broken and broken["L2-programme"].count >= 1
    assert spent.programme_id == "guild"


def test_sums_of_one_programme_cannot_hide_in_another(guild: Programme, alice: Member) -> None:
    mend(alice)
    unguarded(
        "UPDATE points_account SET balance = balance - 5 WHERE owner_id IS NULL AND programme_id = 'guild' AND unit = 'spend' AND kind = 'issued'",
        "INSERT INTO points_account (id, programme_id, unit, kind, balance, held) "
        "VALUES (9999999999999999, 'main', 'spend', 'lapsed', 0, 0) ON CONFLICT DO NOTHING",
        "UPDATE points_account SET balance = balance + 5 WHERE owner_id IS NULL AND programme_id = 'main' AND unit = 'spend' AND kind = 'issued'",
    )

    found = {breach.promise: breach.examples for breach in audit_ledger()}

    assert set(found["L5"]) == {"guild spend", "main spend"}


STEP = st.tuples(
    st.sampled_from(["correct", "spend", "hold", "take", "undo"]),
    st.sampled_from(["main", "guild"]),
    st.integers(1, 60),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, min_size=5, max_size=25))
def test_whatever_is_done_two_programmes_never_mix(
    guild: Programme, alice: Member, manager: Member, steps: list[tuple[str, str, int]]
) -> None:
    """A plain sum for each programme says what should be there; moving one never moves the other."""
    with transaction.atomic():
        free: dict[str, int] = defaultdict(int)
        holds: dict[str, list[Hold]] = defaultdict(list)
        spent: dict[str, list[Transfer]] = defaultdict(list)
        for n, (what, where, amount) in enumerate(steps):
            try:
                with transaction.atomic():
                    free[where] += _step(what, where, amount, alice, manager, n, holds[where], spent[where])
            except DomainError:
                assert what in ("spend", "hold") and amount > free[where]
            for key in ("main", "guild"):
                mine = Account.objects.filter(owner=alice, programme_id=key, unit="spend", kind="member")
                there = sum(balance - held for balance, held in mine.values_list("balance", "held"))
                assert there == free[key]
        connection.check_constraints()
        assert audit_ledger() == []
        transaction.set_rollback(True)


def _step(
    what: str,
    where: str,
    amount: int,
    member: Member,
    boss: Member,
    n: int,
    holds: list[Hold],
    spent: list[Transfer],
) -> int:
    """Do one thing. Returns by how much what is free changes."""
    if what == "correct":
        adjust(actor=boss, member=member, earned=0, spendable=amount, reason=WHY, key=str(n), programme=where)
        return amount
    if what == "spend":
        key = {"scope": "store", "key": str(n), "memo": "Mug", "programme": where}
        spent.append(spend(actor=member, amount=amount, **key))
        return -amount
    if what == "hold":
        key = {"scope": "store", "key": str(n), "memo": "Mug", "programme": where}
        holds.append(reserve(actor=member, amount=amount, lasts=LASTS, **key))
        return -amount
    if what == "take" and holds:
        hold = holds.pop()
        taken = min(hold.amount, amount)
        capture(actor=None, hold=hold, amount=taken)
        return hold.amount - taken
    if what == "undo" and spent:
        undone = spent.pop()
        reverse(actor=boss, transfer=undone, reason=WHY)
        return -undone.spendable
    return 0


@pytest.mark.django_db(transaction=True)
def test_two_programmes_at_once_neither_wait_for_ever_nor_overspend(
    guild: Programme, alice: Member, bob: Member, manager: Member
) -> None:
    for member in (alice, bob):
        for programme in (None, "guild"):
            adjust(actor=manager, member=member, earned=0, spendable=20, reason=WHY, programme=programme)

    def buy(n: int) -> str:
        member, programme = (alice, bob)[n % 2], ("main", "guild")[n // 2 % 2]
        try:
            key = {"scope": "store", "key": str(n), "memo": "Mug", "programme": programme}
            spend(actor=Member.objects.get(pk=member.pk), amount=10, **key)
            return programme
        except Refused as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(buy, range(24)))

    assert (answers.count("main"), answers.count("guild")) == (4, 4)
    assert {purse(member, key)[1] for member in (alice, bob) for key in ("main", "guild")} == {0}
    assert audit_ledger() == []
