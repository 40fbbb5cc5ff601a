"""What stands between a signed-in member and a page."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from community.integrations.actions import create_api_key
from community.members.doors import memory
from community.members.models import DoorRules

pytestmark = pytest.mark.django_db


def put(**values: Any) -> None:
    rules, _new = DoorRules.objects.update_or_create(pk=1, defaults=values)
    memory.remember(rules)


def client_of(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.mark.parametrize("address", ["/admin/", "/admin/members/member/", "/rooms/new/"])
def test_the_team_is_led_to_a_second_step_first(mod: Any, address: str) -> None:
    put(second_factor="staff")
    client = client_of(mod)

    answer = client.get(address)
    if address.startswith("/admin/"):
        assert (answer.status_code, answer["Location"].split("?")[0]) == (303, "/account/2fa/")
    assert client.get("/").status_code == 200
    assert not mod.is_at_least("moderator")

    mod.has_second_factor = True
    mod.save()
    assert client_of(mod).get("/admin/").status_code == 200


def test_staff_operations_wait_for_it_too_with_a_session_and_with_a_key(manager: Any, admin: Any) -> None:
    _key, secret = create_api_key(actor=admin, member=manager, name="Desk", scopes=["doors:read"])
    put(second_factor="staff")

    by_session = client_of(manager).get("/api/v1/doors")
    by_key = Client().get("/api/v1/doors", HTTP_AUTHORIZATION=f"Bearer {secret}")

    for answer in (by_session, by_key):
        assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required")


def test_members_are_left_alone_unless_everyone_must(alice: Any) -> None:
    put(second_factor="staff")
    assert client_of(alice).get("/me/settings/profile/").status_code == 200

    put(second_factor="everyone")
    client = client_of(alice)
    assert client.get("/me/settings/profile/")["Location"].startswith("/account/2fa/")
    assert client.get("/account/2fa/").status_code == 200
    assert client.get("/api/v1/me").json()["code"] == "second_factor_required"
    assert client.post("/sign-out/").status_code == 302


def test_off_asks_nobody(admin: Any) -> None:
    put(second_factor="off")

    assert client_of(admin).get("/admin/").status_code == 200


LOCAL = (
    "/join/",
    "/account/password/reset/",
    "/account/login/code/",
    "/account/2fa/webauthn/login/",
)


@pytest.mark.parametrize("address", LOCAL)
def test_where_only_the_brands_sign_in_opens_no_local_way_does(address: str, alice: Any) -> None:
    put(sign_on_only=True)

    for method in ("get", "post"):
        assert getattr(Client(), method)(address).status_code == 403


def test_nor_does_a_password(alice: Any, settings: Any) -> None:
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    put(sign_on_only=True)
    client = Client()
    page = client.get("/sign-in/").content.decode()
    assert 'name="password"' not in page
    client.post("/sign-in/", {"login": "alice", "password": "a long enough password"})
    assert not client.login(username="alice", password="a long enough password")

    settings.LOCAL_SIGN_IN = True
    client.post("/sign-in/", {"login": "alice", "password": "a long enough password"})
    assert client.get("/me/settings/account/").status_code == 200
