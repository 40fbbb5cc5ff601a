"""Cases that nobody could decide any more end by themselves, and those that wait are opened once."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from community.activity.models import Activity
from community.members.groups.actions import (
    add_to_group,
    answer_request,
    ask_to_join,
    create_group,
    delete_group,
)
from community.moderation.actions import close_moot_cases, open_case
from community.moderation.kinds.ignored import IGNORED
from community.moderation.kinds.joining import close_request, queue_request
from community.moderation.models import AuditEntry, Case, CaseState


@pytest.fixture
def ask(bob: Any, manager: Any) -> Any:
    """Bob asks to join a group that nobody looks after."""
    group = create_group(
        actor=manager, values={"name": "Hut crew", "join_mode": "request", "visibility": "everyone"}
    )
    return ask_to_join(actor=bob, group=group)


@pytest.mark.django_db
def test_a_request_of_a_group_that_is_gone_leaves_the_queue(
    ask: Any, manager: Any, alice: Any, deliver_all: Any
) -> None:
    other = open_case(actor=None, kind=IGNORED, subject=alice, about=alice, facts={"count": 5})
    deliver_all()
    case = Case.objects.get(kind="join_request")
    delete_group(actor=manager, group=ask.group)

    assert close_moot_cases(actor=None) == 1
    assert close_moot_cases(actor=None) == 0

    case.refresh_from_db()
    other.refresh_from_db()
    assert (case.state, other.state) == (CaseState.CLOSED, CaseState.OPEN)
    deliver_all()
    # Nobody of the team did it.
    assert not AuditEntry.objects.filter(act="case.closed").exists()


@pytest.mark.django_db
def test_who_is_put_in_by_hand_leaves_the_queue(ask: Any, bob: Any, manager: Any, deliver_all: Any) -> None:
    deliver_all()
    add_to_group(actor=manager, group=ask.group, member=bob)
    deliver_all()

    assert Case.objects.get().state == CaseState.CLOSED
    ask.refresh_from_db()
    # What is answered ends by itself one day.
    assert ask.state == "accepted" and ask.answered_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_request_that_is_answered_while_it_is_brought_to_the_queue_does_not_stay_there(
    ask: Any, manager: Any
) -> None:
    asked = Activity.objects.get(verb="group.asked")
    brought = threading.Event()

    def bring() -> None:
        with transaction.atomic():
            queue_request(asked)
            brought.set()
            time.sleep(0.5)

    worker = threading.Thread(target=_then_hang_up(bring))
    worker.start()
    assert brought.wait(10)
    answer_request(actor=manager, ask=ask, accept=False)
    with transaction.atomic():
        close_request(Activity.objects.get(verb="group.answered"))
    worker.join()

    assert not Case.objects.filter(state=CaseState.OPEN).exists()


def _then_hang_up(act: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    return run
