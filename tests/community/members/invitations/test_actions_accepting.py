"""Coming by an invitation (P-19): other address, run out, taken back, inviter lost access, and exactly as many as there are places."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.errors import Refused
from community.members.actions import welcome_newcomer
from community.members.invitations.actions import (
    accept_invitation,
    grant_invitations,
    invite_by_link,
    invite_by_mail,
    revoke_invitation,
)
from community.members.models import Group, GroupMembership, Invitation, InvitationUse, Member
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(db: None) -> Group:
    return Group.objects.create(name="Testers", slug="testers")


def refused(invitation: Invitation, member: Any) -> str:
    with pytest.raises(Refused) as error:
        accept_invitation(actor=member, invitation=invitation)
    assert not InvitationUse.objects.exists()
    return error.value.code


def test_it_is_for_the_address_it_was_sent_to(manager: Any, alice: Any, bob: Any) -> None:
    row = invite_by_mail(actor=manager, email="ALICE@example.org")

    assert refused(row, bob) == "invitation_other_email"
    accept_invitation(actor=alice, invitation=row)
    row.refresh_from_db()
    assert row.use_count == 1


def test_what_has_run_out_or_was_taken_back_opens_nothing(manager: Any, alice: Any) -> None:
    old, gone = invite_by_link(actor=manager), invite_by_link(actor=manager)
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    revoke_invitation(actor=manager, invitation=gone)

    assert refused(old, alice) == "invitation_expired"
    assert refused(gone, alice) == "invitation_revoked"


@pytest.mark.parametrize("change", [{"role": "member"}, {"is_active": False}, {"suspended_until": "soon"}])
def test_it_ends_when_its_maker_could_not_make_it_any_more(
    manager: Any, alice: Any, group: Group, change: dict[str, Any]
) -> None:
    row = invite_by_link(actor=manager, group=group)
    if "suspended_until" in change:
        change = {"suspended_until": timezone.now() + dt.timedelta(days=3)}
    Member.objects.filter(pk=manager.pk).update(**change)

    assert refused(row, alice) == "invitation_lost"
    assert not GroupMembership.objects.exists()


def test_a_group_that_is_gone_takes_its_invitation_along(manager: Any, alice: Any, group: Group) -> None:
    row = invite_by_link(actor=manager, group=group)
    group.delete()
    row.refresh_from_db()

    assert refused(row, alice) == "invitation_lost"


def test_a_group_opens_only_to_those_who_have_really_joined(
    manager: Any, make_member: Any, group: Group
) -> None:
    waiting = make_member("nina", is_active=False)
    accept_invitation(actor=waiting, invitation=invite_by_link(actor=manager, group=group))

    assert grant_invitations(actor=None, member=waiting) == 0
    assert not GroupMembership.objects.exists()
    Member.objects.filter(pk=waiting.pk).update(is_active=True)
    waiting.refresh_from_db()
    welcome_newcomer(actor=waiting)
    assert grant_invitations(actor=None, member=waiting) == 1
    assert grant_invitations(actor=None, member=waiting) == 0
    assert GroupMembership.objects.get().member == waiting


def test_the_same_member_uses_one_place(manager: Any, alice: Any) -> None:
    row = invite_by_link(actor=manager, uses=2)
    for _again in range(3):
        accept_invitation(actor=alice, invitation=row)

    row.refresh_from_db()
    assert row.use_count == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_get_the_five_places_there_are(manager: Any, make_member: Any) -> None:
    row = invite_by_link(actor=manager, uses=5)
    people = [make_member(f"guest-{n}") for n in range(50)]

    def come(member: Any) -> bool:
        try:
            accept_invitation(actor=member, invitation=row)
        except Refused:
            return False
        return True

    came = all_at_once([lambda member=member: come(member) for member in people])

    assert came.count(True) == 5
    row.refresh_from_db()
    assert row.use_count == InvitationUse.objects.count() == 5
