"""Why something did or did not earn points, and what it would earn: asked at the same desk that pays."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from community.errors import NotFound
from community.members.models import Member
from community.threads.models import Post, Reaction
from community.threads.queries import get_own_post
from community.threads.verbs import ANSWER_ACCEPTED, POST_CREATED, REACTION_ADDED, THREAD_CREATED
from rewards.points.earning.campaigns import Campaigns
from rewards.points.earning.caps import Caps
from rewards.points.earning.desk import Decision, Desk, days_for
from rewards.points.earning.facts import Facts, read_facts
from rewards.points.earning.hear import moments_of
from rewards.points.earning.history import History
from rewards.points.earning.misses import Outcome
from rewards.points.earning.touches import ANSWER, POST, REACTION, Touch, accepted_by
from rewards.points.models import Beneficiary, EarningRule, Transfer, TransferKind
from rewards.points.saying import say_boost, say_decision
from rewards.points.words import say_what, translated

# Marks that are gone through one by one; of more, the newest.
MOST_MARKS = 200


@dataclass(frozen=True, slots=True)
class Reason:
    """What a rule made of something, and how often it did."""

    outcome: Outcome
    said: str
    times: int = 1
    points: int = 0
    line: int = 0
    due_at: dt.datetime | None = None
    more: str = ""


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """One rule, and everything it made of a contribution."""

    key: str
    name: str
    points: int
    reasons: list[Reason] = field(default_factory=list)

    @property
    def paid(self) -> int:
        """How many points it paid that stand."""
        return sum(reason.points for reason in self.reasons if reason.outcome is Outcome.PAID)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every rule that could pay its author for one post."""

    post: Post
    answers: list[RuleAnswer]

    @property
    def paid(self) -> int:
        """How many points the post earned that stand."""
        return sum(answer.paid for answer in self.answers)


def get_own_contribution(member: Member, pk: int) -> Post:
    """Return a post that a member wrote. Raises `NotFound`, also when somebody else did."""
    post = get_own_post(member, pk)
    if post.author_id != member.pk:
        raise NotFound()
    return post


def explain_post(post: Post) -> Explanation:
    """Go through every rule in force for the author of a post."""
    if post.author_id is None:
        return Explanation(post, [])
    rules = [
        rule for rule in EarningRule.objects.in_force().order_by("position", "key") if _may_pay(rule, post)
    ]
    touches = _touches_of(post)
    facts = read_facts(touches, {post.author_id}, rules)
    once = [rule.key for rule in rules if rule.parsed_conditions.once]
    history = History({touch.source for touch in touches}, once, {post.author_id})
    days = days_for({post.author_id}, moments_of(touches, facts, rules))
    desk = Desk(Caps(days, rules), history, Campaigns.read())
    taken_back = _taken_back(post, post.author_id)
    answers = []
    for rule in rules:
        mine = [touch for touch in touches if _verb_of(touch, post) == rule.verb]
        reasons = _reasons(desk, history, facts, rule, mine, post.author_id)
        answers.append(_answer(rule, reasons, taken_back.get(rule.key, "")))
    return Explanation(post, answers)


def _may_pay(rule: EarningRule, post: Post) -> bool:
    """Whether a rule could pay the author of this post at all."""
    is_first = post.position == 1
    if rule.verb == THREAD_CREATED.name:
        return is_first
    if rule.verb == POST_CREATED.name:
        return not is_first
    if rule.verb == ANSWER_ACCEPTED.name:
        return is_first == (rule.beneficiary == Beneficiary.ASKER) and rule.beneficiary != Beneficiary.ACTOR
    return rule.verb == REACTION_ADDED.name and rule.beneficiary == Beneficiary.POST_AUTHOR


def _touches_of(post: Post) -> list[Touch]:
    accepted = post.thread.accepted_post_id
    touches = [_touch(POST, post.pk, post.pk, post.created_at)]
    if accepted is not None and (accepted == post.pk or post.position == 1):
        at = post.thread.accepted_at or post.created_at
        touches.append(_touch(ANSWER, accepted, accepted, at, giver_id=accepted_by([accepted]).get(accepted)))
    rows = Reaction.objects.filter(post=post).order_by("-pk")[:MOST_MARKS]
    for pk, giver, kind, at in rows.values_list("pk", "member_id", "kind", "created_at"):
        touches.append(_touch(REACTION, pk, post.pk, at, giver_id=giver, kind=kind))
    return touches


def _touch(
    source: str, pk: int, post_id: int, at: dt.datetime, *, giver_id: int | None = None, kind: str = ""
) -> Touch:
    return Touch((source, pk), post_id, giver_id, kind, 0, giver_id, at, quiet=True)


def _verb_of(touch: Touch, post: Post) -> str:
    if touch.source[0] == REACTION:
        return REACTION_ADDED.name
    if touch.source[0] == ANSWER:
        return ANSWER_ACCEPTED.name
    return THREAD_CREATED.name if post.position == 1 else POST_CREATED.name


def _reasons(
    desk: Desk, history: History, facts: Facts, rule: EarningRule, touches: Iterable[Touch], member_id: int
) -> list[Reason]:
    reasons: dict[tuple[Outcome, str], Reason] = {}
    for touch in touches:
        decision = desk.decide(rule, touch, facts)
        if decision.outcome is not Outcome.OTHER_MARK:
            reason = _reason(decision, history, touch, member_id)
            before = reasons.get((reason.outcome, reason.said))
            reasons[reason.outcome, reason.said] = _together(before, reason) if before else reason
    return list(reasons.values())


def _answer(rule: EarningRule, reasons: list[Reason], taken_back: str) -> RuleAnswer:
    nothing = Decision(Outcome.NOTHING_YET, rule)
    return RuleAnswer(
        rule.key,
        translated(rule.name),
        rule.points,
        reasons or [Reason(Outcome.NOTHING_YET, say_decision(nothing), more=taken_back)],
    )


def _together(one: Reason, other: Reason) -> Reason:
    return Reason(
        one.outcome,
        one.said,
        one.times + other.times,
        one.points + other.points,
        max(one.line, other.line),
        one.due_at,
        one.more or other.more,
    )


def _reason(decision: Decision, history: History, touch: Touch, member_id: int) -> Reason:
    """Say one decision; of what was paid or promised, what it was."""
    rule = decision.rule
    claim = (rule.key, touch.source, member_id)
    if decision.outcome is Outcome.PAID:
        paid = next(it for it in history.live(touch.source) if it.rule_key == rule.key)
        return Reason(Outcome.PAID, say_decision(decision), points=paid.earned, line=paid.pk)
    if decision.outcome is Outcome.PENDING:
        due = next(it for it in history.waiting(touch.source) if it.rule_key == rule.key)
        waits = Decision(Outcome.PENDING, rule, due_at=due.due_at)
        return Reason(Outcome.PENDING, say_decision(waits), points=due.to_come, due_at=due.due_at)
    before = history.undone.get(claim)
    more = translated(before.memo) if before is not None and before.memo else ""
    if decision.campaign is not None and decision.pays:
        more = say_boost(decision.campaign)
    points = decision.points if decision.pays else 0
    return Reason(decision.outcome, say_decision(decision), points=points, due_at=decision.due_at, more=more)


def _taken_back(post: Post, author_id: int) -> dict[str, str]:
    """Return by rule why what it gave for a post was taken back: for when nothing of it is left to look at."""
    rows = Transfer.objects.filter(post_id=post.pk, member_id=author_id, kind=TransferKind.REVERSAL)
    return {
        it.rule_key: f"{say_what(it)} ({translated(it.memo)})"
        for it in rows.select_related("reverses").order_by("pk")
    }
