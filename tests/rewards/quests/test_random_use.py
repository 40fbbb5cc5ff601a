"""Whatever members and managers do in whatever order: steps are what the rows say, and finished is finished, once."""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from community.activity.models import Activity
from community.errors import DomainError
from community.threads.models import Post
from community.threads.models import State as PostState
from rewards.quests.actions import (
    hide_quests,
    join_quest,
    leave_quest,
    move_quest,
    recompute_quests,
    settle_quests,
)
from rewards.quests.models import Choice, Progress, Quest, State, Taking, TakingState

WHO = st.integers(0, 1)


class Life(RuleBasedStateMachine):
    """Two members and a mission of two answers and one first post."""

    world: dict[str, Any] = {}

    def __init__(self) -> None:
        super().__init__()
        self.members, self.manager, self.thread = (self.world[k] for k in ("members", "manager", "thread"))
        self.quest = self.world["make"]()
        self.stand: dict[int, list[Post]] = {0: [], 1: []}
        self.finished: set[int] = set()

    def act(self, run: Any) -> bool:
        try:
            run()
        except DomainError:
            return False
        return True

    @rule(who=WHO)
    def join(self, who: int) -> None:
        self.act(lambda: join_quest(actor=self.members[who], quest=self.quest))

    @rule(who=WHO)
    def leave(self, who: int) -> None:
        left = self.act(lambda: leave_quest(actor=self.members[who], quest=self.quest))
        assert left != (who in self.finished)

    @rule(who=WHO)
    def answer(self, who: int) -> None:
        post = Post.objects.create(
            thread=self.thread,
            author=self.members[who],
            position=100 + Post.objects.count(),
            body_md="a",
            body_html="a",
        )
        self.stand[who].append(post)
        settle_quests(touched={"answers": [self.members[who].pk]})

    @precondition(lambda self: any(self.stand.values()))
    @rule(who=WHO)
    def undo(self, who: int) -> None:
        if self.stand[who]:
            Post.objects.filter(pk=self.stand[who].pop().pk).update(state=PostState.DELETED)
            settle_quests(touched={"answers": [self.members[who].pk]})

    @rule(who=WHO, hides=st.booleans())
    def hide(self, who: int, hides: bool) -> None:
        hide_quests(actor=self.members[who], hides=hides)

    @rule(state=st.sampled_from(["open", "paused"]))
    def pause_or_go_on(self, state: str) -> None:
        self.act(lambda: move_quest(actor=self.manager, quest=self.quest, state=state))

    @rule()
    def night(self) -> None:
        recompute_quests()
        self.compare()

    @rule(sure=st.integers(0, 9))
    def end(self, sure: int) -> None:
        if sure == 9:
            move_quest(actor=self.manager, quest=self.quest, state="ended")

    def compare(self) -> None:
        """Right after a night of a quest that runs, what is stored is what stands."""
        if Quest.objects.get(pk=self.quest.pk).state != State.OPEN:
            return
        for who, member in enumerate(self.members):
            taking = Taking.objects.filter(quest=self.quest, member=member, state="under_way").first()
            if taking is None or Choice.objects.filter(member=member, hides=True).exists():
                continue
            have = dict(Progress.objects.filter(taking=taking).values_list("step__key", "have"))
            assert have.get("step-1", 0) == min(len(self.stand[who]), 2)

    @invariant()
    def finished_stays_and_was_told_once(self) -> None:
        now = {
            who
            for who, member in enumerate(self.members)
            if Taking.objects.filter(quest=self.quest, member=member, state=TakingState.FINISHED).exists()
        }
        assert self.finished <= now
        self.finished = now
        told = Activity.objects.filter(verb="quest.finished", payload__quest=self.quest.key)
        assert sorted(told.values_list("payload__member_id", flat=True)) == sorted(
            self.members[who].pk for who in now
        )

    @invariant()
    def what_was_left_keeps_no_progress(self) -> None:
        assert not Progress.objects.filter(taking__state=TakingState.LEFT).exists()


def test_quests_hold_whatever_happens(
    quest: Any,
    manager: Any,
    alice: Any,
    bob: Any,
    carol: Any,
    space: Any,
    make_thread: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from rewards.quests import limits

    monkeypatch.setattr(type(limits.JOIN), "spend", lambda *_any: None)
    made = iter(range(10_000))
    rules = ({"of": "answers", "number": 2}, {"of": "answers", "number": 4})
    thread = make_thread(alice, space)
    Life.world = {
        "members": [bob, carol],
        "manager": manager,
        "thread": thread,
        "make": lambda: _fresh(quest, rules, next(made)),
    }
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Life,
        settings=settings(
            max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def _fresh(quest: Any, rules: Any, number: int) -> Quest:
    """Begin a life with nothing said and nothing hidden; what was before is over."""
    Quest.objects.update(state=State.ENDED)
    Post.objects.filter(position__gte=100).update(state=PostState.DELETED)
    Choice.objects.all().delete()
    made: Quest = quest(*rules, key=f"life-{number}")
    return made
