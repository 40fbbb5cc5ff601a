"""An appeal is decided at the moment in which it becomes moot: real threads, real commits."""

import threading
import time
from typing import Any

import pytest
from django.db import connection, transaction

from community.moderation import actions
from community.moderation.appeals.actions import appeal_case, drop_moot_appeals, reject_appeal
from community.moderation.models import Appeal, Case


@pytest.mark.django_db(transaction=True)
def test_deciding_an_appeal_and_dropping_it_wait_for_each_other_in_one_order(
    alice: Any, bob: Any, mod: Any, manager: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    post = make_reply(bob, make_thread(alice, space))
    first = actions.report_post(actor=alice, post=post, reason="spam").case
    actions.decide_case(actor=mod, case=first, decision="remove", reason="Advertising")
    appeal = appeal_case(actor=bob, case=first, words="It was my own pole.")
    waits = Case.objects.get(kind="appeal")
    held, wrong = threading.Event(), []

    def decide() -> None:
        try:
            with transaction.atomic():
                # As `decide_case` does: the case, and then what it is about.
                Case.objects.select_for_update().get(pk=waits.pk)
                held.set()
                time.sleep(0.5)
                reject_appeal(actor=manager, appeal=appeal, reason="It was advertising")
        except Exception as error:  # noqa: BLE001 - the test judges what was raised
            wrong.append(error)
        finally:
            connection.close()

    worker = threading.Thread(target=decide)
    worker.start()
    assert held.wait(10)
    drop_moot_appeals(actor=mod, case_id=first.pk, penalty_id=None)
    worker.join()

    assert wrong == []
    assert Appeal.objects.get().state == "rejected"
