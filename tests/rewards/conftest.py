"""What tests of rewards share: the shipped rows, and short ways to make things happen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.activity import relay
from community.activity.models import Delivery
from community.members.models import Member
from rewards.points.audit import audit_ledger
from rewards.points.models import EarningRule


def ship_everything() -> None:
    """Ship a rule of our own beside those of a new community: what a feature would bring that calls `award`."""
    EarningRule.objects.get_or_create(
        key="good_deed",
        version=1,
        defaults={
            "name": "You did a good deed",
            "verb": "deed.done",
            "points": 100,
            "counts_to_cap": False,
            "position": 15,
        },
    )


def unguarded(*statements: str) -> None:
    """Run statements that the guards of the database refuse everybody else."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")


def fewest_statements(client: Client, url: str) -> int:
    """Return what a page costs in statements once short-lived memories of other parts are warm."""
    costs = []
    for _time in range(3):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        costs.append(len(queries))
    return min(costs)


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


@pytest.fixture
def deliver_all(db: None) -> Callable[[], int]:
    """Deliver to the consumers of rewards until nothing is due. Fails when a delivery failed."""
    families = (
        Q(consumer__startswith="points.")
        | Q(consumer__startswith="praise.")
        | Q(consumer__startswith="badges.")
        | Q(consumer__startswith="tiers.")
        | Q(consumer__startswith="rituals.")
        | Q(consumer__startswith="leaderboards.")
        | Q(consumer__startswith="quests.")
    )

    def run() -> int:
        tried = 0
        while due := list(Delivery.objects.filter(families, done_at=None, dead_at=None).order_by("pk")):
            for delivery in due:
                relay.deliver(delivery.pk)
                delivery.refresh_from_db()
                assert delivery.error == "", delivery.error
            tried += len(due)
        return tried

    return run
