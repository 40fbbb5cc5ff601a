"""The till: pays what the desk decided, promises what has to wait, and takes back, on locked accounts."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from rewards.points.book import Book
from rewards.points.earning.campaigns import Campaigns
from rewards.points.earning.caps import Caps, day_of
from rewards.points.earning.desk import Claim, Decision, Desk, days_for
from rewards.points.earning.history import History
from rewards.points.earning.misses import Outcome
from rewards.points.earning.promises import tell_of
from rewards.points.earning.touches import Source, Touch
from rewards.points.models import (
    Boost,
    Campaign,
    EarningRule,
    PendingAward,
    PendingState,
    Transfer,
    TransferKind,
)

AWARD_SCOPE = "award"


class Till:
    """One book, the limits of the days concerned, and what was awarded before. Nothing is written before `close()`."""

    def __init__(
        self,
        book: Book,
        member_ids: Iterable[int],
        *,
        moments: Iterable[dt.datetime],
        sources: Iterable[Source],
        rules: Iterable[EarningRule],
    ) -> None:
        self.book = book
        # Read only now, behind the locks: nobody can pay these members meanwhile.
        members, rules = set(member_ids), list(rules)
        once = [rule.key for rule in rules if rule.parsed_conditions.once]
        self.history = History(sources, once, members)
        self.desk = Desk(Caps(days_for(members, moments), rules), self.history, Campaigns.read())
        self._boosts: list[Boost] = []
        self._promised: list[PendingAward] = []
        self._settled: list[PendingAward] = []

    def settle(self, decision: Decision) -> Transfer | None:
        """Do what was decided. Returns the award when there is one now."""
        claim = decision.claim
        if claim is None or not decision.pays:
            return None
        self.desk.count(decision)
        if decision.outcome is Outcome.WILL_WAIT:
            self._promise(claim, decision)
            return None
        return self.pay(claim, decision.points, decision.asked, decision.base, decision.campaign)

    def pay(self, claim: Claim, points: int, asked: int, base: int, campaign: Campaign | None) -> Transfer:
        """Write an award, whatever the limits say now: they were asked when it happened."""
        rule, source, member_id = claim.rule, claim.source, claim.member_id
        transfer = self.book.issue(
            member_id,
            earned=points,
            spendable=points,
            programme=rule.programme_id,
            asked=asked,
            kind=TransferKind.AWARD,
            rule=rule,
            rule_key=rule.key,
            source_type=source[0],
            source_id=source[1],
            round=self.history.round(rule.key, source, member_id),
            scope=AWARD_SCOPE,
            key=self._key(claim),
            memo=rule.name,
            occurred_at=claim.moment,
            post_id=claim.post_id,
            thread_id=claim.thread_id,
            giver_id=claim.giver_id,
            activity_id=claim.activity_id,
            actor_id=claim.actor_id,
            quiet=claim.quiet,
        )
        self.history.add(transfer)
        if campaign is not None:
            self._boosts.append(Boost(transfer=transfer, campaign=campaign, base=base))
        return transfer

    def pay_rest(self, award: Transfer, *, earned: int, spendable: int, touch: Touch) -> Transfer:
        """Award again what is left of an award that is being taken back, for the day it was for. No limit is asked anew."""
        source = (award.source_type, award.source_id or 0)
        round_ = self.history.round(award.rule_key, source, award.member_id)
        transfer = self.book.issue(
            award.member_id,
            earned=earned,
            spendable=spendable,
            asked=earned,
            programme=award.programme_id,
            kind=TransferKind.AWARD,
            rule=award.rule,
            rule_key=award.rule_key,
            source_type=source[0],
            source_id=source[1],
            round=round_,
            scope=AWARD_SCOPE,
            key=f"{award.rule_key}:{source[0]}:{source[1]}:{award.member_id}:{round_}",
            memo=award.memo,
            occurred_at=award.occurred_at,
            activity_id=touch.activity_id,
            quiet=touch.quiet,
        )
        self.history.add(transfer)
        return transfer

    def reduce(self, pending: PendingAward, taken: int) -> None:
        """Let an award that is on its way come with `taken` points less."""
        if pending.taken != taken:
            pending.taken = taken
            self._settled.append(pending)

    def _key(self, claim: Claim) -> str:
        key, (kind, pk), member_id = claim.rule.key, claim.source, claim.member_id
        if claim.rule.parsed_conditions.once:
            return f"{key}:once:{member_id}:{self.history.once_round(key, member_id)}"
        return f"{key}:{kind}:{pk}:{member_id}:{self.history.round(key, claim.source, member_id)}"

    def _promise(self, claim: Claim, decision: Decision) -> None:
        pending = PendingAward(
            rule=claim.rule,
            rule_key=claim.rule.key,
            member_id=claim.member_id,
            source_type=claim.source[0],
            source_id=claim.source[1],
            points=decision.points,
            asked=decision.asked,
            base=decision.base,
            campaign=decision.campaign,
            giver_id=claim.giver_id,
            actor_id=claim.actor_id,
            activity_id=claim.activity_id,
            thread_id=claim.thread_id,
            post_id=claim.post_id,
            quiet=claim.quiet,
            occurred_at=claim.moment,
            day=day_of(claim.moment),
            due_at=decision.due_at or claim.moment,
        )
        self._promised.append(pending)
        self.history.promise(pending)

    def take_back(self, transfer: Transfer, *, memo: str, **fields: Any) -> Transfer:
        """Reverse an award."""
        self.history.forget(transfer)
        return self.book.reverse(transfer, memo=memo, **fields)

    def finalise(self, pending: PendingAward, claim: Claim, campaign: Campaign | None) -> Transfer:
        """Pay what was on its way: it is in the ledger from now on."""
        self.history.forget(pending)
        asked = pending.asked - pending.taken
        transfer = self.pay(claim, pending.to_come, asked, pending.base, campaign)
        pending.state, pending.settled_at = PendingState.PAID, timezone.now()
        self._settled.append(pending)
        return transfer

    def cancel(self, pending: PendingAward, *, memo: str) -> None:
        """Let an award that is on its way not come; it never was in the ledger."""
        self.history.forget(pending)
        pending.state, pending.memo, pending.settled_at = PendingState.CANCELLED, memo, timezone.now()
        if pending.pk is not None:
            self._settled.append(pending)

    def close(self) -> list[Transfer]:
        """Write everything that was decided."""
        transfers = self.book.close()
        if self._boosts:
            Boost.objects.bulk_create(self._boosts, batch_size=1000)
        if self._settled:
            PendingAward.objects.bulk_update(
                self._settled, ["state", "memo", "settled_at", "taken"], batch_size=1000
            )
        if self._promised:
            PendingAward.objects.bulk_create(self._promised, batch_size=1000)
        tell_of(self._promised + self._settled)
        return transfers
