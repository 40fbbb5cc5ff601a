"""How answers may be kept."""

from typing import Any

from django.test import Client


def test_what_guests_get_is_asked_for_again_and_told_apart(alice: Any, space: Any, make_thread: Any) -> None:
    thread = make_thread(alice, space)

    for address in ("/people/", f"/t/{thread.pk}/", thread.get_absolute_url(), "/search/?q=tent"):
        answer = Client().get(address)
        assert answer["Cache-Control"] == "no-cache", address
        assert {"Cookie", "HX-Request", "Accept-Language"} <= set(answer["Vary"].split(", ")), address


def test_what_members_get_is_kept_nowhere(alice: Any) -> None:
    client = Client()
    client.force_login(alice)

    assert client.get("/people/")["Cache-Control"] == "private, no-store"
