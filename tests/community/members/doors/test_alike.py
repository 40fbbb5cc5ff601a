"""Whether an account exists is told by no door (P-17): known and unknown get the same status, body and headers, and the same next
page. How long each takes is measured by `benchmarks/doors.py`."""

import re
import secrets
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher, make_password
from django.test import Client

from community.members.models import Member
from tests.community.members.doors.counting import count_anew

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "alice@example.org", "oscar@example.org"
# What differs between any two answers to the very same question.
_EACH_TIME = re.compile(r'nonce-?="?[^" ;]+|\'nonce-[^\']+\'|value="[^"]{30,}"|hx-headers=\'[^\']*\'')


@pytest.fixture(autouse=True)
def known(alice: Any) -> None:
    EmailAddress.objects.create(user=alice, email=KNOWN, verified=True, primary=True)


def sign_in(client: Client, email: str) -> Any:
    return client.post("/sign-in/", {"login": email, "password": "not the password at all"})


def sign_in_by_handle(client: Client, email: str) -> Any:
    return client.post("/sign-in/", {"login": email.split("@")[0], "password": "not the password at all"})


def reset(client: Client, email: str) -> Any:
    return client.post("/account/password/reset/", {"email": email})


def ask_code(client: Client, email: str) -> Any:
    return client.post("/account/login/code/", {"email": email})


def ask_code_again(client: Client, email: str) -> Any:
    ask_code(client, email)
    return client.post("/account/login/code/confirm/", {"action": "resend"})


def try_code(client: Client, email: str) -> Any:
    ask_code(client, email)
    return client.post("/account/login/code/confirm/", {"code": "WRONG-CODE"})


def join(client: Client, email: str) -> Any:
    typed = {"name": "Somebody New", "email": email, "password1": "a long enough password"}
    return client.post("/join/", typed)


def seen(answer: Any, email: str) -> tuple[Any, ...]:
    """Return everything of an answer that a visitor can tell, without what is drawn anew each time and what they typed."""
    headings = {
        name: _EACH_TIME.sub("", value)
        for name, value in answer.headers.items()
        if name not in ("Server-Timing", "X-Request-ID", "Date", "Expires")
    }
    body = _EACH_TIME.sub("", answer.content.decode()).replace(email, "").replace(email.split("@")[0], "")
    body = re.sub(r"[\w-]{43}", "", body)
    cookies = sorted((name, len(morsel.value), morsel["path"]) for name, morsel in answer.cookies.items())
    return answer.status_code, headings, body, cookies


@pytest.mark.parametrize("ask", [sign_in, sign_in_by_handle, reset, ask_code, ask_code_again, try_code, join])
def test_a_door_answers_the_known_and_the_unknown_alike(ask: Callable[[Client, str], Any]) -> None:
    told = []
    for email in (KNOWN, UNKNOWN):
        count_anew()
        client = Client(REMOTE_ADDR=f"2001:db8:{secrets.randbelow(65536):x}::7")
        answer = ask(client, email)
        where = answer.headers.get("Location", "")
        after = client.get(where) if where else answer
        told.append((seen(answer, email), seen(after, email)))

    assert told[0] == told[1]


def test_an_invitation_is_taken_alike_for_who_is_here_already(sign_in: Any, manager: Any) -> None:
    client = sign_in(manager)
    answers = [
        client.post("/me/invitations/", {"email": email, "message": "", "uses": "1"})
        for email in (KNOWN, "nobody-yet@example.org")
    ]

    assert answers[0].status_code == answers[1].status_code
    assert answers[0].headers.get("Location") == answers[1].headers.get("Location")


class Counting(MD5PasswordHasher):
    """Counts how often a password is hashed, which is what takes long at a door."""

    times = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).times += 1
        return super().encode(password, salt)


@pytest.mark.parametrize("whom", [KNOWN, UNKNOWN, "alice", "oscar", "without@example.org"])
def test_a_password_is_hashed_once_whoever_is_asked_for(settings: Any, whom: str) -> None:
    without = Member.objects.create_user("without", "without@example.org", None, name="Keys only")
    EmailAddress.objects.create(user=without, email=without.email, verified=True, primary=True)
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    Member.objects.filter(handle="alice").update(password=make_password("her own password here"))
    Counting.times = 0

    assert (
        Client().post("/sign-in/", {"login": whom, "password": "not the password at all"}).status_code == 200
    )

    assert Counting.times == 1
