"""Fifty at once, in real threads on real connections: one effect."""

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from community.errors import DomainError
from community.members.models import Member
from rewards.points.actions import adjust, award, capture, release, reserve, reverse, spend
from rewards.points.audit import audit_ledger
from rewards.points.models import Account, Hold, Transfer
from tests.rewards.conftest import ship_everything

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 50
AT_ONCE = 10


@pytest.fixture(autouse=True)
def shipped(transactional_db: None) -> Any:
    """Ship before, and again after the tables were emptied by the commit-for-real test before this one."""
    ship_everything()


def all_at_once(what: Callable[[int], Any]) -> list[Any]:
    """Call `what(n)` fifty times from ten threads that start together; refusals are returned, anything else is raised."""
    gate = threading.Barrier(AT_ONCE)

    def run(thread: int) -> list[Any]:
        gate.wait(timeout=20)
        results = []
        try:
            for n in range(thread, CROWD, AT_ONCE):
                try:
                    results.append(what(n))
                except DomainError as refusal:
                    results.append(refusal)
        finally:
            connection.close()
        return results

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [result for results in pool.map(run, range(AT_ONCE)) for result in results]


@pytest.fixture
def rich(make_member: Callable[..., Member]) -> Member:
    member = make_member("rich")
    adjust(
        actor=make_member("boss", role="manager"),
        member=member,
        earned=100,
        spendable=100,
        reason="To have something",
    )
    return member


def test_fifty_awards_for_one_source_pay_once(make_member: Callable[..., Member]) -> None:
    member = make_member("maker")

    results = all_at_once(
        lambda _n: award(
            actor=None, rule_key="good_deed", member_id=member.pk, source_type="deed", source_id=7
        )
    )

    assert [r for r in results if r is not None] == [Transfer.objects.get(kind="award")]
    assert audit_ledger() == []


def test_fifty_spendings_of_everything_succeed_once(rich: Member) -> None:
    results = all_at_once(
        lambda n: spend(actor=rich, amount=100, scope="shop", key=str(n), memo="The only mug")
    )

    assert sum(isinstance(r, Transfer) for r in results) == 1
    assert {r.code for r in results if isinstance(r, DomainError)} == {"not_enough_points"}
    assert Member.objects.get(pk=rich.pk).points_to_spend == 0
    assert audit_ledger() == []


def test_fifty_spendings_with_one_key_are_one(rich: Member) -> None:
    results = all_at_once(lambda _n: spend(actor=rich, amount=3, scope="shop", key="same", memo="A sticker"))

    assert {r.pk for r in results} == {Transfer.objects.get(kind="spending").pk}
    assert Member.objects.get(pk=rich.pk).points_to_spend == 97
    assert audit_ledger() == []


def test_fifty_reversals_are_one(rich: Member) -> None:
    boss, transfer = Member.objects.get(handle="boss"), Transfer.objects.get()

    results = all_at_once(lambda _n: reverse(actor=boss, transfer=transfer, reason="It was a mistake"))

    assert sum(isinstance(r, Transfer) for r in results) == 1
    assert Member.objects.get(pk=rich.pk).points_earned == 0
    assert audit_ledger() == []


def test_many_members_earning_at_once_neither_wait_forever_nor_lose_points(
    make_member: Callable[..., Member],
) -> None:
    members = [make_member(f"m{n}") for n in range(5)]

    results = all_at_once(
        lambda n: award(
            actor=None, rule_key="good_deed", member_id=members[n % 5].pk, source_type="deed", source_id=n
        )
    )

    assert all(isinstance(r, Transfer) for r in results)
    assert [Member.objects.get(pk=m.pk).points_earned for m in members] == [1000] * 5
    assert audit_ledger() == []


def hold(member: Member, amount: int, key: str) -> Hold:
    lasts = dt.timedelta(hours=1)
    return reserve(actor=member, amount=amount, scope="shop", key=key, memo="The only mug", lasts=lasts)


def held(member: Member) -> int:
    return Account.objects.get(owner=member, unit="spend", kind="member").held


def test_fifty_holds_of_everything_succeed_once(rich: Member) -> None:
    results = all_at_once(lambda n: hold(rich, 100, str(n)))

    assert sum(isinstance(r, Hold) for r in results) == 1
    assert {r.code for r in results if isinstance(r, DomainError)} == {"not_enough_points"}
    assert (held(rich), Hold.objects.count()) == (100, 1)
    assert audit_ledger() == []


def test_fifty_holds_with_one_key_are_one(rich: Member) -> None:
    results = all_at_once(lambda _n: hold(rich, 3, "same"))

    assert {r.pk for r in results} == {Hold.objects.get().pk}
    assert held(rich) == 3
    assert audit_ledger() == []


def test_fifty_captures_of_one_hold_are_one_spending(rich: Member) -> None:
    mine = hold(rich, 60, "mug")

    results = all_at_once(lambda _n: capture(actor=rich, hold=mine))

    assert {r.pk for r in results} == {Transfer.objects.get(kind="spending").pk}
    assert (held(rich), Member.objects.get(pk=rich.pk).points_to_spend) == (0, 40)
    assert audit_ledger() == []


def test_a_hold_that_is_spent_and_let_go_at_once_ends_one_way(rich: Member) -> None:
    mine = hold(rich, 60, "mug")

    results = all_at_once(lambda n: (capture if n % 2 else release)(actor=rich, hold=mine))

    won = {type(r) for r in results if not isinstance(r, DomainError)}
    assert won in ({Transfer}, {Hold})
    assert {r.code for r in results if isinstance(r, DomainError)} == {"hold_ended"}
    left = 40 if won == {Transfer} else 100
    assert (held(rich), Member.objects.get(pk=rich.pk).points_to_spend) == (0, left)
    assert audit_ledger() == []


def test_holding_spending_and_earning_at_once_neither_wait_forever_nor_lose_points(rich: Member) -> None:
    def act(n: int) -> object:
        if n % 3 == 0:
            return capture(actor=rich, hold=hold(rich, 2, f"h{n}"))
        if n % 3 == 1:
            return spend(actor=rich, amount=2, scope="shop", key=f"s{n}", memo="A sticker")
        return award(actor=None, rule_key="good_deed", member_id=rich.pk, source_type="deed", source_id=n)

    results = all_at_once(act)

    assert all(isinstance(r, Transfer) for r in results)
    assert Member.objects.get(pk=rich.pk).points_to_spend == 100 + 16 * 100 - 34 * 2
    assert audit_ledger() == []
