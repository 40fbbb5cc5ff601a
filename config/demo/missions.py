"""Quests of the demo: one that is over, one that goes on by itself until the snow, one that members join, one for all together."""

import datetime as dt
from typing import Any

from community.members.models import Member
from community.spaces.models import Space
from rewards.quests.actions import join_quest, move_quest, recompute_quests, save_quest, save_step
from rewards.quests.models import Quest, State, Step

JOINED = ("maya", "priya", "lena", "anders", "abena")


def add_missions(members: dict[str, Member], spaces: dict[str, Space], now: dt.datetime) -> None:
    """Make three missions, once, and count everybody for them; newcomers are in their first steps."""
    if Quest.objects.filter(key="autumn-repairs").exists():
        return
    today = now.date()
    summer = _make(members["dewi"], _SUMMER, starts_on=today - dt.timedelta(days=120))
    recompute_quests()
    move_quest(actor=members["dewi"], quest=summer, state=State.ENDED)
    Quest.objects.filter(pk=summer.pk).update(ended_at=now - dt.timedelta(days=12))
    _make(
        members["dewi"],
        _autumn(spaces),
        starts_on=today - dt.timedelta(days=50),
        ends_on=today + dt.timedelta(days=24),
        host=members["hana"],
    )
    winter = _make(
        members["dewi"], _winter(spaces), ends_on=today + dt.timedelta(days=60), host=members["dewi"]
    )
    _make(
        members["dewi"],
        _TOGETHER,
        starts_on=today - dt.timedelta(days=30),
        ends_on=today + dt.timedelta(days=31),
    )
    for handle in JOINED:
        join_quest(actor=members[handle], quest=winter)
    recompute_quests()


def _make(manager: Member, said: dict[str, Any], **dates: Any) -> Quest:
    steps = said["steps"]
    values = {name: value for name, value in said.items() if name not in ("key", "steps")}
    quest = save_quest(actor=manager, quest=Quest(key=said["key"]), changes={**values, **dates})
    for place, (key, title, hint, url, rule) in enumerate(steps, 1):
        words = {"key": key, "place": place, "title": title, "hint": hint, "url": url, "rule": rule}
        save_step(actor=manager, step=Step(quest=quest), changes=words)
    return move_quest(actor=manager, quest=quest, state=State.OPEN)


_SUMMER: dict[str, Any] = {
    "key": "summer-answers",
    "name": "Nobody waits in summer",
    "about": "Half the workshop was away in August. Members answered instead.",
    "why": "Who is about to leave for the hills needs an answer before the weekend.",
    "asks_joining": False,
    "position": 90,
    "steps": [
        (
            "answer",
            "Answer somebody’s question",
            "Short is fine.",
            "/?view=unanswered",
            {"of": "answers", "number": 1},
        ),
        ("help", "Be found helpful once", "", "", {"of": "helped", "number": 1}),
    ],
}


_TOGETHER: dict[str, Any] = {
    "key": "forty-answers",
    "kind": "team",
    "name": "Forty answers before the snow",
    "about": "The whole community answers forty questions about kit, huts and weather.",
    "why": "An answer before the first snow is worth two after it.",
    "goal": 40,
    "floor": 2,
    "position": 15,
    "steps": [
        ("answer", "Answer somebody’s question", "Any question counts, in every space.", "/?view=unanswered",
         {"of": "answers", "number": 1}),
    ],
}  # fmt: skip


def _autumn(spaces: dict[str, Space]) -> dict[str, Any]:
    return {
        "key": "autumn-repairs",
        "name": "Autumn repairs",
        "about": "Mend one thing before the snow, show how you did it, and help somebody else with theirs.",
        "why": "What is mended is not bought again, and the next person finds your way of doing it.",
        "asks_joining": False,
        "position": 10,
        "steps": [
            (
                "show",
                "Show something you mended",
                "A picture and three sentences are plenty. Failures count too.",
                f"/s/{spaces['gallery'].slug}/",
                {"of": "threads", "number": 1, "spaces": [spaces["gallery"].pk]},
            ),
            (
                "answer",
                "Answer two questions about gear",
                "Questions without an answer stand on top.",
                "/?view=unanswered",
                {"of": "answers", "number": 2},
            ),
            (
                "helped",
                "Let it help somebody",
                "Done when somebody presses “This helped” on a post of yours.",
                "",
                {"of": "helped", "number": 1},
            ),
        ],
    }


def _winter(spaces: dict[str, Space]) -> dict[str, Any]:
    return {
        "key": "winter-nights",
        "name": "Three winter nights",
        "about": "Sleep out when it is below zero, and tell us how your kit did. We build next year’s bags on it.",
        "why": "Our laboratory has a cold room. It has no wind, no wet socks and no neighbours who snore.",
        "asks_joining": True,
        "rule_key": "quest_finished",
        "position": 20,
        "steps": [
            (
                "reports",
                "Write up two nights",
                "Temperature, kit, what you would change.",
                f"/s/{spaces['trails'].slug}/",
                {"of": "threads", "number": 2, "spaces": [spaces["trails"].pk]},
            ),
            (
                "talk",
                "Reply to somebody else’s night",
                "",
                f"/s/{spaces['trails'].slug}/",
                {"of": "replies", "number": 1, "spaces": [spaces["trails"].pk]},
            ),
        ],
    }
