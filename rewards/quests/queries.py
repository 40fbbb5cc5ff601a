"""Reading quests: those meant for a member with how far they are, and the first steps of a newcomer."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.errors import NotFound
from community.members.models import Member, Role
from rewards.badges.rules.counting import count_qualifying
from rewards.badges.rules.tree import Group, Leaf, Rule
from rewards.badges.rules.words import Names, say_rule, say_what, space_names
from rewards.points.models import EarningRule
from rewards.points.panels import wants_recognition
from rewards.points.words import translated
from rewards.quests.counting import Far, count_steps, windowed
from rewards.quests.models import Choice, Kind, Progress, Quest, State, Step, Taking, TakingState, today
from rewards.quests.permissions import can_join_quest

SHOWN_OVER = dt.timedelta(days=60)
AT_HOME = 2
# A step is tried on so many days where its quest has no dates.
USUAL_DAYS = 30


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step as its reader sees it: what to do, where, what counts, and how far they are."""

    key: str
    title: str
    hint: str
    url: str
    counts: str
    have: int
    number: int
    is_done: bool


@dataclass(frozen=True, slots=True)
class QuestCard:
    """One quest and where its reader is in it. `can_join` carries the reason when not."""

    quest: Quest
    name: str
    about: str
    why: str
    reward: str
    steps: list[StepLine]
    taking: Taking | None
    joinable: bool
    reason: str

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.is_done for step in self.steps)

    @property
    def first_day(self) -> str:
        """Its first day in words."""
        return date_format(self.quest.starts_on) if self.quest.starts_on else ""

    @property
    def last_day(self) -> str:
        """Its last day in words."""
        return date_format(self.quest.ends_on) if self.quest.ends_on else ""

    @property
    def over_on(self) -> str:
        """Since when it is over, in words."""
        ended = self.quest.ended_at
        return date_format(timezone.localtime(ended).date()) if ended else self.last_day

    @property
    def part(self) -> int:
        """What the reader brought to a goal of all; nobody else reads it."""
        return self.steps[0].have if self.taking and self.steps else 0

    @property
    def shown_reached(self) -> int:
        """How many there are of the goal of all, for a bar that ends there."""
        return min(self.quest.reached, self.quest.goal or 0)

    @property
    def is_under_way(self) -> bool:
        """Whether the reader takes part, while it lasts."""
        taking = self.taking
        return taking is not None and taking.state == TakingState.UNDER_WAY and not self.quest.is_over

    @property
    def is_finished(self) -> bool:
        """Whether the reader did all of it."""
        return self.taking is not None and self.taking.state == TakingState.FINISHED

    @property
    def is_news(self) -> bool:
        """Whether the one line that says so still stands."""
        return self.is_finished and self.taking is not None and self.taking.seen_at is None


@dataclass(frozen=True, slots=True)
class QuestPage:
    """All quests a member may see, in the order of what they can do with them."""

    under_way: list[QuestCard] = field(default_factory=list)
    open: list[QuestCard] = field(default_factory=list)
    finished: list[QuestCard] = field(default_factory=list)
    over: list[QuestCard] = field(default_factory=list)

    @property
    def news(self) -> list[QuestCard]:
        """Those finished whose line was not put away."""
        return [card for card in self.finished if card.is_news]


def hides_quests(member: Member) -> bool:
    """Return whether a member sees nothing of quests: they hid them, or all recognition."""
    return not wants_recognition(member) or Choice.objects.filter(member=member, hides=True).exists()


def list_quests(viewer: Member) -> QuestPage:
    """Return the quests a member may see, with how far they are. What ended long ago stays for those who finished it."""
    page = QuestPage()
    for card in cards_of(viewer, Quest.objects.visible_to(viewer)):
        if card.is_finished:
            page.finished.append(card)
        elif card.is_under_way:
            page.under_way.append(card)
        elif not card.quest.is_over:
            page.open.append(card)
        elif _was_lately(card.quest):
            page.over.append(card)
    return page


def get_quest_for(viewer: Member, key: str) -> Quest:
    """Return a quest that a member may see. Raises `NotFound`."""
    quest = Quest.objects.visible_to(viewer).filter(key=key).first()
    if quest is None:
        raise NotFound()
    return quest


def card_of(viewer: Member, quest: Quest) -> QuestCard:
    """Return one quest with how far a member is."""
    return next(iter(cards_of(viewer, Quest.objects.filter(pk=quest.pk))))


def cards_for_home(member: Member) -> list[QuestCard]:
    """Return the few quests that stand beside a member's feed: those they are in, then those they could be in."""
    if member.role != Role.MEMBER or hides_quests(member):
        return []
    running = Quest.objects.visible_to(member).running(today())
    ended = Taking.objects.filter(member=member).exclude(state=TakingState.UNDER_WAY).values("quest")
    cards = cards_of(member, running.exclude(pk__in=ended))
    return sorted(cards, key=lambda card: not card.is_under_way)[:AT_HOME]


def cards_of(viewer: Member, quests: QuerySet[Quest]) -> list[QuestCard]:
    """Return quests with how far a member is, from what is stored: the same few statements for two and for twenty."""
    rows = list(quests.select_related("badge", "host").prefetch_related("steps"))
    progress = Prefetch("progress", queryset=Progress.objects.all())
    mine = Taking.objects.filter(member=viewer, quest__in=rows).exclude(state=TakingState.LEFT)
    takings = {row.quest_id: row for row in mine.prefetch_related(progress)} if rows else {}
    trees = [step.tree for quest in rows for step in quest.steps.all() if step.tree]
    names = space_names(viewer, trees)
    points = _points_of({quest.rule_key for quest in rows if quest.rule_key})
    return [_card(viewer, quest, takings.get(quest.pk), names, points) for quest in rows]


def _card(
    viewer: Member, quest: Quest, taking: Taking | None, names: Names, points: dict[str, int]
) -> QuestCard:
    far = {row.step_id: row for row in taking.progress.all()} if taking else {}
    verdict = can_join_quest(viewer, quest)
    return QuestCard(
        quest=quest,
        name=translated(quest.name),
        about=translated(quest.about),
        why=translated(quest.why),
        reward=_reward(quest, points),
        steps=[_line(quest, step, far.get(step.pk), names) for step in quest.steps.all()],
        taking=taking,
        joinable=bool(verdict) and taking is None,
        reason=verdict.reason,
    )


def _line(quest: Quest, step: Step, far: Progress | Far | None, names: Names) -> StepLine:
    tree = step.tree
    number = tree.number if isinstance(tree, Leaf) else len(tree.parts) if tree and tree.join == "all" else 1
    done = far is not None and far.is_done
    if quest.is_together:
        have = far.have if far else 0
        return StepLine(
            step.key, translated(step.title), translated(step.hint), step.url,
            say_what(tree, names) if isinstance(tree, Leaf) else "", have, quest.floor, done,
        )  # fmt: skip
    # Of a choice, either one is enough; how far the nearer one is would be two numbers.
    is_choice = isinstance(tree, Group) and tree.join == "any"
    return StepLine(
        key=step.key,
        title=translated(step.title),
        hint=translated(step.hint),
        url=step.url,
        counts=say_rule(tree, names) if tree else "",
        have=number if done else min(far.have, number) if far and not is_choice else 0,
        number=number,
        is_done=done,
    )


def say_reward(quest: Quest) -> str:
    """Say what a quest brings at the end; nothing where it brings thanks alone."""
    return _reward(quest, _points_of({quest.rule_key}) if quest.rule_key else {})


def _reward(quest: Quest, points: dict[str, int]) -> str:
    said = []
    if n := points.get(quest.rule_key, 0):
        said.append(ngettext("%(num)d point", "%(num)d points", n) % {"num": n})
    if quest.badge is not None:
        said.append(_("the badge “%(name)s”") % {"name": translated(quest.badge.name)})
    return (
        _("%(one)s and %(other)s") % {"one": said[0], "other": said[1]} if len(said) == 2 else "".join(said)
    )


def _points_of(keys: set[str]) -> dict[str, int]:
    rules = EarningRule.objects.in_force().filter(key__in=keys, is_active=True) if keys else None
    return dict(rules.values_list("key", "points")) if rules is not None else {}


def _was_lately(quest: Quest) -> bool:
    last = quest.ends_on or (quest.ended_at.date() if quest.ended_at else None)
    return last is not None and last > today() - SHOWN_OVER


def onboarding_steps(member: Member) -> list[StepLine]:
    """Return the first steps of a newcomer with what of them is done as it is now; none where managers keep none open.

    Read from the community's own rows, not from what is stored: a newcomer looks at this list right after a step.
    """
    done = Taking.objects.filter(quest=OuterRef("quest"), member=member, state=TakingState.FINISHED)
    open_ones = Step.objects.filter(quest__kind=Kind.ONBOARDING, quest__state=State.OPEN)
    steps = list(open_ones.select_related("quest").annotate(finished=Exists(done)))
    if not steps:
        return []
    quest, finished = steps[0].quest, steps[0].finished
    counted = {} if finished else count_steps(quest, steps, {member.pk: quest.starts_on})[member.pk]
    names: Names = {}
    return [_line(quest, step, Far(1, True) if finished else counted.get(step.pk), names) for step in steps]


def qualifying_lately(rule: Rule, quest: Quest | None) -> tuple[int | None, int]:
    """Return how many members would have met the rule of a step in as many days as its quest lasts, counted back from today,
    and those days; None members where counting takes too long. For whoever still writes it."""
    days = USUAL_DAYS
    if quest is not None and quest.starts_on and quest.ends_on:
        days = (quest.ends_on - quest.starts_on).days + 1
    since = today() - dt.timedelta(days=days - 1)
    return count_qualifying(windowed(rule, since, None)), days
