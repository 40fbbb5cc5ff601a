"""The page of an invitation, joining by it, one's own invitations, the letter, and the admin."""

from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from community.activity import relay
from community.members.invitations.actions import (
    accept_invitation,
    invite_by_link,
    invite_by_mail,
    revoke_invitation,
)
from community.members.invitations.codes import code_of
from community.members.models import (
    Group,
    GroupMembership,
    Invitation,
    InvitationBatch,
    InvitationUse,
    Member,
)
from community.notifications.mail.invitations import send_invitations
from community.notifications.models import Notice
from community.spaces.models import Space

pytestmark = pytest.mark.django_db


@pytest.fixture
def set_doors(admin: Any) -> Any:
    from community.members.doors import memory
    from community.members.doors.actions import save_door_rules

    def put(**changes: Any) -> None:
        save_door_rules(actor=admin, changes=changes)
        memory.forget()

    return put


def join(
    client: Any, name: str = "Nina New", email: str = "nina@example.org", network: str = "198.51.100.9"
) -> Any:
    typed = {
        "name": name,
        "email": email,
        "password1": "a long enough password",
        "password2": "a long enough password",
        "why": "I was invited.",
    }
    return client.post("/join/", typed, REMOTE_ADDR=network)


def test_a_guest_sees_who_invites_to_what_and_joins_by_it(client: Any, manager: Any) -> None:
    Space.objects.create(slug="help", name="Help and how-to")
    group = Group.objects.create(name="Testers", slug="testers")
    row = invite_by_link(actor=manager, landing="/s/help/", group=group, message="Come in!")
    page = client.get(f"/invite/{code_of(row.pk)}/").content.decode()
    assert "Manager invites you to “Help and how-to”" in page
    assert "Come in!" in page

    answer = client.post(f"/invite/{code_of(row.pk)}/")
    assert answer.status_code == 303
    assert answer["Location"].startswith("/join/?next=/s/help/")
    join(client)

    member = Member.objects.get(name="Nina New")
    assert InvitationUse.objects.get().member == member
    while relay.deliver_due():
        pass
    from community.members.actions import welcome_newcomer

    welcome_newcomer(actor=member)
    while relay.deliver_due():
        pass
    assert GroupMembership.objects.get().member == member
    assert Notice.objects.filter(member=manager, kind="invitation.accepted").exists()


def test_joining_with_another_address_makes_no_account(client: Any, manager: Any) -> None:
    row = invite_by_mail(actor=manager, email="nina@example.org")
    client.post(f"/invite/{code_of(row.pk)}/")

    answer = join(client, email="other@example.org", network="198.51.100.10")

    assert answer.status_code == 302
    assert "for another e-mail address" in client.get(answer["Location"]).content.decode()
    assert not Member.objects.filter(name="Nina New").exists()


def test_an_invitation_taken_back_meanwhile_makes_no_account(client: Any, manager: Any) -> None:
    row = invite_by_link(actor=manager)
    client.post(f"/invite/{code_of(row.pk)}/")
    revoke_invitation(actor=manager, invitation=row)

    join(client, network="198.51.100.11")

    assert not Member.objects.filter(name="Nina New").exists()
    assert client.get(f"/invite/{code_of(row.pk)}/").status_code == 410


def test_a_member_accepts_and_enters_the_group(sign_in: Any, manager: Any, alice: Any) -> None:
    from community.members.actions import welcome_newcomer

    welcome_newcomer(actor=alice)
    row = invite_by_link(actor=manager, group=Group.objects.create(name="Testers", slug="testers"))

    assert sign_in(alice).post(f"/invite/{code_of(row.pk)}/").status_code == 303

    assert GroupMembership.objects.get().member == alice


def test_a_made_up_code_is_nothing(client: Any) -> None:
    assert client.get("/invite/1-" + "0" * 32 + "/").status_code == 404


def test_a_letter_leaves_once_and_its_link_is_not_shown_to_the_inviter(sign_in: Any, manager: Any) -> None:
    client = sign_in(manager)
    page = client.post(
        "/me/invitations/", {"email": "nina@example.org", "message": "You would like it.", "uses": "1"}
    )
    assert page.status_code == 303
    row = Invitation.objects.get()

    send_invitations()
    send_invitations()

    assert [letter.to for letter in mail.outbox] == [["nina@example.org"]]
    assert code_of(row.pk) in mail.outbox[0].body
    assert "You would like it." in mail.outbox[0].body
    text = client.get("/me/invitations/").content.decode()
    assert "nina@example.org" in text
    assert code_of(row.pk) not in text


def test_a_letter_of_what_no_longer_stands_never_leaves(manager: Any) -> None:
    row = invite_by_mail(actor=manager, email="nina@example.org")
    Member.objects.filter(pk=manager.pk).update(is_active=False)

    assert send_invitations() == 0

    row.refresh_from_db()
    assert (row.mail, mail.outbox) == ("none", [])


def test_declining_ends_it(client: Any, manager: Any) -> None:
    row = invite_by_mail(actor=manager, email="nina@example.org")

    client.post(f"/invite/{code_of(row.pk)}/decline/")

    assert client.get(f"/invite/{code_of(row.pk)}/").status_code == 410


def test_links_are_listed_with_who_came_and_taken_back(
    sign_in: Any, manager: Any, alice: Any, bob: Any
) -> None:
    row = invite_by_link(actor=manager, uses=3)
    accept_invitation(actor=alice, invitation=row)
    client = sign_in(manager)
    text = client.get("/me/invitations/").content.decode()
    assert code_of(row.pk) in text
    assert "Alice Arden" in text

    assert sign_in(bob).post(f"/me/invitations/{row.pk}/revoke/").status_code == 404
    client = sign_in(manager)
    client.post(f"/me/invitations/{row.pk}/revoke/")
    assert "Taken back" in client.get("/me/invitations/").content.decode()


def test_a_manager_hands_in_a_file_and_reads_what_was_left_out(sign_in: Any, manager: Any, mod: Any) -> None:
    from community.members.invitations.actions import run_batch

    client = sign_in(manager)
    file = SimpleUploadedFile(
        "list.csv", b"\xef\xbb\xbfE-mail,Name\r\nnina@example.org,Nina\r\nnobody,No\r\n"
    )
    answer = client.post("/admin/members/invitationbatch/add/", {"file": file, "is_dry_run": "on"})
    assert answer.status_code == 302, answer.content.decode()
    run_batch(actor=None)
    batch = InvitationBatch.objects.get()
    assert (batch.good_count, batch.bad_count, batch.state) == (1, 1, "done")
    assert "nobody" in client.get(f"/admin/members/invitationbatch/{batch.pk}/change/").content.decode()
    assert client.get("/admin/members/invitation/").status_code == 200
    bad = SimpleUploadedFile("list.csv", b"\xff\xfe\x00")
    page = client.post("/admin/members/invitationbatch/add/", {"file": bad})
    assert "not readable text" in page.content.decode()
    assert sign_in(mod).get("/admin/members/invitationbatch/add/").status_code in (302, 403, 404)


def test_where_only_the_invited_join_an_invitation_opens_the_door_for_one(
    client: Any, manager: Any, set_doors: Any
) -> None:
    set_doors(joining="invited")
    row = invite_by_link(actor=manager)
    join(client, network="198.51.100.12")
    assert not Member.objects.filter(name="Nina New").exists()

    client.post(f"/invite/{code_of(row.pk)}/")
    join(client, network="198.51.100.13")
    assert Member.objects.filter(name="Nina New").exists()
    client.logout()
    client.post(f"/invite/{code_of(row.pk)}/")
    join(client, name="Second", email="second@example.org", network="198.51.100.14")
    assert not Member.objects.filter(name="Second").exists()


def test_no_invitation_passes_the_team_or_the_rule_of_domains(
    client: Any, manager: Any, set_doors: Any
) -> None:
    set_doors(joining="approval", blocked_domains="example.net")
    group = Group.objects.create(name="Testers", slug="testers")
    row = invite_by_link(actor=manager, uses=5, group=group)
    client.post(f"/invite/{code_of(row.pk)}/")

    join(client, name="Other", email="x@example.net", network="198.51.100.15")
    assert not Member.objects.filter(name="Other").exists()
    join(client, network="198.51.100.16")
    member = Member.objects.get(name="Nina New")
    assert not member.is_active
    while relay.deliver_due():
        pass
    assert not GroupMembership.objects.exists()
