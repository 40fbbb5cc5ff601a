"""What a process remembers of the numbers."""

import asyncio
import time
from typing import Any

import pytest

from community.numbers import memory
from community.numbers.actions import change_numbers
from community.numbers.models import NumberInForce
from community.threads.limits import NEW_FOR, TITLE_MAX


def test_another_process_sees_a_change_within_ten_seconds(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert memory.REMEMBERED_SECONDS == 10.0
    assert NEW_FOR() == 14
    NumberInForce.objects.create(key="threads.new_days", value=7)
    now = time.monotonic()

    monkeypatch.setattr(time, "monotonic", lambda: now + 9.0)
    assert NEW_FOR() == 14

    monkeypatch.setattr(time, "monotonic", lambda: now + 10.5)
    assert NEW_FOR() == 7


def test_the_process_that_changed_it_sees_it_as_soon_as_it_is_committed(
    manager: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        change_numbers(actor=manager, changes={"threads.new_days": 7})
        assert NEW_FOR() == 14

    assert NEW_FOR() == 7


def test_numbers_are_read_with_one_statement_and_then_with_none(
    db: None, django_assert_num_queries: Any
) -> None:
    memory.forget()
    with django_assert_num_queries(1):
        NEW_FOR()
    with django_assert_num_queries(0):
        assert [NEW_FOR(), TITLE_MAX()] == [14, 140]


def test_rows_of_another_version_leave_the_default_in_force(db: None) -> None:
    NumberInForce.objects.create(key="threads.new_days", value=9999)
    NumberInForce.objects.create(key="threads.long_gone", value=1)
    NumberInForce.objects.create(key="rates.threads.reply", value=["often", "", "", ""])
    NumberInForce.objects.create(key="threads.title_max", value=90)
    memory.forget()

    assert (NEW_FOR(), TITLE_MAX()) == (14, 90)
    assert memory.chosen_rates("threads.reply") is None


def test_amid_an_event_loop_what_is_known_is_good_enough(db: None) -> None:
    memory.remember({"threads.new_days": 7})
    memory.forget()

    async def ask() -> int:
        return NEW_FOR()

    assert asyncio.run(ask()) == 7
