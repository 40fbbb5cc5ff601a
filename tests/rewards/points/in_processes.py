"""Real processes on the real database: fifty want one balance, and workers are killed while they award."""

import datetime as dt
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from community.activity import relay
from community.activity.models import Delivery
from community.errors import DomainError
from community.members.models import Member
from community.threads.actions import add_reaction
from rewards.points.actions import adjust, capture, reserve, spend
from rewards.points.audit import audit_ledger
from rewards.points.models import Account, Hold, Transfer
from tests.rewards.conftest import ship_everything

pytestmark = pytest.mark.django_db(transaction=True)
CROWD, PROCESSES, HELPERS = 50, 5, 24
LASTS = dt.timedelta(hours=1)
system = multiprocessing.get_context("fork")


@pytest.fixture(autouse=True)
def shipped(transactional_db: None) -> Any:
    """Ship before, and again after the tables were emptied by the commit-for-real test before this one."""
    ship_everything()


@pytest.fixture
def rich(make_member: Callable[..., Member]) -> Member:
    member = make_member("rich")
    boss = make_member("boss", role="manager")
    adjust(actor=boss, member=member, earned=100, spendable=100, reason="To have something")
    return member


def fork(work: Callable[[], None]) -> Any:
    """Begin `work` in a process of its own, with connections of its own."""
    connections.close_all()
    child = system.Process(target=work, daemon=True)
    child.start()
    return child


def in_processes(what: Callable[[int], Any]) -> list[Any]:
    """Call `what(n)` fifty times from five processes that start together. Returns keys of rows and codes of refusals."""
    gate, line = system.Barrier(PROCESSES), system.SimpleQueue()

    def run(first: int) -> None:
        gate.wait(timeout=30)
        answers: list[Any] = []
        for n in range(first, CROWD, PROCESSES):
            try:
                answers.append(what(n).pk)
            except DomainError as refusal:
                answers.append(refusal.code)
        line.put(answers)

    children = [fork(lambda first=first: run(first)) for first in range(PROCESSES)]
    answers = [answer for _child in children for answer in line.get()]
    for child in children:
        child.join(30)
        assert child.exitcode == 0
    return answers


def held(member: Member) -> int:
    return Account.objects.get(owner=member, unit="spend", kind="member").held


def test_fifty_spendings_from_five_processes_succeed_once(rich: Member) -> None:
    answers = in_processes(lambda n: spend(actor=rich, amount=100, scope="shop", key=str(n), memo="A mug"))

    assert sorted(answers, key=str)[1:] == ["not_enough_points"] * (CROWD - 1)
    assert Transfer.objects.filter(kind="spending").count() == 1
    assert audit_ledger() == []


def test_fifty_holds_from_five_processes_succeed_once(rich: Member) -> None:
    answers = in_processes(
        lambda n: reserve(actor=rich, amount=100, scope="shop", key=str(n), memo="A mug", lasts=LASTS)
    )

    assert sorted(answers, key=str)[1:] == ["not_enough_points"] * (CROWD - 1)
    assert (Hold.objects.count(), held(rich)) == (1, 100)
    assert audit_ledger() == []


def test_fifty_captures_from_five_processes_are_one_spending(rich: Member) -> None:
    hold = reserve(actor=rich, amount=60, scope="shop", key="1", memo="A mug", lasts=LASTS)

    answers = in_processes(lambda _n: capture(actor=rich, hold=hold))

    assert answers == [Transfer.objects.get(kind="spending").pk] * CROWD
    assert (held(rich), Member.objects.get(pk=rich.pk).points_to_spend) == (0, 40)
    assert audit_ledger() == []


def waiting() -> list[int]:
    due = Delivery.objects.filter(consumer__startswith="points.", done_at=None)
    return list(due.order_by("pk").values_list("pk", flat=True))


def work() -> None:
    for pk in waiting():
        relay.deliver(pk)


def test_workers_that_are_killed_while_they_award_lose_nothing_and_pay_nothing_twice(
    make_member: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    asker = make_member("asker")
    thread = make_thread(asker, space)
    helpers = [make_member(f"helper{n}") for n in range(HELPERS)]
    for helper in helpers:
        add_reaction(actor=asker, post=make_reply(helper, thread), kind="helpful")
    killed, deadline = 0, time.monotonic() + 120
    while waiting() and time.monotonic() < deadline:
        # However slow the machine is, some promises are kept before the next kill.
        goal = len(waiting()) - random.randint(1, 8)
        workers = [fork(work), fork(work)]
        while len(waiting()) > max(goal, 0) and any(worker.is_alive() for worker in workers):
            time.sleep(0.01)
        for worker in workers:
            if worker.is_alive():
                os.kill(worker.pid, signal.SIGKILL)
                killed += 1
            worker.join(10)

    assert waiting() == []
    assert killed >= 2
    assert not Delivery.objects.filter(consumer__startswith="points.").exclude(error="").exists()
    earned = {pk: points for pk, points in Member.objects.values_list("pk", "points_earned")}
    assert earned[asker.pk] == 5
    assert [earned[helper.pk] for helper in helpers] == [7] * HELPERS
    assert Transfer.objects.count() == 1 + 2 * HELPERS
    assert audit_ledger() == []
