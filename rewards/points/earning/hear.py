"""Hear what happened in the community, one thing or hundreds at once, and settle the points for it."""

from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext_noop

from community.activity.models import Activity
from community.threads.verbs import ANSWER_ACCEPTED, REACTION_ADDED
from rewards.points.earning.caps import day_of
from rewards.points.earning.facts import Facts, Standing, read_facts, read_posts
from rewards.points.earning.till import Till
from rewards.points.earning.touches import ANSWER, POST, REACTION, Touch, touches_of
from rewards.points.models import Beneficiary, EarningRule, Transfer, TransferKind

# Said to the member beside what was taken back; translated when shown.
MEMO_GONE = {
    POST: gettext_noop("The post is no longer shown"),
    REACTION: gettext_noop("A reader took their mark back"),
    ANSWER: gettext_noop("The answer is no longer the accepted one"),
}


@transaction.atomic
def hear(activities: list[Activity]) -> None:
    """Award and take back whatever the Activities ask for. Hearing them again changes nothing."""
    touches = touches_of(activities)
    if not touches:
        return
    rules = rules_by_verb()
    member_ids = _members_of(touches, givers_too=_givers_earn(rules))
    till = Till(
        member_ids,
        days={day_of(touch.occurred_at) for touch in touches},
        sources={touch.source for touch in touches},
        rules=[rule for group in rules.values() for rule in group],
    )
    facts = read_facts(touches, member_ids)
    for touch in touches:
        standing = facts.standing(touch)
        if standing is Standing.STANDS:
            _pay(till, facts, touch, rules[facts.verb_of(touch)])
        elif standing is Standing.GONE:
            _take_back(till, facts, touch)
    till.book.close()


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
    """Return everyone whose points may change: writers, askers, and who was paid for these things before."""
    posts = read_posts({touch.post_id for touch in touches})
    people: set[int | None] = {post.author_id for post in posts.values()}
    by_type: dict[str, set[int]] = defaultdict(set)
    for touch in touches:
        source_type, source_id = touch.source
        by_type[source_type].add(source_id)
        if source_type == ANSWER and touch.post_id in posts:
            people.add(posts[touch.post_id].asker_id)
        if givers_too:
            people.add(touch.giver_id)
    for source_type, ids in by_type.items():
        paid = Transfer.objects.filter(kind=TransferKind.AWARD, source_type=source_type, source_id__in=ids)
        people |= set(paid.values_list("member_id", flat=True))
    return {pk for pk in people if pk is not None}


def _pay(till: Till, facts: Facts, touch: Touch, rules: list[EarningRule]) -> None:
    post = facts.posts[touch.post_id]
    for rule in rules:
        member_id = facts.beneficiary(touch, rule.beneficiary)
        if member_id is None or not till.book.holds(member_id):
            continue
        if facts.meets(touch, rule.parsed_conditions):
            till.pay(
                rule,
                member_id,
                touch.source,
                occurred_at=touch.occurred_at,
                post_id=touch.post_id,
                thread_id=post.thread_id,
                giver_id=touch.giver_id,
                activity_id=touch.activity_id,
                quiet=touch.quiet,
            )


def _take_back(till: Till, facts: Facts, touch: Touch) -> None:
    memo = MEMO_GONE[POST if facts.post_is_gone(touch) else touch.source[0]]
    for transfer in list(till.history.live(touch.source)):
        if till.book.holds(transfer.member_id):
            till.take_back(
                transfer,
                memo=memo,
                occurred_at=touch.occurred_at,
                activity_id=touch.activity_id,
                quiet=touch.quiet,
            )
