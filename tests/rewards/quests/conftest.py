"""A mission of two steps, as managers make one."""

from collections.abc import Callable
from typing import Any

import pytest

from rewards.quests.actions import move_quest, save_quest, save_step
from rewards.quests.models import Quest, State, Step

ANSWER = {"of": "answers", "number": 1}
HELPED = {"of": "helped", "number": 1}


def make_quest(manager: Any, *rules: dict[str, Any], key: str = "repairs", **fields: Any) -> Quest:
    """Make a mission with a step for each rule, still a draft."""
    values = {"name": "Autumn repairs", "about": "Mend something, and help somebody mend.", **fields}
    quest = save_quest(actor=manager, quest=Quest(key=key), changes=values)
    for place, rule in enumerate(rules, 1):
        words = {"key": f"step-{place}", "place": place, "title": f"Step {place}", "rule": rule}
        save_step(actor=manager, step=Step(quest=quest), changes=words)
    return quest


@pytest.fixture
def quest(manager: Any) -> Callable[..., Quest]:
    """Make a mission and open it: `quest(ANSWER, HELPED, asks_joining=False)`."""

    def make(*rules: dict[str, Any], **fields: Any) -> Quest:
        made = make_quest(manager, *(rules or (ANSWER, HELPED)), **fields)
        return move_quest(actor=manager, quest=made, state=State.OPEN)

    return make
