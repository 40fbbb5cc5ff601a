"""Steps follow what members do and undo; a quest is finished once, and brings once what it promised."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from community.activity.models import Activity, Delivery
from community.activity.relay import deliver
from community.members.groups.actions import add_to_group, create_group
from community.notifications.models import Notice
from community.threads.actions import add_reaction, delete_post, remove_reaction, restore_post
from community.threads.models import Post
from rewards.badges.models import Award, Badge
from rewards.points.models import Transfer
from rewards.quests.actions import close_over, hide_quests, join_quest, move_quest, recompute_quests
from rewards.quests.models import Progress, Quest, State, Taking, TakingState
from rewards.quests.queries import card_of
from tests.rewards.quests.conftest import ANSWER, HELPED


def far(member: Any, quest: Quest) -> list[bool]:
    return [step.is_done for step in card_of(member, quest).steps]


def state_of(member: Any, quest: Quest) -> str | None:
    return Taking.objects.filter(member=member, quest=quest).values_list("state", flat=True).first()


@pytest.fixture
def thread(alice: Any, space: Any, make_thread: Any) -> Any:
    return make_thread(alice, space)


def test_a_mission_is_finished_by_doing_its_steps_and_brings_what_it_says_once(
    quest: Any, thread: Any, alice: Any, bob: Any, make_reply: Any, deliver_all: Any, points_of: Any
) -> None:
    mission = quest(rule_key="quest_finished", badge=Badge.objects.get(key="field-tester"))
    join_quest(actor=bob, quest=mission)
    answer = make_reply(bob, thread)
    deliver_all()
    assert far(bob, mission) == [True, False]
    before = points_of(bob)

    add_reaction(actor=alice, post=answer, kind="helpful")
    deliver_all()

    assert state_of(bob, mission) == TakingState.FINISHED
    # Two for the mark itself, twenty for the quest.
    assert points_of(bob)[0] - before[0] == 22
    assert Award.objects.standing().filter(member=bob, badge__key="field-tester").count() == 1
    assert Notice.objects.filter(member=bob, kind="quest.finished").count() == 1


def test_hearing_the_same_twice_pays_and_tells_once(
    quest: Any, thread: Any, bob: Any, make_reply: Any, deliver_all: Any
) -> None:
    mission = quest(ANSWER, rule_key="quest_finished")
    join_quest(actor=bob, quest=mission)
    make_reply(bob, thread)
    deliver_all()

    Delivery.objects.filter(consumer__startswith="quests.").update(done_at=None)
    for pk in Delivery.objects.filter(done_at=None).values_list("pk", flat=True):
        deliver(pk)
    recompute_quests()
    deliver_all()

    assert Activity.objects.filter(verb="quest.finished").count() == 1
    assert Transfer.objects.filter(rule_key="quest_finished").count() == 1
    assert Notice.objects.filter(kind="quest.finished").count() == 1


def test_what_is_undone_lowers_an_unfinished_step_and_comes_back(
    quest: Any, thread: Any, bob: Any, make_reply: Any, deliver_all: Any
) -> None:
    mission = quest()
    join_quest(actor=bob, quest=mission)
    answer = make_reply(bob, thread)
    deliver_all()

    delete_post(actor=bob, post=answer)
    deliver_all()
    assert far(bob, mission) == [False, False]

    restore_post(actor=bob, post=Post.objects.get(pk=answer.pk))
    deliver_all()
    assert far(bob, mission) == [True, False]


def test_a_finished_quest_stays_finished(
    quest: Any, thread: Any, alice: Any, bob: Any, make_reply: Any, deliver_all: Any
) -> None:
    mission = quest()
    join_quest(actor=bob, quest=mission)
    answer = make_reply(bob, thread)
    add_reaction(actor=alice, post=answer, kind="helpful")
    deliver_all()

    remove_reaction(actor=alice, post=answer, kind="helpful")
    delete_post(actor=bob, post=answer)
    deliver_all()
    recompute_quests()

    assert state_of(bob, mission) == TakingState.FINISHED
    assert far(bob, mission) == [True, True]


def test_what_was_done_before_joining_does_not_count(
    quest: Any, thread: Any, bob: Any, make_reply: Any, deliver_all: Any
) -> None:
    answer = make_reply(bob, thread)
    Post.objects.filter(pk=answer.pk).update(created_at=timezone.now() - dt.timedelta(days=2))
    mission = quest()

    join_quest(actor=bob, quest=mission)
    deliver_all()

    assert far(bob, mission) == [False, False]


def test_what_was_done_after_the_last_day_does_not_count(
    quest: Any, thread: Any, bob: Any, make_reply: Any, deliver_all: Any
) -> None:
    mission = quest(ends_on=timezone.now().date() + dt.timedelta(days=3))
    join_quest(actor=bob, quest=mission)

    with time_machine.travel(timezone.now() + dt.timedelta(days=4), tick=True):
        make_reply(bob, thread)
        deliver_all()
        recompute_quests()

    assert far(bob, mission) == [False, False]


def test_a_deed_of_the_last_evening_is_counted_in_the_night_and_then_the_quest_is_over(
    quest: Any, thread: Any, bob: Any, make_reply: Any
) -> None:
    mission = quest(ANSWER, ends_on=timezone.now().date())
    join_quest(actor=bob, quest=mission)
    make_reply(bob, thread)

    with time_machine.travel(timezone.now() + dt.timedelta(days=1), tick=True):
        assert (recompute_quests(), close_over(actor=None)) == (1, 0)
    with time_machine.travel(timezone.now() + dt.timedelta(days=2), tick=True):
        assert (recompute_quests(), close_over(actor=None), close_over(actor=None)) == (0, 1, 0)

    assert state_of(bob, mission) == TakingState.FINISHED
    assert Quest.objects.get(pk=mission.pk).state == State.ENDED


def test_one_that_begins_by_itself_begins_with_the_first_thing_that_counts(
    quest: Any, thread: Any, alice: Any, bob: Any, make_reply: Any, deliver_all: Any
) -> None:
    mission = quest(asks_joining=False)
    deliver_all()
    assert state_of(bob, mission) is None

    make_reply(bob, thread)
    deliver_all()

    assert (state_of(bob, mission), state_of(alice, mission)) == (TakingState.UNDER_WAY, None)
    assert far(bob, mission) == [True, False]


def test_it_begins_for_its_audience_alone(
    quest: Any, thread: Any, admin: Any, bob: Any, carol: Any, mod: Any, make_reply: Any, deliver_all: Any
) -> None:
    group = create_group(actor=admin, values={"name": "Menders"})
    add_to_group(actor=admin, group=group, member=bob)
    mission = quest(asks_joining=False, audience=[f"group:{group.pk}"])

    for who in (bob, carol, mod):
        make_reply(who, thread)
    deliver_all()
    recompute_quests()

    assert list(Taking.objects.filter(quest=mission).values_list("member__handle", flat=True)) == ["bob"]


def test_who_hides_quests_is_not_counted_nor_told(
    quest: Any, thread: Any, bob: Any, make_reply: Any, deliver_all: Any
) -> None:
    mission = quest(ANSWER)
    join_quest(actor=bob, quest=mission)
    hide_quests(actor=bob, hides=True)
    make_reply(bob, thread)
    deliver_all()
    recompute_quests()
    assert state_of(bob, mission) == TakingState.UNDER_WAY

    hide_quests(actor=bob, hides=False)
    assert recompute_quests() == 1


def test_a_paused_quest_counts_nothing_until_it_goes_on(
    quest: Any, thread: Any, manager: Any, bob: Any, make_reply: Any, deliver_all: Any
) -> None:
    mission = quest()
    join_quest(actor=bob, quest=mission)
    move_quest(actor=manager, quest=mission, state="paused")
    make_reply(bob, thread)
    deliver_all()
    assert far(bob, mission) == [False, False]

    move_quest(actor=manager, quest=mission, state="open")
    recompute_quests()
    assert far(bob, mission) == [True, False]


def test_the_night_finds_what_was_missed_and_changes_nothing_the_second_time(
    quest: Any, thread: Any, bob: Any, make_reply: Any
) -> None:
    mission = quest(ANSWER, HELPED)
    join_quest(actor=bob, quest=mission)
    make_reply(bob, thread)

    recompute_quests()
    stored = list(Progress.objects.values_list("step", "have", "is_done"))
    recompute_quests()

    assert far(bob, mission) == [True, False]
    assert list(Progress.objects.values_list("step", "have", "is_done")) == stored


def test_newcomers_begin_their_first_steps_in_silence(
    thread: Any, bob: Any, make_reply: Any, deliver_all: Any
) -> None:
    make_reply(bob, thread)
    deliver_all()

    taking = Taking.objects.get(quest__key="first-steps", member=bob)
    assert {row.step.key for row in taking.progress.filter(is_done=True)} == {"hello", "help"}
    assert not Activity.objects.filter(verb="quest.begun").exists()


def test_members_of_long_standing_begin_no_first_steps(
    thread: Any, bob: Any, make_reply: Any, deliver_all: Any
) -> None:
    type(bob).objects.filter(pk=bob.pk).update(joined_at=timezone.now() - dt.timedelta(days=31))
    make_reply(bob, thread)
    deliver_all()

    assert not Taking.objects.filter(member=bob).exists()
