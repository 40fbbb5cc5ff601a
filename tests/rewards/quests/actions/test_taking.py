"""Joining, leaving, hiding."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Conflict, DomainError
from rewards.quests.actions import hide_quests, join_quest, leave_quest, move_quest, put_line_away
from rewards.quests.models import Choice, Progress, Taking, TakingState
from rewards.quests.queries import list_quests
from tests.rewards.quests.conftest import ANSWER, make_quest


def test_joining_twice_is_joining_once_and_counts_what_was_done_today(
    quest: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    mission = quest()
    make_reply(bob, make_thread(alice, space))

    first = join_quest(actor=bob, quest=mission)
    assert join_quest(actor=bob, quest=mission) == first

    assert Activity.objects.filter(verb="quest.begun").count() == 1
    assert Progress.objects.get(taking=first, is_done=True).step.key == "step-1"


def test_who_left_is_asked_nothing_and_begins_anew(quest: Any, bob: Any) -> None:
    mission = quest()
    taking = join_quest(actor=bob, quest=mission)
    leave_quest(actor=bob, quest=mission)
    leave_quest(actor=bob, quest=mission)
    taking.refresh_from_db()
    assert (taking.state, taking.progress.count()) == (TakingState.LEFT, 0)
    assert Activity.objects.filter(verb="quest.left").count() == 1

    join_quest(actor=bob, quest=mission)
    assert Taking.objects.get().state == TakingState.UNDER_WAY


def test_what_is_finished_cannot_be_left_nor_begun_again(
    quest: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    mission = quest(ANSWER)
    make_reply(bob, make_thread(alice, space))
    join_quest(actor=bob, quest=mission)

    with pytest.raises(Conflict) as refusal:
        leave_quest(actor=bob, quest=mission)
    assert refusal.value.code == "quest_finished"
    assert join_quest(actor=bob, quest=mission).state == TakingState.FINISHED

    assert [card.name for card in list_quests(bob).news] == ["Autumn repairs"]
    put_line_away(actor=bob, quest=mission)
    assert list_quests(bob).news == []


@pytest.mark.parametrize(("state", "code"), [("paused", "quest_paused"), ("ended", "quest_over")])
def test_nobody_joins_what_does_not_run(quest: Any, manager: Any, bob: Any, state: str, code: str) -> None:
    mission = move_quest(actor=manager, quest=quest(), state=state)

    with pytest.raises(DomainError) as refusal:
        join_quest(actor=bob, quest=mission)

    assert refusal.value.code == code
    assert not Taking.objects.exists()


def test_nobody_joins_before_the_first_day_and_the_team_never(
    quest: Any, bob: Any, mod: Any, mallory: Any
) -> None:
    later = quest(starts_on=timezone.now().date() + dt.timedelta(days=3))
    by_itself = quest(key="by-itself", asks_joining=False)
    codes = []
    for who, which in ((bob, later), (bob, by_itself), (mod, by_itself), (mallory, by_itself)):
        with pytest.raises(DomainError) as refusal:
            join_quest(actor=who, quest=which)
        codes.append(refusal.value.code)

    assert codes[:3] == ["quest_not_begun", "quest_begins_itself", "staff_earn_nothing"]
    assert not Taking.objects.exists()


def test_whoever_joins_hides_quests_no_more(quest: Any, bob: Any) -> None:
    hide_quests(actor=bob, hides=True)

    join_quest(actor=bob, quest=quest())

    assert not Choice.objects.get(member=bob).hides


def test_a_draft_is_seen_by_nobody(manager: Any, bob: Any) -> None:
    make_quest(manager, ANSWER)

    assert list_quests(bob).open == list_quests(manager).open == []
