"""What tests of intake share: an event as a shop would tell it."""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from rewards.intake.checking import Sent


@pytest.fixture
def order() -> Callable[..., Sent]:
    """An order of Alice's, with whatever differs: `order(amount=100)`."""

    def make(event_id: str = "1001", **more: Any) -> Sent:
        values: dict[str, Any] = {
            "source": "shop",
            "event_id": event_id,
            "type": "order.placed",
            "occurred_at": timezone.now() - dt.timedelta(hours=1),
            "named_by": "handle",
            "who": "alice",
            "amount": 34_990,
            "currency": "EUR",
        }
        return Sent(**{**values, **more})

    return make


@pytest.fixture
def refund() -> Callable[..., Sent]:
    """A refund of order 1001: all that is left, or so much of it."""

    def make(event_id: str = "R1", amount: int | None = None, **more: Any) -> Sent:
        values: dict[str, Any] = {
            "source": "shop",
            "event_id": event_id,
            "type": "order.refunded",
            "occurred_at": timezone.now(),
            "original": "1001",
            "amount": amount,
            "currency": "" if amount is None else "EUR",
        }
        return Sent(**{**values, **more})

    return make


@pytest.fixture
def confirmed(db: None) -> Callable[..., str]:
    """Let a member have shown that an address is theirs; returns its digest."""

    def make(member: Any, address: str, verified: bool = True) -> str:
        EmailAddress.objects.create(user=member, email=address, verified=verified, primary=False)
        return hashlib.sha256(address.lower().encode()).hexdigest()

    return make
