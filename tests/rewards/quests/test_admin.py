"""The manager's way to quests."""

from typing import Any

from rewards.quests.actions import join_quest
from rewards.quests.models import Quest, State, Step
from tests.rewards.quests.conftest import ANSWER, make_quest

QUESTS, STEPS = "/admin/quests/quest/", "/admin/quests/step/"


def typed(**changes: Any) -> dict[str, Any]:
    fields = {
        "key": "snow",
        "kind": "mission",
        "name": "Before the snow",
        "about": "Mend one thing.",
        "why": "",
        "position": 5,
        "asks_joining": "on",
        "floor": 1,
        "rule_key": "quest_finished",
        "audience": ["trust:1"],
    }
    return fields | changes


def step(quest: Quest, **changes: Any) -> dict[str, Any]:
    fields = {"quest": quest.pk, "key": "answer", "place": 1, "title": "Answer two", "join": "all"}
    return fields | {"c0_of": "answers", "c0_how": "count", "c0_number": 2} | changes


def test_a_quest_is_made_given_a_step_and_opened(manager: Any, sign_in: Any) -> None:
    client = sign_in(manager)
    answer = client.post(f"{QUESTS}add/", typed())
    assert answer.status_code == 303, answer.context["errors"]
    made = Quest.objects.get(key="snow")
    assert (made.state, made.audience, made.rule_key) == (State.DRAFT, ["trust:1"], "quest_finished")

    answer = client.post(f"{STEPS}add/", step(made))
    assert answer.status_code == 302, answer.context["errors"]
    assert made.steps.get().rule["number"] == 2
    assert "Answer two" in client.get(answer["Location"]).content.decode()

    client.post(f"{QUESTS}{made.pk}/desk/", {"to": "open"})
    assert Quest.objects.get(pk=made.pk).state == State.OPEN
    client.post(f"{QUESTS}{made.pk}/desk/", {"to": "copy"})
    assert Quest.objects.get(key="snow-2").steps.count() == 1


def test_what_is_refused_stands_at_its_field(quest: Any, manager: Any, bob: Any, sign_in: Any) -> None:
    made = quest()
    join_quest(actor=bob, quest=made)
    client, first = sign_in(manager), made.steps.first()

    answer = client.post(f"{STEPS}{first.pk}/change/", step(made, key="step-1", c0_number=5))
    assert answer.status_code == 200
    assert "Members have begun" in answer.content.decode()
    answer = client.post(
        f"{QUESTS}{made.pk}/change/",
        typed(rule_key="", starts_on=str(made.starts_on), ends_on="2020-01-01"),
    )
    assert "ends_on" in answer.context["adminform"].form.errors

    assert Step.objects.get(pk=first.pk).rule == first.rule
    assert client.post(f"{STEPS}{first.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_editor_says_what_it_would_have_been(
    manager: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any, sign_in: Any
) -> None:
    made = make_quest(manager, ANSWER)
    make_reply(bob, make_thread(alice, space))

    said = sign_in(manager).post(f"{STEPS}count/", step(made, c0_number=1), headers={"HX-Request": "true"})

    assert said.content.decode() == "In the last 30 days, 1 member would have done this step."
    assert made.steps.count() == 1


def test_a_step_nobody_began_is_taken_out(manager: Any, sign_in: Any) -> None:
    made = make_quest(manager, ANSWER)

    sign_in(manager).post(f"{STEPS}{made.steps.get().pk}/delete/", {"post": "yes"})

    assert made.steps.count() == 0


def test_moderators_change_nothing(manager: Any, mod: Any, sign_in: Any) -> None:
    made = make_quest(manager, ANSWER)
    client = sign_in(mod)

    client.post(f"{QUESTS}add/", typed())
    client.post(f"{QUESTS}{made.pk}/desk/", {"to": "open"})

    assert not Quest.objects.filter(key="snow").exists()
    assert Quest.objects.get(pk=made.pk).state == State.DRAFT
