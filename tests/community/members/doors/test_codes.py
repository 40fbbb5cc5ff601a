"""Signing in with a code from an e-mail."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from tests.community.members.doors.counting import count_anew

pytestmark = pytest.mark.django_db
ASK, WRITE = "/account/login/code/", "/account/login/code/confirm/"


@pytest.fixture(autouse=True)
def confirmed(alice: Any) -> None:
    count_anew()
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)


def ask(client: Client, email: str = "alice@example.org") -> Any:
    return client.post(ASK, {"email": email})


def code_in_mail() -> str:
    found = re.match(r"(\S+) is your sign-in code", mail.outbox[-1].subject)
    assert found
    return found[1]


def is_in(client: Client) -> bool:
    return client.get("/me/settings/account/").status_code == 200


def test_the_code_of_an_e_mail_signs_in_once(client: Client) -> None:
    assert ask(client)["Location"] == WRITE
    assert "Write the code" in client.get(WRITE).content.decode()
    code = code_in_mail()

    assert client.post(WRITE, {"code": code.lower()}).status_code == 302
    assert is_in(client)

    client.post("/sign-out/")
    assert client.post(WRITE, {"code": code})["Location"] == ASK
    assert not is_in(client)


def test_a_code_works_only_in_the_browser_that_asked(client: Client) -> None:
    ask(client)
    code, other = code_in_mail(), Client()
    ask(other, "nobody@example.org")

    assert not is_in(other)
    other.post(WRITE, {"code": code})
    assert not is_in(other)


def test_after_three_wrong_codes_the_right_one_is_dead(client: Client) -> None:
    ask(client)
    code = code_in_mail()
    for _turn in range(3):
        client.post(WRITE, {"code": "WRONG-CODE"})

    client.post(WRITE, {"code": code})
    assert not is_in(client)


def test_an_older_code_is_dead_when_a_newer_one_was_asked_for(client: Client) -> None:
    ask(client)
    older = code_in_mail()
    client.post(WRITE, {"action": "resend"})
    assert code_in_mail() != older

    client.post(WRITE, {"code": older})
    assert not is_in(client)
    client.post(WRITE, {"code": code_in_mail()})
    assert is_in(client)


def test_a_code_is_dead_after_ten_minutes_and_for_a_closed_account(client: Client, alice: Any) -> None:
    import time_machine as clock

    ask(client)
    with clock.travel(__import__("time").time() + 601):
        client.post(WRITE, {"code": code_in_mail()})
        assert not is_in(client)

    ask(client)
    alice.is_active = False
    alice.save()
    client.post(WRITE, {"code": code_in_mail()})
    assert not is_in(client)


def test_known_and_unknown_addresses_are_answered_alike() -> None:
    answers = []
    for email in ("alice@example.org", "nobody@example.org"):
        client = Client()
        first = ask(client, email)
        page = client.get(WRITE)
        body = re.sub(r'value="[^"]{30,}"|nonce="[^"]+"', "", page.content.decode()).replace(email, "")
        wrong = client.post(WRITE, {"code": "WRONG-CODE"})
        answers.append((first.status_code, first["Location"], page.status_code, body, wrong.status_code))

    assert answers[0] == answers[1]


def test_where_managers_switched_it_off_the_page_is_gone(client: Client, set_doors: Any) -> None:
    set_doors(code_sign_in=False)

    assert client.get(ASK).status_code == 404
    assert "sign-in code" not in client.get("/sign-in/").content.decode()


def test_codes_are_asked_for_a_few_times_a_day_only() -> None:
    said = [ask(Client()).status_code for _turn in range(6)]

    assert said[:5] == [302] * 5
    assert said[5] == 200
    assert len(mail.outbox) == 5


def test_a_new_device_is_told_once_and_never_the_first(client: Client, alice: Any, deliver_all: Any) -> None:
    from community.notifications.models import Notice

    def sign_in(client: Client) -> None:
        client.post("/sign-in/", {"login": "alice", "password": "a long enough password"})
        assert is_in(client)
        deliver_all()

    sign_in(client)
    told = Notice.objects.filter(member=alice, kind="member.new_device")
    assert not told.exists()

    for _turn in range(2):
        client.post("/sign-out/")
        sign_in(client)
    assert not told.exists()

    other = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    sign_in(other)
    assert told.count() == 1
    assert "Firefox on Linux" in other.get("/notifications/").content.decode()
    other.post("/sign-out/")
    sign_in(other)
    assert told.count() == 1


def test_a_forged_word_of_a_device_is_worth_nothing(client: Client, alice: Any, deliver_all: Any) -> None:
    from community.activity.models import Activity

    client.post("/sign-in/", {"login": "alice", "password": "a long enough password"})
    other = Client()
    other.cookies["device"] = client.cookies["device"].value + "x"
    other.post("/sign-in/", {"login": "alice", "password": "a long enough password"})

    assert Activity.objects.filter(verb="member.new_device").count() == 1
