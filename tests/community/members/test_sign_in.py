"""How allauth meets our members."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.members.models import Member
from community.members.sign_in import suggest_handle
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db


def join(client: Any, name: str) -> Any:
    values = {"name": name, "email": "priya.private@example.org", "password1": "a long enough password"}
    return client.post("/join/", values)


def test_a_handle_is_made_from_the_name_and_tells_nothing_of_the_address(client: Any) -> None:
    join(client, "Priya Nair")

    assert Member.objects.values_list("handle", "name").get() == ("priya-nair", "Priya Nair")


def test_a_name_without_latin_letters_does_not_give_the_address_away(client: Any) -> None:
    join(client, "佐藤")

    assert Member.objects.get().handle == "member"


def test_a_newcomers_name_is_kept_on_one_line(client: Any) -> None:
    join(client, "Priya\nBcc: everyone@example.org")

    assert Member.objects.get().name == "Priya Bcc: everyone@example.org"


def test_a_name_that_takes_no_ink_is_asked_for_again(client: Any) -> None:
    answer = join(client, "\u200b\u3164")

    assert "Enter the name others should see." in answer.content.decode()
    assert not Member.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_people_of_one_name_who_join_at_once_all_get_in() -> None:
    def newcomer(number: int) -> Callable[[], Any]:
        values = {
            "name": "Tom Kerr",
            "email": f"tom{number}@example.org",
            "password1": "a long enough password",
        }
        return lambda: Client(REMOTE_ADDR=f"198.51.100.{number}").post("/join/", values).status_code

    assert set(all_at_once([newcomer(number) for number in range(8)])) == {302}

    handles = set(Member.objects.values_list("handle", flat=True))
    assert len(handles) == 8
    assert all(re.fullmatch(r"tom-kerr(-\d+)?", handle) for handle in handles)


@pytest.mark.django_db(transaction=True)
def test_one_address_that_joins_twice_at_once_is_one_account_and_tells_nothing(settings: Any) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    answers = all_at_once([lambda: join(Client(REMOTE_ADDR="203.0.113.9"), "Priya Nair")] * 6)

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, "/account/confirm-email/")
    }
    assert Member.objects.count() == 1


def test_a_name_that_everybody_has_takes_one_look(make_member: Any) -> None:
    for handle in ("tom", "tom-2", "Tom-3", "tom-5", "tomas"):
        make_member(handle)

    with CaptureQueriesContext(connection) as asked:
        assert suggest_handle("Tom") == "tom-4"
    assert len(asked) == 1
    assert suggest_handle("Admin") == "admin-2"
