"""Sums counted by several workers at once are what one alone would have counted."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from rewards.leaderboards.models import DaySum
from rewards.leaderboards.ranking import today
from rewards.leaderboards.sums import rebuild, settle_days
from rewards.points.actions import award
from tests.rewards.conftest import ship_everything

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS, EACH = 6, 8


@pytest.fixture(autouse=True)
def shipped(transactional_db: None) -> None:
    """Ship what the tables that were emptied before have no more."""
    ship_everything()


def test_awards_and_counting_at_the_same_time_lose_nothing_and_count_nothing_twice(make_member: Any) -> None:
    members = [make_member(f"m{n}") for n in range(3)]

    def work(worker: int) -> None:
        try:
            for n in range(EACH):
                member = members[(worker + n) % len(members)]
                award(
                    actor=None,
                    rule_key="good_deed",
                    member_id=member.pk,
                    source_type="deed",
                    source_id=worker * 1000 + n,
                )
                settle_days([(each.pk, today()) for each in members])
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))

    assert sum(row.times for row in DaySum.objects.all()) == WORKERS * EACH
    assert sum(row.points for row in DaySum.objects.all()) == WORKERS * EACH * 100
    assert rebuild() == 0
