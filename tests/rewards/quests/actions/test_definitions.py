"""Making and changing quests: what those who began were promised stays."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.errors import Conflict, DomainError, Invalid, Refused
from rewards.quests.actions import (
    duplicate_quest,
    join_quest,
    move_quest,
    remove_step,
    save_quest,
    save_step,
)
from rewards.quests.limits import MOST_STEPS
from rewards.quests.models import Quest, State, Step
from tests.rewards.quests.conftest import ANSWER, HELPED, make_quest


def today() -> dt.date:
    return timezone.now().astimezone(dt.UTC).date()


def test_managers_alone_make_and_move_quests(manager: Any, mod: Any, alice: Any) -> None:
    made = make_quest(manager, ANSWER)

    for who in (mod, alice):
        for act in (
            lambda who=who: save_quest(actor=who, quest=Quest(key="x"), changes={"name": "n", "about": "a"}),
            lambda who=who: save_step(actor=who, step=made.steps.get(), changes={"title": "Else"}),
            lambda who=who: move_quest(actor=who, quest=made, state="open"),
            lambda who=who: duplicate_quest(actor=who, quest=made),
            lambda who=who: remove_step(actor=who, step=made.steps.get()),
        ):
            with pytest.raises(Refused):
                act()
    made.refresh_from_db()
    assert (made.state, made.steps.get().title) == (State.DRAFT, "Step 1")
    assert not Quest.objects.filter(key="x").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"starts_on": dt.date(2031, 2, 1), "ends_on": dt.date(2031, 1, 1)}, "ends_on"),
        ({"ends_on": dt.date(2020, 1, 1)}, "ends_on"),
        ({"audience": ["group:987654"]}, "audience"),
        ({"newcomer_days": 0}, "newcomer_days"),
        ({"newcomer_days": 9999}, "newcomer_days"),
        ({"rule_key": "answer_accepted"}, "rule_key"),
        ({"rule_key": "nothing"}, "rule_key"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(manager: Any, changes: dict[str, Any], field: str) -> None:
    made = make_quest(manager, ANSWER)

    with pytest.raises(Invalid) as refusal:
        save_quest(actor=manager, quest=made, changes=changes)

    assert field in refusal.value.fields
    assert Quest.objects.get(pk=made.pk).name == "Autumn repairs"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rule": None}, "rule"),
        ({"rule": {"of": "answers", "number": 0}}, "rule.number"),
        ({"rule": {"of": "answers", "number": -1}}, "rule.number"),
        ({"rule": {"of": "answers", "number": 1.5}}, "rule.number"),
        ({"url": "https://elsewhere.example"}, "url"),
        ({"url": "//elsewhere.example"}, "url"),
        ({"title": ""}, "title"),
    ],
)
def test_a_step_that_cannot_be_is_refused_at_its_field(
    manager: Any, changes: dict[str, Any], field: str
) -> None:
    step = make_quest(manager, ANSWER).steps.get()

    with pytest.raises(Invalid) as refusal:
        save_step(actor=manager, step=step, changes=changes)

    assert field in refusal.value.fields
    assert Step.objects.get(pk=step.pk).rule == step.rule


def test_once_somebody_began_only_words_dates_and_audience_change(quest: Any, manager: Any, bob: Any) -> None:
    made = quest()
    join_quest(actor=bob, quest=made)
    step = made.steps.first()

    for act in (
        lambda: save_quest(actor=manager, quest=made, changes={"rule_key": "quest_finished"}),
        lambda: save_step(actor=manager, step=step, changes={"rule": HELPED}),
        lambda: save_step(
            actor=manager, step=Step(quest=made), changes={"key": "more", "title": "More", "rule": HELPED}
        ),
        lambda: remove_step(actor=manager, step=step),
    ):
        with pytest.raises(Conflict) as refusal:
            act()
        assert refusal.value.code == "quest_begun"
    save_quest(actor=manager, quest=made, changes={"name": "Winter repairs", "ends_on": today()})
    save_step(actor=manager, step=step, changes={"title": "Answer somebody"})

    made.refresh_from_db()
    assert (made.name, made.ends_on, made.rule_key, made.steps.count()) == ("Winter repairs", today(), "", 2)


def test_a_quest_goes_its_way_and_never_back(quest: Any, manager: Any) -> None:
    made = quest()
    assert made.starts_on == today()

    move_quest(actor=manager, quest=made, state="paused")
    move_quest(actor=manager, quest=made, state="open")
    assert move_quest(actor=manager, quest=made, state="ended").ended_at is not None
    assert move_quest(actor=manager, quest=made, state="ended").state == State.ENDED
    with pytest.raises(Conflict):
        move_quest(actor=manager, quest=made, state="open")


def test_nothing_opens_without_steps_or_after_its_last_day(manager: Any) -> None:
    empty = make_quest(manager)
    with pytest.raises(DomainError) as refusal:
        move_quest(actor=manager, quest=empty, state="open")
    assert refusal.value.code == "quest_without_steps"

    late = make_quest(manager, ANSWER, key="late")
    Quest.objects.filter(pk=late.pk).update(ends_on=today() - dt.timedelta(days=1))
    with pytest.raises(DomainError) as refusal:
        move_quest(actor=manager, quest=late, state="open")
    assert refusal.value.code == "quest_dates_over"


def test_newcomers_have_one_list(manager: Any) -> None:
    second = make_quest(manager, ANSWER, kind="onboarding")

    with pytest.raises(Conflict):
        move_quest(actor=manager, quest=second, state="open")
    move_quest(actor=manager, quest=Quest.objects.get(key="first-steps"), state="paused")

    assert move_quest(actor=manager, quest=second, state="open").state == State.OPEN


def test_a_copy_is_a_draft_without_dates(quest: Any, manager: Any, bob: Any) -> None:
    made = quest(ends_on=today())
    join_quest(actor=bob, quest=made)

    copies = [duplicate_quest(actor=manager, quest=made) for _time in range(2)]

    assert [copy.key for copy in copies] == ["repairs-2", "repairs-3"]
    for copy in copies:
        assert (copy.state, copy.starts_on, copy.ends_on, copy.takings.count()) == (
            State.DRAFT,
            None,
            None,
            0,
        )
        assert [step.rule for step in copy.steps.all()] == [step.rule for step in made.steps.all()]


def test_steps_have_an_end(manager: Any) -> None:
    full = make_quest(manager, *[ANSWER] * MOST_STEPS)

    with pytest.raises(Invalid):
        save_step(
            actor=manager, step=Step(quest=full), changes={"key": "more", "title": "More", "rule": ANSWER}
        )

    assert full.steps.count() == MOST_STEPS
