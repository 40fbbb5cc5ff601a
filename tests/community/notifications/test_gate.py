import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from community.notifications.gate import (
    CAP_WINDOW,
    EXPIRES_AFTER,
    REASONS,
    Address,
    Facts,
    decide,
    is_quiet,
    waking_time,
)
from community.notifications.models import Answer
from community.notifications.registry import Purpose

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
NOON = dt.datetime(2026, 6, 10, 12, 0, tzinfo=dt.UTC)
UTC = ZoneInfo("UTC")
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


def facts(**changes):
    base = Facts(now=NOON, purpose=Purpose.COMMUNITY, created_at=NOON - 10 * MINUTE, zone=UTC)
    return replace(base, **changes)


def answer(**changes):
    decision = decide(facts(**changes))
    return decision.answer, decision.code


def test_what_nothing_speaks_against_goes_out():
    assert answer() == (Answer.ALLOW, "ok")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"is_active": False}, "closed"),
        ({"address": Address.MISSING}, "no_address"),
        ({"address": Address.REFUSED}, "refused_address"),
        ({"is_suspended": True}, "suspended"),
        ({"is_visible": False}, "gone"),
        ({"is_read": True}, "read"),
        ({"is_wanted": False}, "off"),
        ({"purpose": Purpose.MARKETING}, "no_consent"),
        ({"paused_until": NOON + DAY}, "paused"),
        ({"created_at": NOON - DAY}, "expired"),
        ({"sent_at": (NOON - DAY, NOON - DAY, NOON - DAY)}, "cap"),
    ],
)
def test_each_reason_not_to_send_is_named(changes, code):
    assert answer(**changes) == (Answer.DROP, code)
    assert str(REASONS[code])


def test_essential_mail_passes_the_night_the_pause_the_choice_and_the_penalty():
    blocked = {
        "now": NOON.replace(hour=3),
        "created_at": NOON.replace(hour=3),
        "is_suspended": True,
        "is_wanted": False,
        "paused_until": NOON + DAY,
        "address": Address.UNCONFIRMED,
        "sent_at": (NOON,) * 9,
    }

    assert answer(purpose=Purpose.ESSENTIAL, **blocked) == (Answer.ALLOW, "essential")


def test_nothing_is_mailed_about_what_can_no_longer_be_seen_whatever_its_purpose():
    assert {answer(purpose=purpose, is_visible=False)[1] for purpose in Purpose} == {"gone"}


def test_service_mail_has_no_cap_and_no_pause_but_a_night():
    assert answer(purpose=Purpose.SERVICE, sent_at=(NOON,) * 9, paused_until=NOON + DAY)[0] == Answer.ALLOW
    assert answer(purpose=Purpose.SERVICE, now=NOON.replace(hour=23), created_at=NOON)[1] == "quiet"


def test_marketing_with_consent_has_a_cap_of_two():
    wish = {"purpose": Purpose.MARKETING, "has_consent": True}

    assert answer(**wish, sent_at=(NOON - DAY,))[0] == Answer.ALLOW
    assert answer(**wish, sent_at=(NOON - DAY, NOON - DAY)) == (Answer.DROP, "cap")


def test_a_place_that_becomes_free_before_it_expires_is_waited_for():
    first = NOON - CAP_WINDOW + 2 * dt.timedelta(hours=1)

    decision = decide(facts(sent_at=(first, NOON - DAY, NOON - DAY)))

    assert (decision.answer, decision.code) == (Answer.DELAY, "cap_wait")
    assert decision.due_at == first + CAP_WINDOW


def test_an_address_that_is_not_confirmed_is_waited_for_until_it_expires():
    decision = decide(facts(address=Address.UNCONFIRMED))

    assert (decision.answer, decision.due_at) == (Answer.DELAY, facts().created_at + EXPIRES_AFTER)
    assert decide(facts(address=Address.UNCONFIRMED, now=decision.due_at)).code == "expired"


def test_the_old_places_of_the_cap_are_free_again():
    assert answer(sent_at=(NOON - CAP_WINDOW,) * 9)[0] == Answer.ALLOW


moments = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2031, 1, 1), timezones=st.just(dt.UTC))


@budget(max_examples=1500, deadline=None)
@given(st.sampled_from(ZONES), moments)
def test_the_waking_time_is_the_first_minute_that_is_not_quiet(name, moment):
    zone = ZoneInfo(name)
    if not is_quiet(moment, zone):
        return

    morning = waking_time(moment, zone)

    assert moment < morning <= moment + dt.timedelta(hours=13)
    assert not is_quiet(morning, zone)
    assert is_quiet(morning - MINUTE, zone)


def _distinct(names):
    """One name for all zones whose clocks agree throughout the year."""
    months = [dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=15 * n) for n in range(25)]
    return sorted({tuple(m.astimezone(ZoneInfo(n)).utcoffset() for m in months): n for n in names}.values())


@pytest.mark.parametrize("name", _distinct(ZONES))
def test_no_mail_leaves_at_night_on_the_days_the_clocks_change(name):
    zone = ZoneInfo(name)
    for change in _changes(zone):
        for hours in range(-26, 27):
            now = change + dt.timedelta(hours=hours, minutes=17)
            decision = decide(facts(now=now, created_at=now, zone=zone))
            leaves = decision.due_at or now
            assert decision.answer in (Answer.ALLOW, Answer.DELAY)
            assert not is_quiet(leaves, zone)
            assert dt.time(8) <= leaves.astimezone(zone).time() < dt.time(21)


def _changes(zone):
    """The moments of 2026 at which the zone's offset changes, by halving."""
    found, at = [], dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    while at.year == 2026:
        later = at + dt.timedelta(days=5)
        if zone.utcoffset(at.astimezone(zone)) != zone.utcoffset(later.astimezone(zone)):
            low, high = at, later
            while high - low > MINUTE:
                middle = low + (high - low) / 2
                same = zone.utcoffset(middle.astimezone(zone)) == zone.utcoffset(low.astimezone(zone))
                low, high = (middle, high) if same else (low, middle)
            found.append(high.replace(second=0, microsecond=0))
        at = later
    return found


@budget(max_examples=400, deadline=None)
@given(
    st.sampled_from(list(Purpose)),
    st.sampled_from(list(Address)),
    st.tuples(*[st.booleans()] * 6),
    st.lists(st.integers(0, 300), max_size=6),
    st.integers(0, 30),
    st.sampled_from(ZONES),
    moments,
)
def test_whatever_the_facts_the_answer_obeys_them(purpose, address, flags, hours, age, zone, now):
    active, suspended, visible, read, wanted, consent = flags
    sent = tuple(now - dt.timedelta(hours=hour, minutes=1) for hour in hours)
    asked = Facts(
        now=now,
        purpose=purpose,
        created_at=now - dt.timedelta(hours=age),
        zone=ZoneInfo(zone),
        address=address,
        is_active=active,
        is_suspended=suspended,
        is_visible=visible,
        is_read=read,
        is_wanted=wanted,
        has_consent=consent,
        sent_at=sent,
    )

    decision = decide(asked)

    assert decision == decide(asked)
    assert decision.code in REASONS
    if decision.answer == Answer.DELAY:
        assert decision.due_at > now
        assert decision.due_at <= asked.created_at + EXPIRES_AFTER
    if decision.answer == Answer.ALLOW:
        assert active and visible and address is not Address.MISSING and address is not Address.REFUSED
    if decision.answer == Answer.ALLOW and purpose is not Purpose.ESSENTIAL:
        assert wanted and not read and not suspended and address is Address.GOOD
        assert not is_quiet(now, asked.zone)
        assert age < 24
        recent = [moment for moment in sent if moment > now - CAP_WINDOW]
        assert len(recent) < {Purpose.COMMUNITY: 3, Purpose.MARKETING: 2}.get(purpose, 99)
        assert consent or purpose is not Purpose.MARKETING
