"""Whatever order of taking back, giving again, removing and showing: the row, the wall and the points agree."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.errors import DomainError
from community.members.models import Member
from rewards.points.audit import audit_ledger
from rewards.praise.actions import give_again, remove_thanks, restore_thanks, take_back_thanks
from rewards.praise.models import Praise, State

ACTS = ("take_back", "again", "remove", "restore", "deliver")
# From which state each act leads to which; from any other it is refused and changes nothing.
LEADS = {
    "take_back": (State.VISIBLE, State.TAKEN_BACK),
    "again": (State.TAKEN_BACK, State.VISIBLE),
    "remove": (State.VISIBLE, State.REMOVED),
    "restore": (State.REMOVED, State.VISIBLE),
}


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(ACTS), max_size=8))
def test_every_history_ends_where_its_last_act_led(
    acts: list[str], make_member: Any, mod: Any, thank: Any, deliver_all: Any
) -> None:
    number = Member.objects.count()
    giver, receiver = make_member(f"giver{number}"), make_member(f"receiver{number}")
    praise = thank(giver, receiver)
    state = State.VISIBLE
    calls = {
        "take_back": lambda row: take_back_thanks(actor=giver, praise=row),
        "again": lambda row: give_again(actor=giver, praise=row),
        "remove": lambda row: remove_thanks(actor=mod, praise=row, reason="It is not kind to somebody."),
        "restore": lambda row: restore_thanks(actor=mod, praise=row),
    }
    for act in acts:
        if act == "deliver":
            deliver_all()
            continue
        before, after = LEADS[act]
        row = Praise.objects.get(pk=praise.pk)
        if state == before:
            calls[act](row)
            state = after
        else:
            with pytest.raises(DomainError):
                calls[act](row)
        assert Praise.objects.get(pk=praise.pk).state == state
    deliver_all()
    earned = Member.objects.get(pk=receiver.pk).points_earned
    # What was paid twice from one person on one day is enough: undoing wins no room.
    assert earned in ((0, 2) if state == State.VISIBLE else (0,))
    assert earned == 2 or state != State.VISIBLE or len(acts) > 2
    assert Praise.objects.visible_to(None).filter(pk=praise.pk).exists() == (state == State.VISIBLE)
    assert audit_ledger() == []
