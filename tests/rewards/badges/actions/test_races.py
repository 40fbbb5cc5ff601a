"""Fifty at once, in real threads: one award, told once."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.members.models import Member
from rewards.badges.actions import settle_badges
from rewards.badges.actions.settle import Cause
from rewards.badges.models import Award, Badge
from tests.rewards.conftest import ship_everything
from tests.rewards.points.actions.test_races import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shipped(transactional_db: None) -> Any:
    ship_everything()


def test_fifty_happenings_at_once_give_a_badge_once(alice: Any, space: Any, make_thread: Any) -> None:
    make_thread(alice, space)

    results = all_at_once(lambda _n: settle_badges(causes={"questions": {alice.pk: Cause()}}))

    assert sorted(results) == [0] * 49 + [1]
    assert Award.objects.count() == 1
    assert Activity.objects.filter(verb="badge.awarded").count() == 1
    assert Member.objects.get(pk=alice.pk).badge_count == 1
    assert Badge.objects.get(key="first-question").holder_count == 1
