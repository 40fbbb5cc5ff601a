"""Two who come at once finish a quest once, and it pays once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from community.activity import relay
from community.activity.models import Activity, Delivery
from rewards.points.models import Transfer
from rewards.quests.actions import join_quest, leave_quest, recompute_quests, settle_quests
from rewards.quests.models import Taking, TakingState
from tests.rewards.conftest import ship_everything
from tests.rewards.quests.conftest import ANSWER

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8


@pytest.fixture(autouse=True)
def shipped(transactional_db: None) -> None:
    """Ship what the tables that were emptied before have no more."""
    ship_everything()


def at_once(*acts: Any) -> list[Any]:
    gate = Barrier(len(acts))

    def run(act: Any) -> Any:
        try:
            gate.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_a_quest_is_finished_and_paid_once_however_many_notice(
    quest: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    mission = quest(ANSWER, rule_key="quest_finished")
    thread = make_thread(alice, space)
    join_quest(actor=bob, quest=mission)
    make_reply(bob, thread)

    counted = at_once(*[lambda: settle_quests(touched={"answers": [bob.pk]})] * 4, *[recompute_quests] * 4)
    paying = Delivery.objects.get(consumer="quests.bring_what_was_promised")
    at_once(*[lambda: relay.deliver(paying.pk)] * AT_ONCE)

    assert sum(counted) == 1
    assert Activity.objects.filter(verb="quest.finished").count() == 1
    assert Transfer.objects.filter(rule_key="quest_finished", member=bob).count() == 1


def test_joining_and_leaving_at_once_leaves_one_row(quest: Any, bob: Any) -> None:
    mission = quest()

    at_once(*[lambda: join_quest(actor=bob, quest=mission)] * AT_ONCE)
    assert Activity.objects.filter(verb="quest.begun").count() == 1
    at_once(*[lambda: leave_quest(actor=bob, quest=mission)] * AT_ONCE)

    assert Taking.objects.get(quest=mission).state == TakingState.LEFT
    assert Activity.objects.filter(verb="quest.left").count() == 1
