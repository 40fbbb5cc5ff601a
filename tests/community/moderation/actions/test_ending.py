"""Penalties that end by themselves."""

from typing import Any

import time_machine
from django.utils import timezone

from community.activity.models import Activity
from community.members.models import Member
from community.moderation.actions import lift_penalty, penalise_member
from community.moderation.actions.ending import end_due_penalties
from community.moderation.models import Penalty
from community.notifications.models import Notice
from community.spaces.actions import add_space_member, change_space
from tests.standing import deliver_all


def lay(manager: Any, member: Any, kind: str = "suspend", days: int = 2) -> Penalty:
    return penalise_member(actor=manager, member=member, kind=kind, reason="Calm down first.", days=days)


def later(**span: int) -> Any:
    return time_machine.travel(timezone.now() + timezone.timedelta(**span))


def ended() -> list[int]:
    return list(
        Activity.objects.filter(verb="member.penalty_ended").values_list("payload__penalty_id", flat=True)
    )


def test_each_is_noticed_once_and_none_too_early(manager: Any, bob: Any, alice: Any) -> None:
    short, long = lay(manager, bob, days=2), lay(manager, alice, "silence", days=9)
    lay(manager, alice, "warn")

    assert end_due_penalties() == 0
    with later(days=2, minutes=1):
        assert end_due_penalties() == 1
        assert end_due_penalties() == 0

    short.refresh_from_db()
    long.refresh_from_db()
    assert short.ended_at == short.until and long.ended_at is None
    assert ended() == [short.pk]


def test_what_was_lifted_does_not_end_again(manager: Any, bob: Any) -> None:
    lift_penalty(actor=manager, penalty=lay(manager, bob))

    with later(days=3):
        assert end_due_penalties() == 0

    assert ended() == []


def test_the_bell_of_the_team_rings_again_when_a_suspension_is_over(
    private_space: Any, make_thread: Any, make_reply: Any, mod: Any, bob: Any, manager: Any, admin: Any
) -> None:
    change_space(actor=manager, space=private_space, changes={"see_for": ["team"]})
    add_space_member(actor=manager, space=private_space, member=bob)
    private_space.refresh_from_db()
    thread = make_thread(mod, private_space, title="The secret prototype")
    make_reply(bob, thread, body="It broke at the seam.")
    deliver_all()
    assert Notice.objects.filter(member=mod, thread_id=thread.pk, is_hidden=False).exists()
    lay(admin, mod)
    deliver_all()
    assert not Notice.objects.filter(member=mod, thread_id=thread.pk, is_hidden=False).exists()

    # The database asks its own clock who is suspended.
    over = timezone.now() - timezone.timedelta(minutes=1)
    Penalty.objects.filter(member=mod).update(until=over)
    Member.objects.filter(pk=mod.pk).update(suspended_until=over)
    assert end_due_penalties() == 1
    deliver_all()

    assert Notice.objects.filter(member=mod, thread_id=thread.pk, is_hidden=False).exists()
    seen = Notice.objects.filter(member=mod, is_hidden=False, read_at=None).count()
    assert Member.objects.get(pk=mod.pk).unread_notices == seen
