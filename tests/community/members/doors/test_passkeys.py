"""Joining with a passkey alone, up to the question of the device; `tests/browser/test_passkeys.py` goes on with one."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from community.activity.models import Activity
from community.members.models import Admission, Arrival, Member, ProofAsked
from tests.community.members.doors.counting import count_anew

pytestmark = pytest.mark.django_db
JOIN, WRITE, MAKE = "/join/passkey/", "/account/login/code/confirm/", "/account/2fa/webauthn/signup/"


@pytest.fixture(autouse=True)
def counted_anew() -> None:
    count_anew()


def join(client: Client, email: str = "priya@example.org", **more: str) -> Any:
    return client.post(JOIN, {"name": "Priya Nair", "email": email, **more})


def code_in_mail() -> str:
    found = re.match(r"(\S+) is your code to join", mail.outbox[-1].subject)
    assert found, mail.outbox[-1].subject
    return found[1]


def sign_in_and_prove(client: Client, member: Any) -> None:
    """Sign a member in who has just shown again that it is them."""
    client.force_login(member, backend="community.members.accounts.MemberBackend")
    client.post("/account/reauthenticate/", {"password": "a long enough password"})


def is_in(client: Client) -> bool:
    return client.get("/me/settings/account/").status_code == 200


def test_a_code_shows_whose_the_address_is_and_then_the_device_is_asked(client: Client) -> None:
    assert join(client)["Location"] == WRITE
    asked = client.get(WRITE).content.decode()
    assert "We sent an e-mail to priya@example.org" in asked
    assert "Confirmation email sent to priya@example.org." in asked and "sign-in code" not in asked
    priya = Member.objects.get(email="priya@example.org")
    assert not EmailAddress.objects.filter(user=priya, verified=True).exists()

    assert client.post(WRITE, {"code": code_in_mail().lower()})["Location"] == MAKE
    page = client.get(MAKE).content.decode()

    assert EmailAddress.objects.filter(user=priya, verified=True).exists()
    assert "creation_options" in page
    assert "<noscript>" in page
    assert not priya.has_usable_password()
    assert not is_in(client)
    assert len(mail.outbox) == 1


def test_the_door_speaks_of_a_code_only_where_one_is_sent(client: Client, settings: Any) -> None:
    assert "First we send you a code" in client.get(JOIN).content.decode()

    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    trial = client.get(JOIN).content.decode()

    assert "a code" not in trial.split("<noscript>")[0] and "Send me a code" not in trial
    assert join(client)["Location"] == MAKE


MADE_UP = [
    "",
    "{}",
    "null",
    "[]",
    "7",
    '{"id": "x"}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key"}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"userHandle": "////", "clientDataJSON": "e30", '
    '"attestationObject": "gYGBgYGB", "authenticatorData": "AAAA", "signature": "AAAA"}}',
    '{"response": {"userHandle": 7}}',
    '{"response": []}',
    '{"response": {"userHandle": "AAAA"}}',
]


def test_no_made_up_passkey_opens_the_account(client: Client) -> None:
    join(client)
    client.post(WRITE, {"code": code_in_mail()})
    client.get(MAKE)
    for made_up in MADE_UP:
        assert client.post(MAKE, {"name": "Mine", "credential": made_up}).status_code == 200
    assert not Authenticator.objects.exists()
    assert not is_in(client)


def test_no_made_up_passkey_signs_in_or_is_added(client: Client, alice: Any) -> None:
    for made_up in MADE_UP:
        count_anew()
        client.get("/account/2fa/webauthn/login/", HTTP_ACCEPT="application/json")
        assert client.post("/account/2fa/webauthn/login/", {"credential": made_up}).status_code == 302
    assert not is_in(client)

    sign_in_and_prove(client, alice)
    for made_up in MADE_UP:
        client.get("/account/2fa/webauthn/add/")
        answer = client.post("/account/2fa/webauthn/add/", {"name": "Mine", "credential": made_up})
        assert answer.status_code == 200, made_up
    assert not Authenticator.objects.exists()


def test_without_the_code_nobody_comes_to_the_device(client: Client) -> None:
    join(client)
    assert client.get(MAKE)["Location"] == WRITE or client.get(MAKE).status_code == 302
    client.post(WRITE, {"code": "WRONG-CODE"})
    assert client.get(MAKE).status_code == 302
    assert Client().get(MAKE).status_code == 302
    code = code_in_mail()
    assert Client().post(WRITE, {"code": code}).status_code == 302
    for _turn in range(3):
        client.post(WRITE, {"code": "WRONG-CODE"})
    client.post(WRITE, {"code": code})
    assert client.get(MAKE).status_code == 302
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_who_has_an_account_is_answered_like_a_newcomer_and_gets_a_letter(alice: Any) -> None:
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    told = []
    for email in ("priya@example.org", alice.email):
        client = Client()
        first = join(client, email)
        page = client.get(WRITE).content.decode().replace(email, "")
        again = client.post(WRITE, {"action": "resend"})
        wrong = client.post(WRITE, {"code": "WRONG-CODE"})
        body = re.sub(r'nonce-?="?[^" ;]+|value="[^"]{30,}"|hx-headers=\'[^\']*\'', "", page)
        told.append((first.status_code, first["Location"], body, again.status_code, wrong.status_code))

    assert told[0] == told[1]
    assert "already have an account" in mail.outbox[-1].subject
    assert mail.outbox[-1].to == [alice.email]
    assert Member.objects.filter(email=alice.email).count() == 1


@pytest.mark.parametrize("rule", ["closed", "invited"])
def test_where_nobody_joins_by_themselves_nobody_joins_this_way(
    client: Client, set_doors: Any, rule: str
) -> None:
    set_doors(joining=rule)
    join(client)
    assert "Joining is closed" in client.get(JOIN).content.decode()
    assert not Member.objects.filter(email="priya@example.org").exists()


def test_where_only_the_brands_sign_in_opens_this_way_is_closed(client: Client, set_doors: Any) -> None:
    set_doors(sign_on_only=True)
    assert join(client).status_code == 403
    assert client.get(MAKE).status_code == 403
    assert not Member.objects.filter(email="priya@example.org").exists()


def test_where_codes_do_not_sign_in_they_still_confirm(client: Client, set_doors: Any) -> None:
    set_doors(code_sign_in=False)
    assert client.get(WRITE).status_code == 404
    join(client)
    assert client.get(WRITE).status_code == 200
    assert client.post(WRITE, {"code": code_in_mail()})["Location"] == MAKE


def test_who_needs_a_yes_says_why_and_reaches_the_team_with_the_code(set_doors: Callable[..., Any]) -> None:
    set_doors(joining="approval")
    client = Client()
    assert join(client).status_code == 200  # The reason is missing.
    assert join(client, why="I own two tents.")["Location"] == WRITE
    assert Admission.objects.get().ready_at is None
    assert len(mail.outbox) == 1

    assert client.post(WRITE, {"code": code_in_mail()})["Location"] == MAKE
    assert Admission.objects.get().ready_at is not None
    assert not Member.objects.get(email="priya@example.org").is_active
    assert not Activity.objects.filter(verb="member.joined").exists()
    assert not is_in(client)


def test_what_guards_joining_guards_this_way_too(client: Client, set_doors: Any) -> None:
    set_doors(blocked_domains="example.org")
    assert "cannot be used here" in join(client).content.decode()
    set_doors(blocked_domains="")
    assert "the way programs do" in join(client, homepage="https://x.example").content.decode()
    assert not Member.objects.filter(email="priya@example.org").exists()

    set_doors(proof=ProofAsked.ALWAYS)
    assert "data-proof" in client.get(JOIN).content.decode()
    assert join(client)["Location"] == WRITE
    assert not Member.objects.get(email="priya@example.org").is_active
    assert Arrival.objects.exists()


def test_five_letters_a_day_go_to_one_address() -> None:
    said = [join(Client(REMOTE_ADDR=f"198.51.100.{turn}")).status_code for turn in range(6)]

    assert said == [302] * 5 + [200]
    assert len(mail.outbox) == 5


def test_over_plain_http_a_passkey_is_not_offered(client: Client) -> None:
    assert JOIN not in client.get("/join/").content.decode()
    assert JOIN in client.get("/join/", HTTP_HOST="localhost").content.decode()
    assert JOIN in client.get("/join/", secure=True).content.decode()


def test_the_codes_lead_on_within_this_site_only(client: Client, alice: Any) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    RecoveryCodes.activate(alice)
    sign_in_and_prove(client, alice)
    page = "/account/2fa/recovery-codes/?next="

    assert 'href="/s/help/"' in client.get(page + "/s/help/").content.decode()
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"):
        assert "evil.example" not in client.get(page + elsewhere).content.decode()
        assert "go on</a>" not in client.get(page + elsewhere).content.decode()
