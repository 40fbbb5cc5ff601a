"""The desk: decides what a rule pays for something, and why not. Whoever pays, explains or tries a rule asks here."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from rewards.points.earning.campaigns import Campaigns, multiplied
from rewards.points.earning.caps import Caps, day_of
from rewards.points.earning.facts import Facts, Standing
from rewards.points.earning.history import Memory
from rewards.points.earning.misses import Case, Outcome, first_miss
from rewards.points.earning.touches import Source, Touch
from rewards.points.earning.worth import worth_of
from rewards.points.models import Campaign, EarningRule


@dataclass(frozen=True, slots=True)
class Claim:
    """What someone could be paid for."""

    rule: EarningRule
    member_id: int
    source: Source
    moment: dt.datetime
    post_id: int | None = None
    thread_id: int | None = None
    space_id: int | None = None
    tags: tuple[str, ...] = ()
    giver_id: int | None = None
    activity_id: int | None = None
    actor_id: int | None = None
    quiet: bool = False
    # What the rule gives for this very thing; 0 is what it gives for any.
    worth: int = 0

    @property
    def base(self) -> int:
        """How many points the rule gives before limits and campaigns."""
        return self.worth or self.rule.points


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule makes of a claim. `base` is what the rule gives, `asked` what the campaign makes of it, `points` what fits."""

    outcome: Outcome
    rule: EarningRule
    claim: Claim | None = None
    points: int = 0
    asked: int = 0
    base: int = 0
    campaign: Campaign | None = None
    due_at: dt.datetime | None = None
    missing: int = 0

    @property
    def pays(self) -> bool:
        """Whether points come of it, now or later."""
        return self.outcome in (Outcome.PAYS, Outcome.WILL_WAIT)


class Desk:
    """Limits, memory and campaigns of one batch."""

    def __init__(
        self, caps: Caps, memory: Memory, campaigns: Campaigns, now: dt.datetime | None = None
    ) -> None:
        self.caps = caps
        self.memory = memory
        self._campaigns = campaigns
        self._now = now or timezone.now()

    def decide(self, rule: EarningRule, touch: Touch, facts: Facts) -> Decision:
        """Return what a rule makes of a thing touched."""
        standing = facts.standing(touch)
        if standing is Standing.GONE:
            return Decision(Outcome.GONE, rule)
        member_id = facts.member_for(touch, rule.beneficiary)
        wrong = self._whose(touch, facts, member_id)
        if wrong is not None or member_id is None:
            return Decision(wrong or Outcome.NOBODY, rule)
        conditions = rule.parsed_conditions
        miss = first_miss(Case(facts, touch, conditions, member_id))
        claim = _claim(rule, touch, facts, member_id)
        if self.memory.holds(rule.key, touch.source, member_id, once=False):
            return self.price(claim)
        if miss is not None:
            return Decision(
                miss, rule, claim, base=claim.base, missing=facts.missing_helpers(touch.post_id, conditions)
            )
        if standing is Standing.WAITS:
            return Decision(Outcome.HIDDEN, rule, claim, base=claim.base)
        return self.price(claim)

    def _whose(self, touch: Touch, facts: Facts, member_id: int | None) -> Outcome | None:
        if facts.is_own_doing(touch):
            return Outcome.OWN_DOING
        if member_id is None:
            return Outcome.NOBODY
        return None if facts.earns(member_id) else Outcome.STAFF

    def price(self, claim: Claim) -> Decision:
        """Return what is paid for a claim whose conditions are met: paid before, too often, all or some of it, now or later."""
        rule, key = claim.rule, claim.rule.key
        known = self.memory.outcome(key, claim.source, claim.member_id)
        if known is not None:
            return Decision(known, rule, claim, base=claim.base)
        if self.memory.holds(key, claim.source, claim.member_id, once=rule.parsed_conditions.once):
            return Decision(Outcome.NOT_FIRST, rule, claim, base=claim.base)
        if not rule.is_active:
            return Decision(Outcome.PAUSED, rule, claim, base=claim.base)
        if not in_window(rule, claim.moment):
            return Decision(Outcome.NOT_THEN, rule, claim, base=claim.base)
        campaign = self._campaigns.best(rule, claim.moment, space_id=claim.space_id, tags=claim.tags)
        asked = multiplied(claim.base, campaign)
        day = (claim.member_id, day_of(claim.moment))
        points, outcome = self.caps.fit(rule, day, asked, post_id=claim.post_id, giver_id=claim.giver_id)
        due_at = claim.moment + rule.delay
        if points and rule.delay_hours and due_at > self._now:
            outcome = Outcome.WILL_WAIT
        return Decision(outcome, rule, claim, points, asked, claim.base, campaign, due_at)

    def count(self, decision: Decision) -> None:
        """Count what was decided towards the limits of its day."""
        claim = decision.claim
        if claim is not None:
            day = (claim.member_id, day_of(claim.moment))
            self.caps.add(decision.rule, day, decision.points, post_id=claim.post_id, giver_id=claim.giver_id)


def _claim(rule: EarningRule, touch: Touch, facts: Facts, member_id: int) -> Claim:
    post = facts.posts.get(touch.post_id)
    return Claim(
        rule=rule,
        member_id=member_id,
        source=touch.source,
        moment=facts.moment(touch, rule),
        post_id=touch.post_id if post else None,
        thread_id=post.thread_id if post else None,
        space_id=post.space_id if post else None,
        tags=post.tags if post else (),
        worth=worth_of(rule, facts.event(touch)),
        giver_id=touch.giver_id,
        activity_id=touch.activity_id,
        quiet=touch.quiet,
    )


def in_window(rule: EarningRule, moment: dt.datetime) -> bool:
    """Return whether a rule pays for what happened at `moment`."""
    return (
        rule.is_active
        and (rule.active_from is None or moment >= rule.active_from)
        and (rule.active_to is None or moment < rule.active_to)
    )


def days_for(member_ids: Iterable[int], moments: Iterable[dt.datetime]) -> set[tuple[int, dt.date]]:
    """Return every day of every member that limits may be asked about."""
    days = {day_of(moment) for moment in moments}
    return {(member, day) for member in member_ids for day in days}
