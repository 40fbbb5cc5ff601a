"""Twenty workers at once, in real threads on real connections: what is final is paid once, undone or not."""

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from community.members.models import Member
from rewards.points.actions import award, withdraw_awards
from rewards.points.audit import audit_ledger
from rewards.points.earning.final import pay_due
from rewards.points.models import EarningRule, PendingAward, Transfer
from tests.rewards.conftest import ship_everything

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 20


@pytest.fixture(autouse=True)
def shipped(transactional_db: None) -> None:
    """Ship a rule that waits, also after a test before this one emptied the tables."""
    ship_everything()
    EarningRule.objects.filter(key="good_deed").update(delay_hours=24)


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    """Let all begin together and return what each said; an error of one is raised."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        gate.wait(timeout=20)
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def promise(members: list[Member], each: int) -> None:
    long_ago = timezone.now() - dt.timedelta(hours=23)
    for member in members:
        for n in range(each):
            award(
                actor=None,
                rule_key="good_deed",
                member_id=member.pk,
                source_type="deed",
                source_id=member.pk * 1000 + n,
                occurred_at=long_ago,
            )
    PendingAward.objects.update(due_at=timezone.now())


def test_twenty_workers_pay_one_award_once(make_member: Callable[..., Member]) -> None:
    member = make_member("maker")
    promise([member], 1)

    assert sum(at_once([pay_due] * WORKERS)) == 1
    assert Transfer.objects.get().earned == 100
    assert Member.objects.get(pk=member.pk).points_earned == 100
    assert audit_ledger() == []


def test_twenty_workers_share_many_awards(make_member: Callable[..., Member]) -> None:
    members = [make_member(f"m{n}") for n in range(6)]
    promise(members, 5)

    assert sum(at_once([pay_due] * WORKERS)) == 30
    assert Transfer.objects.count() == 30
    assert [Member.objects.get(pk=m.pk).points_earned for m in members] == [500] * 6
    assert PendingAward.objects.filter(state="paid").count() == 30
    assert audit_ledger() == []


def test_what_is_undone_while_it_becomes_final_ends_as_undone(make_member: Callable[..., Member]) -> None:
    members = [make_member(f"m{n}") for n in range(5)]
    promise(members, 1)

    def undo(member: Member) -> Callable[[], Any]:
        source = member.pk * 1000
        return lambda: withdraw_awards(actor=None, source_type="deed", source_id=source, memo="It was undone")

    at_once([*([pay_due] * 10), *(undo(member) for member in members), *(undo(member) for member in members)])
    for member in members:
        undo(member)()

    assert [Member.objects.get(pk=m.pk).points_earned for m in members] == [0] * 5
    assert not PendingAward.objects.filter(state="waiting").exists()
    awards, reversals = (Transfer.objects.filter(kind=kind).count() for kind in ("award", "reversal"))
    assert awards == reversals == PendingAward.objects.filter(state="paid").count()
    assert audit_ledger() == []
