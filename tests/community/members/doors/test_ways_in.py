"""Guessing, listening at the door, and old sessions (docs/security.md)."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from tests.community.members.doors.counting import count_anew

pytestmark = pytest.mark.django_db
WORD = "a long enough password"


@pytest.fixture(autouse=True)
def confirmed(alice: Any) -> None:
    count_anew()
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)


def sign_in(client: Client, word: str = WORD, who: str = "alice", **more: Any) -> Any:
    return client.post("/sign-in/", {"login": who, "password": word}, **more)


def is_in(client: Client) -> bool:
    return client.get("/me/settings/account/").status_code == 200


def test_twenty_wrong_passwords_end_the_guessing_whatever_the_headings_say(alice: Any) -> None:
    for turn in range(20):
        sign_in(Client(), "wrong", HTTP_X_FORWARDED_FOR=f"198.51.100.{turn}")

    guesser = Client()
    sign_in(guesser, HTTP_X_FORWARDED_FOR="192.0.2.77")
    assert not is_in(guesser)

    count_anew()
    sign_in(guesser)
    assert is_in(guesser)


def test_a_password_of_a_megabyte_is_refused_before_it_is_hashed(alice: Any, monkeypatch: Any) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed: list[int] = []
    kept = MD5PasswordHasher.encode

    def encode(self: Any, password: str, salt: str) -> str:
        hashed.append(len(password))
        return kept(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    client = Client()
    sign_in(client, "x" * 1_000_000)
    client.post("/join/", {"name": "X", "email": "x@example.org", "password1": "x" * 1_000_000})

    assert max(hashed, default=0) <= 128
    assert not is_in(client)


def test_a_reset_and_a_sign_in_tell_nothing_of_who_is_known(alice: Any) -> None:
    said = []
    for who in ("alice@example.org", "nobody@example.org"):
        count_anew()
        wrong = sign_in(Client(), "wrong", who)
        body = re.sub(r'value="[^"]{30,}"|nonce="[^"]+"', "", wrong.content.decode()).replace(who, "")
        reset = Client().post("/account/password/reset/", {"email": who})
        said.append((wrong.status_code, body, reset.status_code, reset["Location"]))

    assert said[0] == said[1]


def test_signing_in_and_out_change_the_session_and_end_the_old_one(alice: Any) -> None:
    client = Client()
    client.get("/sign-in/")
    before = client.cookies.get("session")
    sign_in(client)
    inside = client.cookies["session"].value
    assert before is None or before.value != inside

    client.post("/sign-out/")
    thief = Client()
    thief.cookies["session"] = inside
    assert not is_in(thief)
