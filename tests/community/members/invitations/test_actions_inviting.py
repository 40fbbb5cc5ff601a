"""Making invitations: who may, what for, and taking them back."""

from typing import Any

import pytest

from community.errors import Invalid, Refused
from community.members.invitations.actions import (
    decline_invitation,
    invite_by_link,
    invite_by_mail,
    revoke_invitation,
)
from community.members.invitations.codes import code_of, read_code
from community.members.invitations.permissions import standing
from community.members.models import Group, Invitation
from community.spaces.models import Space

pytestmark = pytest.mark.django_db


def test_newcomers_and_suspended_people_invite_nobody(bob: Any, mallory: Any) -> None:
    for actor in (bob, mallory):
        with pytest.raises(Refused):
            invite_by_link(actor=actor)
        with pytest.raises(Refused):
            invite_by_mail(actor=actor, email="nina@example.org")

    assert not Invitation.objects.exists()


def test_a_member_chooses_how_many_up_to_the_bar(regular: Any, mod: Any) -> None:
    assert invite_by_link(actor=regular, uses=10).most_uses == 10
    for uses in (0, 11):
        with pytest.raises(Invalid):
            invite_by_link(actor=regular, uses=uses)
    assert invite_by_link(actor=mod, uses=5000).most_uses == 5000


def test_it_leads_only_where_its_maker_can_see(regular: Any, manager: Any) -> None:
    Space.objects.create(slug="help", name="Help")
    Space.objects.create(slug="secret", name="Secret", access="private")

    assert invite_by_link(actor=regular, landing="/s/help/").landing == "/s/help/"
    for landing in ("/s/secret/", "//evil.example/", "https://evil.example/", "/admin/", "/s/nowhere/"):
        with pytest.raises(Invalid):
            invite_by_link(actor=regular, landing=landing)


def test_only_managers_open_groups(regular: Any, manager: Any) -> None:
    group = Group.objects.create(name="Testers", slug="testers")

    with pytest.raises(Refused):
        invite_by_link(actor=regular, group=group)
    assert invite_by_link(actor=manager, group=group).wants_group


def test_a_new_letter_takes_the_one_before_back(regular: Any) -> None:
    first = invite_by_mail(actor=regular, email="nina@example.org")
    second = invite_by_mail(actor=regular, email="Nina@Example.org")

    first.refresh_from_db()
    assert standing(first).code == "invitation_revoked"
    assert standing(second)
    with pytest.raises(Invalid):
        invite_by_mail(actor=regular, email="nobody")


def test_whoever_declined_gets_no_letter_and_the_inviter_learns_nothing(
    regular: Any, bob: Any, manager: Any
) -> None:
    decline_invitation(actor=None, invitation=invite_by_mail(actor=regular, email="nina@example.org"))

    again = invite_by_mail(actor=manager, email="NINA@example.org")

    assert again.mail == "none"
    assert standing(again)


def test_only_its_maker_and_the_team_take_it_back(regular: Any, bob: Any, manager: Any) -> None:
    row = invite_by_link(actor=regular)

    with pytest.raises(Refused):
        revoke_invitation(actor=bob, invitation=row)
    row.refresh_from_db()
    assert row.revoked_at is None
    revoke_invitation(actor=manager, invitation=row)
    row.refresh_from_db()
    assert row.revoked_at is not None


@pytest.mark.parametrize(
    "code", ["", "1", "1-", "-x", "zz-0", "1-" + "0" * 32, "A-" + "0" * 32, "9" * 40 + "-1"]
)
def test_a_made_up_code_is_none(code: str) -> None:
    assert read_code(code) is None


def test_a_code_is_read_back() -> None:
    assert [read_code(code_of(pk)) for pk in (1, 36, 987_654_321)] == [1, 36, 987_654_321]
