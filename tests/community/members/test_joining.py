"""What allauth tells us of: a session that begins anew when the account's locks change, and whose password an account keeps."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from tests.community.members.doors.counting import count_anew

pytestmark = pytest.mark.django_db
WORD = "a long enough password"
BACKEND = "community.members.accounts.MemberBackend"
SAFE = "/me/settings/account/"


@pytest.fixture(autouse=True)
def known(alice: Any) -> None:
    count_anew()
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)


def signed_in(member: Any) -> Client:
    client = Client()
    client.post("/sign-in/", {"login": member.handle, "password": WORD})
    assert client.get(SAFE).status_code == 200
    return client


def totp_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def add_an_app(client: Client, _member: Any) -> None:
    client.get("/account/2fa/totp/activate/")
    code = totp_now(client.session["mfa.totp.secret"])
    assert client.post("/account/2fa/totp/activate/", {"code": code}).status_code == 302
    assert Authenticator.objects.filter(type="totp").exists()


def remove_the_app(client: Client, _member: Any) -> None:
    assert client.post("/account/2fa/totp/deactivate/").status_code == 302
    assert not Authenticator.objects.filter(type="totp").exists()


def make_new_codes(client: Client, _member: Any) -> None:
    before = Authenticator.objects.filter(type="recovery_codes").values_list("pk", flat=True).first()
    assert client.post("/account/2fa/recovery-codes/generate/").status_code == 302
    assert Authenticator.objects.get(type="recovery_codes").pk != before


def change_the_address(client: Client, member: Any) -> None:
    client.post("/account/email/", {"email": "alice@new.example.org", "action_add": ""})
    found = re.search(r"/account/confirm-email/[^/\s]+/", str(mail.outbox[-1].body))
    assert found
    assert client.post(found[0]).status_code == 302
    member.refresh_from_db()
    assert member.email == "alice@new.example.org"


@pytest.mark.django_db(
    transaction=True
)  # New codes are told of once they are certain, while the request goes on.
@pytest.mark.parametrize("change", [add_an_app, remove_the_app, make_new_codes, change_the_address])
def test_a_change_of_the_locks_renews_this_session_and_ends_the_others(
    change: Callable[[Client, Any], None], alice: Any
) -> None:
    has_app = change in (remove_the_app, make_new_codes)
    here, other = signed_in(alice), signed_in(alice)
    if has_app:
        TOTP.activate(alice, "JBSWY3DPEHPK3PXP")
    here.post("/account/reauthenticate/", {"password": WORD})
    before, said = here.session.session_key, here.session.get("_auth_user_id")
    stolen = Client()
    stolen.cookies["session"] = before
    assert stolen.get(SAFE).status_code == 200

    change(here, alice)

    assert here.session.session_key != before
    assert here.session.get("_auth_user_id") == said
    assert here.get(SAFE).status_code == 200
    assert other.get(SAFE).status_code == 302
    assert stolen.get(SAFE).status_code == 302
    assert not Session.objects.filter(session_key=before).exists()
    assert [row.session_key for row in UserSession.objects.filter(user=alice)] == [here.session.session_key]
    assert "is_current" not in here.get("/account/sessions/").content.decode()


def test_a_new_password_ends_every_session_this_one_too(alice: Any) -> None:
    here, other = signed_in(alice), signed_in(alice)
    before = here.session.session_key

    answer = here.post(
        "/account/password/change/",
        {"oldpassword": WORD, "password1": "quite another long word", "password2": "quite another long word"},
    )

    assert answer.status_code == 302
    assert not Session.objects.filter(session_key=before).exists()
    assert [client.get(SAFE).status_code for client in (here, other)] == [302, 302]


def test_an_address_confirmed_in_another_browser_ends_the_sessions_of_the_old_one(alice: Any) -> None:
    here = signed_in(alice)
    here.post("/account/reauthenticate/", {"password": WORD})

    change_the_address_by = Client()
    here.post("/account/email/", {"email": "alice@new.example.org", "action_add": ""})
    found = re.search(r"/account/confirm-email/[^/\s]+/", str(mail.outbox[-1].body))
    assert found
    change_the_address_by.post(found[0])

    assert here.get(SAFE).status_code == 302


def test_a_password_from_before_the_address_was_shown_opens_nothing_after_a_code() -> None:
    """Somebody joins with another's address and waits for its owner to come."""
    from community.members.models import Member

    typed = {"name": "Not Oscar", "email": "oscar@example.org", "password1": WORD}
    Client().post("/join/", typed)
    owner = Client()
    owner.post("/account/login/code/", {"email": "oscar@example.org"})
    code = mail.outbox[-1].subject.split()[0]
    owner.post("/account/login/code/confirm/", {"code": code})

    assert owner.get(SAFE).status_code == 200
    thief = Client()
    thief.post("/sign-in/", {"login": "oscar@example.org", "password": WORD})
    assert thief.get(SAFE).status_code == 302
    assert not Member.objects.get(email="oscar@example.org").has_usable_password()


def test_a_password_of_a_confirmed_account_stays_after_a_code(alice: Any) -> None:
    client = Client()
    client.post("/account/login/code/", {"email": alice.email})
    client.post("/account/login/code/confirm/", {"code": mail.outbox[-1].subject.split()[0]})

    assert client.get(SAFE).status_code == 200
    alice.refresh_from_db()
    assert alice.check_password(WORD)
