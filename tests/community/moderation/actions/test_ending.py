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
    manager: Any, mod: Any, bob: Any, alice: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    from community.moderation.actions import report_post

    post = make_reply(bob, make_thread(alice, space))
    report_post(actor=alice, post=post, reason="unkind", note="Look at this.")
    deliver_all()
    before = Notice.objects.filter(member=mod, is_hidden=False).count()
    bell = Member.objects.get(pk=mod.pk).unread_notices
    lay(manager, mod)
    deliver_all()
    assert Notice.objects.filter(member=mod, is_hidden=True).exists()

    with later(days=2, minutes=1):
        end_due_penalties()
        deliver_all()

        assert before and Notice.objects.filter(member=mod, is_hidden=False).count() >= before
        assert Member.objects.get(pk=mod.pk).unread_notices >= bell
