"""Shout-outs of the team: whom they name, how long they are pinned, and what is undone."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Conflict, Invalid, Refused
from community.members.models import Member
from rewards.praise.actions import (
    make_shout_out,
    pin_shout_out,
    restore_shout_out,
    unpin_shout_out,
    withdraw_shout_out,
)
from rewards.praise.models import ShoutOut, State
from rewards.praise.queries import pinned_shouts
from tests.rewards.praise.conftest import WORDS


def in_days(days: float) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days)


def test_the_team_thanks_several_and_pins_it(alice: Any, bob: Any, mod: Any, guest: None) -> None:
    made = make_shout_out(actor=mod, members=[alice, bob, alice], words=WORDS, pinned_until=in_days(2))

    assert [shout.pk for shout in pinned_shouts(guest)] == [made.pk]
    assert [m.pk for m in pinned_shouts(guest)[0].members] == [alice.pk, bob.pk]
    assert Activity.objects.get(verb="praise.shout_out").payload["member_ids"] == [alice.pk, bob.pk]


def test_a_pin_ends_by_itself_and_makes_room(alice: Any, mod: Any) -> None:
    make_shout_out(actor=mod, members=[alice], words=WORDS, pinned_until=in_days(1))
    with pytest.raises(Conflict) as caught:
        make_shout_out(actor=mod, members=[alice], words="And for the cake.", pinned_until=in_days(1))
    assert caught.value.code == "pins_full"
    assert ShoutOut.objects.count() == 1

    # What the clock of the database decides is moved in the row.
    ShoutOut.objects.update(pinned_until=in_days(-1))
    assert pinned_shouts(None) == []
    second = make_shout_out(actor=mod, members=[alice], words="And for the cake.", pinned_until=in_days(1))
    assert [shout.pk for shout in pinned_shouts(None)] == [second.pk]


def test_managers_may_let_more_stand_on_top(alice: Any, mod: Any, set_number: Any) -> None:
    set_number("praise.pinned", 2)
    for words in (WORDS, "And for the cake."):
        make_shout_out(actor=mod, members=[alice], words=words, pinned_until=in_days(1))
    assert len(pinned_shouts(None)) == 2


@pytest.mark.parametrize("days", [-1, 0, 32, 100_000])
def test_a_pin_ends_on_a_day_ahead_and_not_too_far(alice: Any, mod: Any, days: int) -> None:
    with pytest.raises(Invalid) as caught:
        make_shout_out(actor=mod, members=[alice], words=WORDS, pinned_until=in_days(days))
    assert caught.value.code == "pin_end"
    assert not ShoutOut.objects.exists()


def test_only_the_team_makes_and_changes_them(alice: Any, bob: Any, mod: Any) -> None:
    with pytest.raises(Refused):
        make_shout_out(actor=bob, members=[alice], words=WORDS)
    made = make_shout_out(actor=mod, members=[alice], words=WORDS)
    for act in (unpin_shout_out, withdraw_shout_out, restore_shout_out):
        with pytest.raises(Refused):
            act(actor=bob, shout_out=made)
    with pytest.raises(Refused):
        pin_shout_out(actor=bob, shout_out=made, until=in_days(1))


def test_nobody_is_named_who_would_rather_not_be_nor_oneself(alice: Any, bob: Any, mod: Any) -> None:
    Member.objects.filter(pk=bob.pk).update(show_thanks=False)
    bob.refresh_from_db()
    for members in ([], [alice, bob], [alice, mod]):
        with pytest.raises(Invalid) as caught:
            make_shout_out(actor=mod, members=members, words=WORDS)
        assert caught.value.code == "members_unfit"
    assert not ShoutOut.objects.exists()


def test_at_most_ten_are_named(make_member: Any, mod: Any) -> None:
    crowd = [make_member(f"one{n}") for n in range(11)]
    with pytest.raises(Invalid):
        make_shout_out(actor=mod, members=crowd, words=WORDS)
    assert make_shout_out(actor=mod, members=crowd[:10], words=WORDS).named.count() == 10


def test_unpinning_taking_back_and_showing_again(alice: Any, mod: Any, guest: None) -> None:
    made = make_shout_out(actor=mod, members=[alice], words=WORDS, pinned_until=in_days(2))
    unpin_shout_out(actor=mod, shout_out=made)
    assert pinned_shouts(guest) == []
    assert list(ShoutOut.objects.visible_to(guest)) == [made]

    pin_shout_out(actor=mod, shout_out=made, until=in_days(3))
    assert len(pinned_shouts(guest)) == 1
    taken = withdraw_shout_out(actor=mod, shout_out=made)
    assert (taken.state, taken.pin_place, list(ShoutOut.objects.visible_to(guest))) == (
        State.TAKEN_BACK,
        None,
        [],
    )
    with pytest.raises(Conflict) as caught:
        pin_shout_out(actor=mod, shout_out=made, until=in_days(3))
    assert caught.value.code == "not_shown"

    restore_shout_out(actor=mod, shout_out=made)
    assert list(ShoutOut.objects.visible_to(guest)) == [made]


def test_doing_it_twice_is_written_down_once(alice: Any, mod: Any) -> None:
    made = make_shout_out(actor=mod, members=[alice], words=WORDS)
    for _time in range(2):
        withdraw_shout_out(actor=mod, shout_out=made)
    assert Activity.objects.filter(verb="praise.shout_out_changed").count() == 1


def test_a_pin_can_be_made_longer_while_it_holds_the_only_place(alice: Any, mod: Any) -> None:
    made = make_shout_out(actor=mod, members=[alice], words=WORDS, pinned_until=in_days(1))
    with time_machine.travel(in_days(0.5)):
        longer = pin_shout_out(actor=mod, shout_out=made, until=in_days(9))
    assert (longer.pin_place, longer.pinned_until) == (1, ShoutOut.objects.get().pinned_until)
