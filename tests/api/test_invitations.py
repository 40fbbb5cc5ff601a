"""Invitations by program."""

import pytest

from community.members.actions import welcome_newcomer
from community.members.invitations.actions import invite_by_mail, run_batch
from community.members.invitations.codes import code_of
from community.members.models import Group, GroupMembership, Invitation

pytestmark = pytest.mark.django_db


def test_a_manager_invites_reads_and_takes_back(program, manager, alice):
    Group.objects.create(name="Testers", slug="testers")
    welcome_newcomer(actor=alice)
    caller = program(manager)

    made = caller.post("me/invitations", {"uses": 3, "group": "testers", "message": "Hello"})
    assert made.status_code == 201
    code = made.json()["link"].rstrip("/").rsplit("/", 1)[-1]
    read = program(None).get(f"invitation-codes/{code}").json()
    assert (read["state"], read["group"], read["link"]) == ("open", "Testers", "")
    assert program(alice).post(f"invitation-codes/{code}").status_code == 204
    assert GroupMembership.objects.get().member == alice
    assert caller.get("me/invitations").json()["results"][0]["use_count"] == 1
    assert caller.get("invitations").json()["results"][0]["id"] == made.json()["id"]
    assert caller.delete(f"invitations/{made.json()['id']}").status_code == 204
    assert caller.get("me/invitations").json()["results"][0]["state"] == "invitation_revoked"


def test_an_address_is_told_to_nobody_by_its_code(program, manager, alice):
    row = invite_by_mail(actor=manager, email="nina@example.org")

    read = program(None).get(f"invitation-codes/{code_of(row.pk)}")
    assert "nina@example.org" not in read.content.decode()
    assert program(alice).post(f"invitation-codes/{code_of(row.pk)}").status_code == 403
    row.refresh_from_db()
    assert row.use_count == 0


def test_members_of_little_trust_and_strangers_change_nothing(program, manager, alice):
    row = invite_by_mail(actor=manager, email="nina@example.org")

    assert program(alice).post("me/invitations", {"uses": 1}).status_code == 403
    assert program(alice).delete(f"invitations/{row.pk}").status_code == 404
    assert program(alice).get("invitations").status_code == 403
    assert program(alice).post("invitation-batches", {"addresses": ["a@example.org"]}).status_code == 403
    assert program(None).get("invitation-codes/1-abc").status_code == 404
    assert [(one.pk, one.revoked_at) for one in Invitation.objects.all()] == [(row.pk, None)]


def test_a_list_is_handed_in_and_followed(program, manager):
    caller = program(manager)

    begun = caller.post("invitation-batches", {"addresses": ["a@example.org", "b"], "is_dry_run": False})
    assert begun.status_code == 202
    run_batch(actor=None)
    told = caller.get(f"invitation-batches/{begun.json()['id']}").json()
    assert (told["state"], told["good_count"]) == ("done", 1)
    assert told["left_out"] == [{"line": 2, "address": "b", "reason": "unreadable"}]
