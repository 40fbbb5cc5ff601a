"""What tests of rewards share: the shipped rows, and short ways to make things happen."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from community.members.models import Member
from rewards.points.audit import audit_ledger

SHIPPING = ("rewards.points.migrations.0003_shipped_rules",)


def ship_everything() -> None:
    """Put back what data migrations shipped: a test that commits for real empties every table afterwards."""
    for name in SHIPPING:
        import_module(name).ship(apps, None)


@pytest.fixture(autouse=True)
def shipped(db: None) -> None:
    """Rules, badges and tiers as a new community has them."""
    ship_everything()


@pytest.fixture
def points_of() -> Callable[[Any], tuple[int, int]]:
    """Return (earned, to spend) as the member's row shows them, having checked that the ledger holds."""

    def read(member: Any) -> tuple[int, int]:
        assert audit_ledger() == []
        fresh = Member.objects.get(pk=member.pk)
        return fresh.points_earned, fresh.points_to_spend

    return read
