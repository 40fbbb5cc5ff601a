"""What is done together: summed over everybody, reached once, and thanked for by what each brought."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from community.activity.models import Activity
from community.errors import Invalid
from community.threads.actions import delete_post
from rewards.points.models import Transfer
from rewards.quests.actions import (
    hide_quests,
    leave_quest,
    move_quest,
    recompute_quests,
    save_quest,
    settle_quests,
)
from rewards.quests.models import Quest, State, Taking, TakingState
from rewards.quests.queries import card_of
from tests.rewards.quests.conftest import ANSWER, HELPED, make_quest

FINISHED = TakingState.FINISHED


@pytest.fixture
def thread(alice: Any, space: Any, make_thread: Any) -> Any:
    return make_thread(alice, space)


def sums(quest: Quest) -> tuple[int, bool]:
    fresh = Quest.objects.get(pk=quest.pk)
    return fresh.reached, fresh.reached_at is not None


def finishers(quest: Quest) -> set[str]:
    return set(Taking.objects.filter(quest=quest, state=FINISHED).values_list("member__handle", flat=True))


def test_parts_add_up_and_who_brought_enough_is_thanked_once(
    quest: Any, thread: Any, bob: Any, carol: Any, make_reply: Any, deliver_all: Any
) -> None:
    together = quest(ANSWER, kind="team", goal=3, floor=2, rule_key="quest_finished")
    make_reply(carol, thread)
    make_reply(bob, thread)
    deliver_all()
    assert (sums(together), finishers(together)) == ((2, False), set())

    make_reply(bob, thread)
    deliver_all()
    recompute_quests()
    deliver_all()

    assert (sums(together), finishers(together)) == ((3, True), {"bob"})
    assert Activity.objects.filter(verb="quest.reached").count() == 1
    assert list(Transfer.objects.filter(rule_key="quest_finished").values_list("member", flat=True)) == [
        bob.pk
    ]
    make_reply(carol, thread)
    deliver_all()
    assert finishers(together) == {"bob", "carol"}


def test_what_is_undone_lowers_the_sum_until_the_goal_is_reached(
    quest: Any, thread: Any, bob: Any, carol: Any, make_reply: Any, deliver_all: Any
) -> None:
    together = quest(ANSWER, kind="team", goal=2)
    first = make_reply(bob, thread)
    deliver_all()
    delete_post(actor=bob, post=first)
    deliver_all()
    assert sums(together) == (0, False)

    second, third = make_reply(bob, thread), make_reply(carol, thread)
    deliver_all()
    for who, post in ((bob, second), (carol, third)):
        delete_post(actor=who, post=post)
    deliver_all()

    assert sums(together) == (2, True)
    assert finishers(together) == {"bob", "carol"}


def test_who_leaves_takes_their_part_along(
    quest: Any, thread: Any, bob: Any, make_reply: Any, deliver_all: Any
) -> None:
    together = quest(ANSWER, kind="team", goal=5)
    make_reply(bob, thread)
    deliver_all()

    leave_quest(actor=bob, quest=together)
    recompute_quests()

    assert sums(together) == (0, False)


def test_everybody_reads_the_sum_and_only_their_own_part(
    quest: Any, thread: Any, bob: Any, carol: Any, make_reply: Any, deliver_all: Any, sign_in: Any
) -> None:
    together = quest(ANSWER, kind="team", goal=40)
    for who in (bob, bob, carol):
        make_reply(who, thread)
    deliver_all()

    assert [card_of(who, together).part for who in (bob, carol)] == [2, 1]
    page = sign_in(carol).get("/quests/repairs/").content.decode()
    assert "3 of 40 together" in page and "Your part: 1" in page
    assert "Bob Birch" not in page


def test_a_goal_is_needed_and_one_plain_condition(manager: Any) -> None:
    draft = make_quest(manager, ANSWER, HELPED)
    for goal in (None, 0, -1):
        with pytest.raises(Invalid) as refusal:
            save_quest(actor=manager, quest=draft, changes={"kind": "team", "goal": goal})
        assert "goal" in refusal.value.fields
    save_quest(actor=manager, quest=Quest.objects.get(pk=draft.pk), changes={"kind": "team", "goal": 5})
    odd = make_quest(manager, {"of": "answers", "how": "weeks"}, key="odd", kind="team", goal=5)

    for which in (draft, odd):
        with pytest.raises(Invalid) as refusal:
            move_quest(actor=manager, quest=which, state="open")
        assert refusal.value.code == "quest_not_summable"
        assert Quest.objects.get(pk=which.pk).state == State.DRAFT


def test_who_hides_quests_adds_nothing(
    quest: Any, thread: Any, bob: Any, make_reply: Any, deliver_all: Any
) -> None:
    together = quest(ANSWER, kind="team", goal=5)
    hide_quests(actor=bob, hides=True)

    make_reply(bob, thread)
    deliver_all()

    assert sums(together) == (0, False)


@pytest.mark.django_db(transaction=True)
def test_parts_that_come_at_once_are_all_in_the_sum_and_it_is_reached_once(
    quest: Any, thread: Any, make_member: Any, make_reply: Any
) -> None:
    together = quest(ANSWER, kind="team", goal=6)
    members = [make_member(f"m{n}") for n in range(6)]
    for member in members:
        make_reply(member, thread)

    def work(pk: int) -> int:
        try:
            return settle_quests(touched={"answers": [pk]})
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        finished = sum(pool.map(work, [member.pk for member in members]))

    assert (sums(together), finished, len(finishers(together))) == ((6, True), 6, 6)
    assert Activity.objects.filter(verb="quest.reached").count() == 1
