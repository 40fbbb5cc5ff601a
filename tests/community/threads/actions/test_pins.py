"""Pinning threads, and putting a pin away."""

import datetime as dt

import pytest
from django.utils import timezone

from community.errors import Invalid, Refused
from community.threads import queries, ringing
from community.threads.actions import bring_pin_back, pin_thread, put_pin_away, unpin_thread
from community.threads.models import PinAside, ThreadTimer
from tests.community.threads.conftest import fresh


def listed(viewer, **where):
    return [row.pk for row in queries.list_threads(viewer, **where).threads]


@pytest.fixture
def newer(bob, space, thread, make_thread):
    """A thread that stands before the first one by its time."""
    return make_thread(bob, space)


def test_a_pin_of_a_space_stays_in_it(bob, mod, space, thread, newer):
    pin_thread(actor=mod, thread=thread)

    assert listed(bob, space_id=space.pk) == [thread.pk, newer.pk]
    assert listed(bob) == [newer.pk, thread.pk]


def test_a_pin_everywhere_is_on_top_of_all_lists(bob, mod, space, thread, newer):
    pin_thread(actor=mod, thread=thread, everywhere=True)

    for viewer in (None, bob):
        assert listed(viewer) == [thread.pk, newer.pk]
        assert listed(viewer, space_id=space.pk) == [thread.pk, newer.pk]
    pin_thread(actor=mod, thread=thread)
    assert listed(bob) == [newer.pk, thread.pk]


def test_who_puts_a_pin_away_sees_it_take_its_turn(alice, bob, mod, space, thread, newer):
    pin_thread(actor=mod, thread=thread, everywhere=True)

    put_pin_away(actor=bob, thread=thread)
    put_pin_away(actor=bob, thread=thread)

    assert listed(bob) == listed(bob, space_id=space.pk) == [newer.pk, thread.pk]
    assert listed(alice) == [thread.pk, newer.pk]
    bring_pin_back(actor=bob, thread=thread)
    assert listed(bob) == [thread.pk, newer.pk]


def test_pinned_anew_it_is_on_top_for_all(bob, mod, thread, newer):
    pin_thread(actor=mod, thread=thread, everywhere=True)
    put_pin_away(actor=bob, thread=thread)

    unpin_thread(actor=mod, thread=thread)
    pin_thread(actor=mod, thread=thread, everywhere=True)

    assert not PinAside.objects.exists()
    assert listed(bob) == [thread.pk, newer.pk]


def test_a_pin_until_a_date_ends_by_itself(bob, mod, thread, newer, time_machine_at):
    pin_thread(actor=mod, thread=thread, everywhere=True, until=timezone.now() + dt.timedelta(days=2))

    with time_machine_at(days=3):
        assert ringing.ring_timers() == 1

    now = fresh(thread)
    assert (now.pinned_at, now.is_steered) == (None, False)
    assert listed(bob) == [newer.pk, thread.pk]


def test_unpinning_by_hand_takes_the_date_along(mod, thread):
    pin_thread(actor=mod, thread=thread, until=timezone.now() + dt.timedelta(days=2))
    unpin_thread(actor=mod, thread=thread)

    assert not ThreadTimer.objects.exists()


def test_leaders_pin_in_a_space_and_nobody_but_the_team_everywhere(bob, make_member, space, thread):
    leader = make_member("leader", trust_level=4)
    with pytest.raises(Refused):
        pin_thread(actor=bob, thread=thread)
    with pytest.raises(Refused):
        pin_thread(actor=leader, thread=thread, everywhere=True)
    assert fresh(thread).pinned_at is None

    pin_thread(actor=leader, thread=thread)
    assert fresh(thread).pinned_at is not None


def test_a_moment_that_has_passed_is_no_moment(mod, thread):
    with pytest.raises(Invalid):
        pin_thread(actor=mod, thread=thread, until=timezone.now() - dt.timedelta(minutes=5))

    assert fresh(thread).pinned_at is None
