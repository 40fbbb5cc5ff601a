"""How allauth meets our members."""

from typing import Any

import pytest

from community.members.models import Member

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
