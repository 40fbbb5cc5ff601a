"""Hear what happened in the community, one thing or hundreds at once, and settle the points for it."""

import datetime as dt
from collections import defaultdict

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from community.activity.models import Activity
from community.threads.verbs import ANSWER_ACCEPTED, REACTION_ADDED
from rewards.points.book import Book
from rewards.points.earning.brand_events import EVENT, members_of_events
from rewards.points.earning.facts import Facts, Standing, read_facts, read_posts
from rewards.points.earning.history import of_sources
from rewards.points.earning.refunds import lessen
from rewards.points.earning.till import Till
from rewards.points.earning.touches import ANSWER, ELSEWHERE, POST, REACTION, Touch, touches_of
from rewards.points.models import (
    Beneficiary,
    EarningRule,
    PendingAward,
    PendingState,
    Transfer,
    TransferKind,
)
from rewards.points.programmes import places_of

# Said to the member beside what was taken back; translated when shown.
MEMO_GONE = {
    POST: gettext_noop("The post is no longer shown"),
    REACTION: gettext_noop("A reader took their mark back"),
    ANSWER: gettext_noop("The answer is no longer the accepted one"),
    EVENT: gettext_noop("It was refunded"),
}
MEMO_FEWER = gettext_noop("Fewer members find it helpful now")
MEMO_ELSEWHERE = gettext_noop("The thread stands elsewhere now, where this rule does not count")


@transaction.atomic
def hear(activities: list[Activity]) -> None:
    """Award and take back whatever the Activities ask for. Hearing them again changes nothing."""
    rules = rules_by_verb()
    every = [rule for group in rules.values() for rule in group]
    by_place = any(activity.verb in ELSEWHERE for activity in activities) and _some_ask_for_place()
    touches = touches_of(activities, by_quality=asks_for_quality(every), by_place=by_place)
    if not touches:
        return
    member_ids = _members_of(touches, givers_too=_givers_earn(rules))
    book = Book(member_ids, places_of(every, member_ids))
    facts = read_facts(touches, member_ids, every)
    till = Till(
        book,
        member_ids,
        moments=moments_of(touches, facts, every),
        sources={touch.source for touch in touches},
        rules=every,
    )
    for touch in touches:
        settle(till, facts, touch, rules)
    till.close()
    _hear_refunds([touch for touch in touches if (it := facts.event(touch)) and it.is_partly_undone], every)


def _hear_refunds(touches: list[Touch], rules: list[EarningRule]) -> None:
    """Lessen what was given, also a moment ago in the same batch, by what was refunded of it. The accounts are locked already."""
    if not touches:
        return
    member_ids = _members_of(touches, givers_too=False)
    book = Book(member_ids, places_of(rules, member_ids))
    facts = read_facts(touches, member_ids, ())
    sources = {touch.source for touch in touches}
    till = Till(book, member_ids, moments=moments_of(touches, facts, rules), sources=sources, rules=rules)
    for touch in touches:
        lessen(till, facts, touch)
    till.close()


def settle(till: Till, facts: Facts, touch: Touch, rules: dict[str, list[EarningRule]]) -> None:
    """Bring the points for one thing to what they should be."""
    standing = facts.standing(touch)
    if standing is Standing.GONE:
        take_back(till, facts, touch)
    elif standing is Standing.STANDS:
        if touch.post_id:
            _take_back_fewer(till, facts, touch)
            _take_back_elsewhere(till, facts, touch)
        for rule in rules.get(facts.verb_of(touch), ()):
            if touch.again and not rule.parsed_conditions.helped_by:
                continue
            if touch.elsewhere and not _pays_here(till, facts, touch, rule):
                continue
            decision = till.desk.decide(rule, touch, facts)
            if decision.claim is not None and till.book.holds(decision.claim.member_id, rule.programme_id):
                till.settle(decision)


def asks_for_quality(rules: list[EarningRule]) -> bool:
    """Return whether some rule asks how many members found a post helpful, or paid because they did and may take back."""
    return any(rule.parsed_conditions.helped_by for rule in rules)


def moments_of(touches: list[Touch], facts: Facts, rules: list[EarningRule]) -> set[dt.datetime]:
    """Return every moment the touches may count for."""
    moments = {touch.occurred_at for touch in touches} | {it.occurred_at for it in facts.events.values()}
    late = any(rule.parsed_conditions.helped_by or rule.delay_hours for rule in rules)
    if late or any(touch.elsewhere for touch in touches):
        moments |= facts.days()
    return moments


def _some_ask_for_place() -> bool:
    """Return whether some rule asks for a space or a topic, or a version of one did: what it paid may have to go."""
    asked = Q(conditions__has_key="space_ids") | Q(conditions__has_key="tags")
    return EarningRule.objects.filter(asked).exists()


def _pays_here(till: Till, facts: Facts, touch: Touch, rule: EarningRule) -> bool:
    """Return whether a rule may pay only because of where something stands now.

    Nothing older than the rule as it is now unless it paid for it before, and not a second time what was paid as a
    thread and is a reply by now.
    """
    if not rule.parsed_conditions.asks_for_place:
        return False
    paid_as = {it.rule.verb for it in till.history.live(touch.source) if it.rule is not None}
    member_id = facts.member_for(touch, rule.beneficiary) or 0
    was_paid = (rule.key, touch.source, member_id) in till.history.undone
    return paid_as <= {rule.verb} and (was_paid or facts.moment(touch, rule) >= rule.changed_at)


def rules_by_verb() -> dict[str, list[EarningRule]]:
    """Return the rules in force, by the verb they hear."""
    rules: dict[str, list[EarningRule]] = defaultdict(list)
    for rule in EarningRule.objects.in_force():
        rules[rule.verb].append(rule)
    return rules


def _givers_earn(rules: dict[str, list[EarningRule]]) -> bool:
    heard = rules[REACTION_ADDED.name] + rules[ANSWER_ACCEPTED.name]
    return any(rule.beneficiary == Beneficiary.ACTOR for rule in heard)


def _members_of(touches: list[Touch], *, givers_too: bool) -> set[int]:
    """Return everyone whose points may change: writers, askers, and who was paid or promised for these things before."""
    posts = read_posts({touch.post_id for touch in touches if touch.post_id})
    people: set[int | None] = {post.author_id for post in posts.values()}
    people |= members_of_events(touch.source[1] for touch in touches if touch.source[0] == EVENT)
    for touch in touches:
        if touch.source[0] == ANSWER and touch.post_id in posts:
            people.add(posts[touch.post_id].asker_id)
        if givers_too:
            people.add(touch.giver_id)
    wanted = of_sources({touch.source for touch in touches})
    paid = Transfer.objects.filter(wanted, kind=TransferKind.AWARD)
    waiting = PendingAward.objects.filter(wanted, state=PendingState.WAITING)
    people |= set(paid.values_list("member_id", flat=True))
    people |= set(waiting.values_list("member_id", flat=True))
    return {pk for pk in people if pk is not None}


def take_back(till: Till, facts: Facts, touch: Touch) -> None:
    """Take back whatever was given or promised for something that is gone."""
    memo = MEMO_GONE[POST if facts.post_is_gone(touch) else touch.source[0]]
    _undo(till, touch, list(till.history.live(touch.source)), memo)
    for pending in list(till.history.waiting(touch.source)):
        if till.book.holds(pending.member_id):
            till.cancel(pending, memo=memo)


def _take_back_fewer(till: Till, facts: Facts, touch: Touch) -> None:
    """Take back what was given for so many members finding it helpful, when there are fewer: by the version that paid."""

    def lacks(award: Transfer | PendingAward) -> bool:
        rule = award.rule
        return rule is not None and facts.lacks_helpers(touch.post_id, rule.parsed_conditions)

    _undo(till, touch, [it for it in till.history.live(touch.source) if lacks(it)], MEMO_FEWER)
    for pending in [it for it in till.history.waiting(touch.source) if lacks(it)]:
        if till.book.holds(pending.member_id):
            till.cancel(pending, memo=MEMO_FEWER)


def _take_back_elsewhere(till: Till, facts: Facts, touch: Touch) -> None:
    """Take back what was given for a space or a topic that it no longer stands in: by the version that paid."""
    post = facts.posts[touch.post_id]

    def is_elsewhere(award: Transfer | PendingAward) -> bool:
        return award.rule is not None and not award.rule.parsed_conditions.fits_place(
            post.space_id, post.tags
        )

    _undo(till, touch, [it for it in till.history.live(touch.source) if is_elsewhere(it)], MEMO_ELSEWHERE)
    for pending in [it for it in till.history.waiting(touch.source) if is_elsewhere(it)]:
        if till.book.holds(pending.member_id):
            till.cancel(pending, memo=MEMO_ELSEWHERE)


def _undo(till: Till, touch: Touch, transfers: list[Transfer], memo: str) -> None:
    for transfer in transfers:
        if till.book.holds(transfer.member_id):
            till.take_back(
                transfer,
                memo=memo,
                occurred_at=touch.occurred_at,
                activity_id=touch.activity_id,
                quiet=touch.quiet,
            )
