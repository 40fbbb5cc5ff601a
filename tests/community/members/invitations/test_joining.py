"""Joining by an invitation, the whole way through the form (P-19): as many as there are places, and only whom it is for."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from community.members.doors import memory
from community.members.invitations.actions import invite_by_link, invite_by_mail, revoke_invitation
from community.members.invitations.codes import code_of
from community.members.models import DoorRules, Invitation, InvitationUse, Member
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db


def come(row: Invitation, number: int, email: str = "") -> Any:
    """Open an invitation and fill in the form, from a network of one's own."""
    client = Client(REMOTE_ADDR=f"2001:db8:{number:x}::1")
    client.post(f"/invite/{code_of(row.pk)}/")
    typed = {
        "name": f"Guest {number}",
        "email": email or f"guest-{number}@example.org",
        "password1": "a long enough password",
    }
    return client.post("/join/", typed)


@pytest.fixture
def only_invited(db: None) -> None:
    """Nobody joins without an invitation, and only from one domain."""
    DoorRules.objects.create(pk=1, joining="invited", allowed_domains="example.org")
    memory.forget()


@pytest.mark.django_db(transaction=True)
def test_fifty_forms_at_once_make_the_five_accounts_there_are_places_for(manager: Any) -> None:
    DoorRules.objects.create(pk=1, joining="invited")
    memory.forget()
    row = invite_by_link(actor=manager, uses=5)
    before = Member.objects.count()

    answers = all_at_once(
        [lambda number=number: come(row, 0x1000 + number).status_code for number in range(50)]
    )

    assert all(isinstance(answer, int) and answer < 500 for answer in answers), answers
    row.refresh_from_db()
    assert Member.objects.count() - before == 5
    assert row.use_count == InvitationUse.objects.count() == 5
    assert InvitationUse.objects.values("member").distinct().count() == 5


@pytest.mark.parametrize("why", ["other", "domain", "expired", "revoked", "lost", "used"])
def test_what_does_not_hold_makes_no_account(manager: Any, only_invited: None, why: str) -> None:
    mailed = why in ("other", "domain")
    made_for = "nina@example.net" if why == "domain" else "nina@example.org"
    row = invite_by_mail(actor=manager, email=made_for) if mailed else invite_by_link(actor=manager)
    number = 0x2000 + ["other", "domain", "expired", "revoked", "lost", "used"].index(why)
    client = Client(REMOTE_ADDR=f"2001:db8:{number:x}::1")
    client.post(f"/invite/{code_of(row.pk)}/")
    if why == "expired":
        Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    elif why == "revoked":
        revoke_invitation(actor=manager, invitation=row)
    elif why == "lost":
        Member.objects.filter(pk=manager.pk).update(suspended_until=timezone.now() + dt.timedelta(days=3))
    elif why == "used":
        Invitation.objects.update(use_count=1, most_uses=1)
    before = Member.objects.count()

    email = {"other": "somebody@example.org", "domain": "nina@example.net"}.get(why, "nina@example.org")
    typed = {"name": "Nina New", "email": email, "password1": "a long enough password"}
    answer = client.post("/join/", typed)

    assert answer.status_code < 500
    assert Member.objects.count() == before
    assert not InvitationUse.objects.exists()


def test_where_the_team_says_yes_an_invitation_does_not(manager: Any) -> None:
    DoorRules.objects.create(pk=1, joining="approval")
    memory.forget()
    row = invite_by_link(actor=manager)
    client = Client(REMOTE_ADDR="2001:db8:3000::1")
    client.post(f"/invite/{code_of(row.pk)}/")

    client.post(
        "/join/",
        {
            "name": "Nina New",
            "email": "nina@example.org",
            "password1": "a long enough password",
            "why": "I was invited.",
        },
    )

    assert not Member.objects.get(name="Nina New").is_active


def test_an_invitation_spares_the_team_who_brought_no_sum(manager: Any) -> None:
    DoorRules.objects.create(pk=1, proof="always")
    memory.forget()

    come(invite_by_link(actor=manager), 0x4000)
    Client(REMOTE_ADDR="2001:db8:4001::1").post(
        "/join/", {"name": "Other", "email": "other@example.org", "password1": "a long enough password"}
    )

    assert Member.objects.get(name="Guest 16384").is_active
    assert not Member.objects.get(name="Other").is_active
