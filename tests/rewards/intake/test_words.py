"""What members read of an event."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import translation

from rewards.intake.actions import take_event
from rewards.intake.words import say_event, say_money


@time_machine.travel(dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC))
def test_an_event_is_said_in_the_words_of_its_type(manager: Any, alice: Any, order: Any) -> None:
    at = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)
    event = take_event(actor=manager, sent=order(occurred_at=at)).event

    assert say_event(event) == "Your order 1001 of March 12, 2026"


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [(34_990, "EUR", "349.90 EUR"), (500, "JPY", "500 JPY"), (1, "KWD", "0.001 KWD"), (None, "", "")],
)
def test_money_is_said_in_its_own_units(amount: int | None, currency: str, said: str) -> None:
    with translation.override("en"):
        assert say_money(amount, currency) == said
