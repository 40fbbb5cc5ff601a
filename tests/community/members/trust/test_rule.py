"""Which level follows from what, without a database."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.members.models import TrustRecord
from community.members.trust.facts import PENALTIES
from community.members.trust.marks import MARKS, marks_of, say_asked, say_missing
from community.members.trust.rule import earned_level, meets, outcome

NOW = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def meeting(level):
    facts = {}
    for mark in MARKS:
        if mark.level <= level:
            facts[mark.fact] = max(facts.get(mark.fact, 0), mark.number())
    return facts


@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_meeting_every_mark_of_a_level_and_those_below_earns_it(level):
    assert earned_level(meeting(level)) == level


@pytest.mark.parametrize("mark", MARKS)
def test_one_below_a_single_mark_does_not(mark):
    facts = meeting(mark.level)
    facts[mark.fact] = mark.number() - 1

    assert earned_level(facts) < mark.level
    assert mark.missing(facts) == 1
    assert say_missing(mark, 1)
    assert say_asked(mark)


def test_a_level_is_never_skipped():
    assert earned_level({**meeting(3), "minutes": 0}) == 0


def test_a_penalty_closes_the_third_level_and_no_other():
    assert earned_level({**meeting(3), PENALTIES: 1}) == 2


def test_the_first_two_levels_are_never_lost():
    assert outcome(2, None, {}, NOW).level == 2
    assert outcome(1, None, {}, NOW).level == 1


def test_a_regular_below_the_marks_keeps_the_level_for_the_grace():
    begun = outcome(3, None, {}, NOW)
    within = outcome(3, TrustRecord(below_since=NOW), {}, NOW + dt.timedelta(days=179))
    after = outcome(3, TrustRecord(below_since=NOW), {}, NOW + dt.timedelta(days=180))

    assert begun == (3, NOW)
    assert within == (3, NOW)
    assert after == (2, None)


def test_ninety_percent_of_each_mark_keep_a_regular():
    facts = {mark.fact: -(-mark.number() * 90 // 100) for mark in marks_of(3)}

    assert not meets(3, facts)
    assert outcome(3, TrustRecord(below_since=NOW), facts, NOW) == (3, None)


def test_a_penalty_ends_the_third_level_at_once():
    assert outcome(3, None, {**meeting(3), PENALTIES: 1}, NOW) == (2, None)


def test_a_lock_holds_whatever_is_earned():
    locked = TrustRecord(floor=0, is_locked=True)

    assert outcome(0, locked, meeting(3), NOW).level == 0
    assert outcome(3, TrustRecord(floor=3, is_locked=True), {PENALTIES: 1}, NOW).level == 3


def test_a_floor_is_the_least_and_the_fourth_stays():
    assert outcome(0, TrustRecord(floor=1), {}, NOW).level == 1
    assert outcome(1, TrustRecord(floor=1), meeting(2), NOW).level == 2
    assert outcome(4, None, {}, NOW).level == 4


@given(
    st.dictionaries(st.sampled_from([mark.fact for mark in MARKS]), st.integers(0, 400)),
    st.integers(1, 5),
)
def test_no_penalty_ever_moves_a_level_up(facts, penalties):
    assert earned_level({**facts, PENALTIES: penalties}) <= earned_level(facts)
    assert earned_level(facts) < 4
