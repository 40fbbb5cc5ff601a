"""Joining after a yes."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from community.activity.models import Activity
from community.errors import Conflict, Invalid, Refused
from community.members.doors.admissions import bring_before_team, decide_admission
from community.members.doors.queries import list_waiting_for
from community.members.models import Admission, Member
from community.notifications.models import Notice, OutboundMail

pytestmark = pytest.mark.django_db
WORD = "a long enough password"


def join(client: Client, **values: str) -> Any:
    asked = {"name": "Priya Nair", "email": "priya@example.org", "password1": WORD, "why": "I own two tents."}
    return client.post("/join/", asked | values)


def confirm(client: Client) -> Any:
    found = re.search(r"/account/confirm-email/[^/\s]+/", str(mail.outbox[-1].body))
    assert found
    return client.post(found[0])


@pytest.fixture
def waiting(set_doors: Callable[..., Any], client: Client) -> Admission:
    """Priya asked to join and confirmed her address."""
    set_doors(joining="approval")
    join(client)
    confirm(client)
    return Admission.objects.get()


def test_a_newcomer_says_why_and_waits_outside(set_doors: Any, client: Client, mod: Any) -> None:
    set_doors(joining="approval")
    assert "Why you would like to join" in client.get("/join/").content.decode()

    answer = join(client)

    assert (answer.status_code, answer["Location"]) == (302, "/account/confirm-email/")
    priya = Member.objects.get(email="priya@example.org")
    assert not priya.is_active
    assert list_waiting_for(mod) == []

    confirm(client)
    assert [(row.member, row.why) for row in list_waiting_for(mod)] == [(priya, "I own two tents.")]
    assert not Activity.objects.filter(verb="member.joined").exists()


def test_who_waits_can_neither_sign_in_nor_be_met(waiting: Admission, client: Client, alice: Any) -> None:
    answer = client.post("/sign-in/", {"login": "priya@example.org", "password": WORD})

    assert answer["Location"] == "/join/waiting/"
    assert "reads your wish to join" in client.get("/join/waiting/").content.decode()
    assert client.get("/me/settings/account/").status_code == 302
    client.force_login(alice)
    assert client.get(f"/@{waiting.member.handle}/").status_code == 404


def test_a_known_address_and_a_new_one_are_answered_alike(set_doors: Any, alice: Any) -> None:
    set_doors(joining="approval")
    new, known = Client(), Client()

    first, second = join(new), join(known, email="alice@example.org")

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])


def test_a_yes_opens_the_account_and_is_told(
    waiting: Admission, mod: Any, client: Client, deliver_all: Any
) -> None:
    decide_admission(actor=mod, admission=waiting, approved=True, answer="Welcome, Priya.")
    deliver_all()

    priya = Member.objects.get(pk=waiting.member_id)
    assert priya.is_active
    assert Activity.objects.filter(verb="member.joined", target_pk=priya.pk).exists()
    assert Notice.objects.filter(member=priya, kind="admission.approved").exists()
    assert client.post("/sign-in/", {"login": "priya@example.org", "password": WORD})["Location"] == "/"


def test_a_no_needs_a_reason_and_is_told_by_e_mail(waiting: Admission, mod: Any, deliver_all: Any) -> None:
    with pytest.raises(Invalid):
        decide_admission(actor=mod, admission=waiting, approved=False)
    waiting.refresh_from_db()
    assert waiting.state == "waiting"

    decide_admission(actor=mod, admission=waiting, approved=False, answer="This place is for customers.")
    deliver_all()

    assert not Member.objects.get(pk=waiting.member_id).is_active
    letter = OutboundMail.objects.get(kind="admission.refused")
    from community.notifications.mail.sending import send_due

    mail.outbox.clear()
    send_due()
    assert "This place is for customers." in mail.outbox[0].body
    letter.refresh_from_db()
    assert letter.state == "sent"


def test_it_is_decided_once_and_by_the_team_only(
    waiting: Admission, mod: Any, admin: Any, alice: Any
) -> None:
    with pytest.raises(Refused):
        decide_admission(actor=alice, admission=waiting, approved=True)
    decide_admission(actor=mod, admission=waiting, approved=True)

    with pytest.raises(Conflict):
        decide_admission(actor=admin, admission=waiting, approved=False, answer="No.")
    assert Member.objects.get(pk=waiting.member_id).is_active
    assert bring_before_team(actor=waiting.member) is False


@pytest.mark.parametrize("joining", ["closed", "invited"])
def test_where_nobody_joins_by_themselves_the_form_is_not_there(
    set_doors: Any, client: Client, joining: str
) -> None:
    set_doors(joining=joining)

    assert "Joining is closed" in client.get("/join/").content.decode()
    join(client)
    assert not Member.objects.exists()


def test_a_domain_that_may_not_join_is_refused_at_every_way_in(
    set_doors: Any, client: Client, alice: Any
) -> None:
    set_doors(blocked_domains="example.org")
    assert "cannot be used here" in join(client).content.decode()
    assert Member.objects.count() == 1

    client.force_login(alice)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 9e9}]
    session["account_authentication_methods_user"] = str(alice.pk)
    session.save()
    answer = client.post("/account/email/", {"email": "other@example.org", "action_add": ""})
    assert "cannot be used here" in answer.content.decode()
