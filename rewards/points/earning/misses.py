"""Why a rule does not pay for something: one check per condition, in the order in which a person would say it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rewards.points.earning.brand_events import EVENT, EventFacts, as_word
from rewards.points.models import Conditions

if TYPE_CHECKING:
    from rewards.points.earning.facts import Facts
    from rewards.points.earning.touches import Touch


class Outcome(StrEnum):
    """What a rule makes of one thing."""

    PAYS = "pays"
    WILL_WAIT = "will_wait"
    PAID = "paid"
    PENDING = "pending"
    TAKEN_BACK = "taken_back"
    GONE = "gone"
    HIDDEN = "hidden"
    NOBODY = "nobody"
    STAFF = "staff"
    OWN_DOING = "own_doing"
    PAUSED = "paused"
    NOT_THEN = "not_then"
    NOT_FIRST = "not_first"
    OTHER_KIND = "other_kind"
    OTHER_MARK = "other_mark"
    OTHER_SPACE = "other_space"
    OTHER_TAG = "other_tag"
    GIVER_TRUST = "giver_trust"
    MEMBER_TRUST = "member_trust"
    NOT_BY_ASKER = "not_by_asker"
    OWN_QUESTION = "own_question"
    NEEDS_MORE = "needs_more"
    OTHER_TYPE = "other_type"
    OTHER_CURRENCY = "other_currency"
    AMOUNT_SMALL = "amount_small"
    OTHER_DETAILS = "other_details"
    RULE_FULL = "rule_full"
    POST_FULL = "post_full"
    PAIR_FULL = "pair_full"
    DAY_FULL = "day_full"
    NOTHING_YET = "nothing_yet"


@dataclass(frozen=True, slots=True)
class Case:
    """One thing, the conditions of one rule, and who would get the points."""

    facts: "Facts"
    touch: "Touch"
    conditions: Conditions
    member_id: int


# Whether the case misses a condition. What a new condition needs is a line here, and its field in `Conditions`.
Check = Callable[[Case], bool]


def _other_kind(case: Case) -> bool:
    kinds = case.conditions.thread_kinds
    return bool(kinds) and case.facts.posts[case.touch.post_id].thread_kind not in kinds


def _other_mark(case: Case) -> bool:
    kinds = case.conditions.reaction_kinds
    return bool(kinds) and case.touch.reaction_kind not in kinds


def _other_space(case: Case) -> bool:
    spaces = case.conditions.space_ids
    return bool(spaces) and case.facts.posts[case.touch.post_id].space_id not in spaces


def _other_tag(case: Case) -> bool:
    tags = case.conditions.tags
    return bool(tags) and not set(tags) & set(case.facts.posts[case.touch.post_id].tags)


def _giver_is_new(case: Case) -> bool:
    giver = case.touch.giver_id
    return giver is not None and case.facts.trust_of(giver) < case.conditions.giver_trust


def _member_is_new(case: Case) -> bool:
    return case.facts.trust_of(case.member_id) < case.conditions.member_trust


def _not_by_asker(case: Case) -> bool:
    post = case.facts.posts[case.touch.post_id]
    return case.conditions.by_asker and case.touch.giver_id != post.asker_id


def _own_question(case: Case) -> bool:
    post = case.facts.posts[case.touch.post_id]
    return case.conditions.not_asker and post.author_id == post.asker_id


def _needs_more(case: Case) -> bool:
    return case.facts.missing_helpers(case.touch.post_id, case.conditions) > 0


CHECKS: tuple[tuple[Outcome, Check], ...] = (
    (Outcome.OTHER_KIND, _other_kind),
    (Outcome.OTHER_MARK, _other_mark),
    (Outcome.OTHER_SPACE, _other_space),
    (Outcome.OTHER_TAG, _other_tag),
    (Outcome.GIVER_TRUST, _giver_is_new),
    (Outcome.MEMBER_TRUST, _member_is_new),
    (Outcome.NOT_BY_ASKER, _not_by_asker),
    (Outcome.OWN_QUESTION, _own_question),
    (Outcome.NEEDS_MORE, _needs_more),
)


def _event(case: Case) -> EventFacts:
    event = case.facts.event(case.touch)
    assert event is not None
    return event


def _other_type(case: Case) -> bool:
    return _event(case).kind not in case.conditions.event_types


def _other_currency(case: Case) -> bool:
    return bool(case.conditions.currency) and _event(case).currency != case.conditions.currency


def _amount_small(case: Case) -> bool:
    return (_event(case).amount or 0) < max(case.conditions.least_amount, case.conditions.per_amount)


def _other_details(case: Case) -> bool:
    said = {f"{name}={as_word(value)}" for name, value in _event(case).attributes.items()}
    return not said.issuperset(case.conditions.attributes)


# Of events of the brand, which are in no space, of no kind and marked by nobody.
EVENT_CHECKS: tuple[tuple[Outcome, Check], ...] = (
    (Outcome.OTHER_TYPE, _other_type),
    (Outcome.OTHER_CURRENCY, _other_currency),
    (Outcome.AMOUNT_SMALL, _amount_small),
    (Outcome.OTHER_DETAILS, _other_details),
    (Outcome.MEMBER_TRUST, _member_is_new),
)


def first_miss(case: Case) -> Outcome | None:
    """Return the first condition that is not met, or None."""
    checks = EVENT_CHECKS if case.touch.source[0] == EVENT else CHECKS
    return next((outcome for outcome, missed in checks if missed(case)), None)
