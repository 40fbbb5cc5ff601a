"""Whoever loses sight of something hears nothing more of it: the bell, its list, mail and push (P-02), whichever way it was lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from community.members.actions import change_role
from community.members.groups import actions as groups
from community.members.models import Member
from community.members.trust.actions import set_trust
from community.moderation.actions import penalise_member
from community.notifications.mail.sending import send_due
from community.notifications.models import OutboundMail
from community.notifications.queries import inbox_page
from community.notifications.queries.inbox import newest_for
from community.spaces.actions import add_space_member, change_space, remove_space_member
from community.spaces.models import Space
from rewards.points.actions import adjust
from tests.standing import deliver_all


def unread(member: Any) -> int:
    return Member.objects.values_list("unread_notices", flat=True).get(pk=member.pk)


def shown(member: Any) -> list[int | None]:
    """Return of which threads the bell speaks, and None for whatever else it says."""
    member = Member.objects.get(pk=member.pk)
    listed = [entry.notice.thread_id for _day, entries in inbox_page(member).days for entry in entries]
    assert [entry.notice.thread_id for entry in newest_for(member)] == listed
    return listed


@pytest.fixture
def lose(manager: Any, admin: Any, alice: Any, private_space: Any) -> Callable[[str], Callable[[], Any]]:
    """Let alice into the private space in one of the ways, and return what takes it from her."""

    def open_to(keys: list[str]) -> Space:
        return change_space(actor=manager, space=private_space, changes={"see_for": keys})

    def by_group() -> Any:
        group = groups.create_group(actor=manager, values={"name": "Testers"})
        groups.add_to_group(actor=manager, group=group, member=alice)
        open_to([f"group:{group.pk}"])
        return group

    def let_in(way: str) -> Callable[[], Any]:
        if way == "left the group":
            group = by_group()
            return lambda: groups.leave_group(actor=alice, group=group)
        if way == "taken out of the group":
            group = by_group()
            return lambda: groups.remove_from_group(actor=manager, group=group, member=alice)
        if way == "the group was deleted":
            group = by_group()
            return lambda: groups.delete_group(actor=manager, group=group)
        if way == "lost the level":
            set_trust(actor=manager, member=alice, level=3, locked=True, reason="Here every week.")
            open_to(["trust:3"])
            return lambda: set_trust(actor=manager, member=alice, level=2, locked=True, reason="Our mistake.")
        if way == "lost the tier":
            for day in range(2):
                reason = f"Counted at the fair, day {day}"
                adjust(actor=admin, member=alice, earned=2_000, spendable=0, reason=reason)
            deliver_all()
            open_to([f"tier:{Member.objects.get(pk=alice.pk).tier}"])

            less = {"earned": -2_000, "spendable": 0, "reason": "Counted twice"}
            return lambda: adjust(actor=admin, member=alice, **less)
        if way == "lost the role":
            change_role(actor=admin, member=alice, role="moderator")
            open_to(["team"])
            return lambda: change_role(actor=admin, member=alice, role="member")
        if way == "the right was taken back":
            by_group()
            return lambda: open_to([])
        add_space_member(actor=manager, space=private_space, member=alice)
        return lambda: remove_space_member(actor=manager, space=private_space, member=alice)

    return let_in


WAYS = [
    "left the group",
    "taken out of the group",
    "the group was deleted",
    "lost the level",
    "lost the tier",
    "lost the role",
    "the right was taken back",
    "taken out of the space",
]


@pytest.mark.parametrize("way", WAYS)
def test_what_can_no_longer_be_seen_leaves_bell_list_mail_and_push(
    way, lose, private_space, make_thread, make_reply, alice, bob, manager
):
    take_away = lose(way)
    deliver_all()
    add_space_member(actor=manager, space=private_space, member=bob)
    alice.refresh_from_db()
    private_space.refresh_from_db()
    thread = make_thread(alice, private_space, title="The secret prototype")
    make_reply(bob, thread, body="It broke at the seam.")
    deliver_all()
    before = unread(alice)
    assert thread.pk in shown(alice)

    take_away()
    deliver_all()

    assert thread.pk not in shown(alice)
    assert unread(alice) == len(shown(alice)) <= before + 1
    make_reply(bob, thread, body="And again at the other seam.")
    deliver_all()
    OutboundMail.objects.update(due_at=timezone.now())
    send_due()
    assert not any("secret prototype" in letter.subject + letter.body for letter in mail.outbox)
    assert thread.pk not in shown(alice)


def test_somebody_of_the_team_who_is_suspended_counts_nothing_of_the_team(
    private_space, make_thread, make_reply, mod, bob, manager, admin
):
    change_space(actor=manager, space=private_space, changes={"see_for": ["team"]})
    add_space_member(actor=manager, space=private_space, member=bob)
    private_space.refresh_from_db()
    thread = make_thread(mod, private_space, title="The secret prototype")
    make_reply(bob, thread, body="It broke at the seam.")
    deliver_all()
    assert thread.pk in shown(mod)

    penalise_member(actor=admin, member=mod, kind="suspend", reason="A stolen password.", days=3)
    deliver_all()

    assert unread(mod) == len(shown(mod))
    assert thread.pk not in shown(mod)
