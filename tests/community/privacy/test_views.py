"""One's own data in the browser and by programs."""

import io
import time
import zipfile
from typing import Any

import pytest

from community.integrations.actions import create_api_key
from community.privacy.exporting.building import build_waiting
from community.privacy.models import Erasure, Export, ExportState

pytestmark = pytest.mark.django_db
PAGE = "/me/settings/privacy/data/"
PASSWORD = "a long enough password"


def proven(client: Any) -> Any:
    """Let whoever is signed in have shown a moment ago who they are."""
    session = client.session
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session.save()
    return client


def test_a_copy_is_asked_for_and_fetched_once(sign_in: Any, alice: Any) -> None:
    client = proven(sign_in(alice))
    assert "Make a copy" in client.get(PAGE).content.decode()

    assert client.post(f"{PAGE}copy/")["Location"] == PAGE
    assert "is being made" in client.get(PAGE, headers={"HX-Request": "true"}).content.decode()
    assert build_waiting() == 1
    assert "Fetch my copy" in client.get(PAGE).content.decode()

    export = Export.objects.get()
    answer = client.post(f"{PAGE}copy/{export.pk}/")
    body = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "private, no-store"
    assert {"data.json", "index.html"} <= set(zipfile.ZipFile(io.BytesIO(body)).namelist())
    assert client.post(f"{PAGE}copy/{export.pk}/").status_code == 410


def test_who_has_not_shown_who_they_are_is_asked_first(sign_in: Any, alice: Any) -> None:
    client = sign_in(alice)
    export = Export.objects.create(member=alice, state=ExportState.READY)

    for address in (f"{PAGE}copy/", f"{PAGE}copy/{export.pk}/"):
        assert client.post(address)["Location"].startswith("/account/reauthenticate/")
    erase = client.post("/me/settings/privacy/erase/", {"posts": "keep", "sure": "on"})
    assert erase["Location"].startswith("/account/reauthenticate/")

    assert Export.objects.count() == 1
    assert not Erasure.objects.exists()


def test_asking_again_too_soon_says_when(sign_in: Any, alice: Any) -> None:
    client = proven(sign_in(alice))
    client.post(f"{PAGE}copy/")

    page = client.post(f"{PAGE}copy/", follow=True).content.decode()

    assert "You can ask for another copy in 24 hours." in page
    assert Export.objects.count() == 1


def test_the_copy_of_another_is_not_there(sign_in: Any, alice: Any, bob: Any, admin: Any) -> None:
    export = Export.objects.create(member=alice, state=ExportState.READY)

    for other in (bob, admin):
        assert proven(sign_in(other)).post(f"{PAGE}copy/{export.pk}/").status_code == 404


def test_leaving_signs_out_and_says_until_when_one_may_return(sign_in: Any, alice: Any) -> None:
    client = proven(sign_in(alice))
    assert client.post("/me/settings/privacy/erase/", {"posts": "keep"}).status_code == 422

    page = client.post("/me/settings/privacy/erase/", {"posts": "delete", "sure": "on"}, follow=True)

    assert "You are signed out." in page.content.decode()
    assert Erasure.objects.get().deletes_posts is True
    assert client.get(PAGE).status_code == 302


def test_a_program_proves_who_asks_by_the_password(client: Any, alice: Any, admin: Any) -> None:
    _key, text = create_api_key(actor=admin, member=alice, name="Mine", scopes=["me:read", "me:write"])
    said = {"headers": {"Authorization": f"Bearer {text}"}, "content_type": "application/json"}

    wrong = client.post("/api/v1/me/exports", {"password": "no"}, **said)
    assert (wrong.status_code, wrong.json()["code"]) == (403, "password_wrong")
    asked = client.post("/api/v1/me/exports", {"password": PASSWORD}, **said)
    assert asked.status_code == 201, asked.content
    build_waiting()
    pk = asked.json()["id"]
    assert client.get(f"/api/v1/me/exports/{pk}", **said).json()["state"] == "ready"
    again = {**said, "headers": {**said["headers"], "Idempotency-Key": "one"}}
    file = client.post(f"/api/v1/me/exports/{pk}/file", {"password": PASSWORD}, **again)
    assert b"".join(file.streaming_content)[:2] == b"PK"
    assert client.post(f"/api/v1/me/exports/{pk}/file", {"password": PASSWORD}, **said).status_code == 410
    assert not Erasure.objects.exists()


def test_guessing_the_password_by_a_program_is_limited(
    client: Any, alice: Any, admin: Any, settings: Any
) -> None:
    settings.LIMITS_ENABLED = True
    _key, text = create_api_key(actor=admin, member=alice, name="Mine", scopes=["me:write"])
    said = {"headers": {"Authorization": f"Bearer {text}"}, "content_type": "application/json"}

    answers = [
        client.post("/api/v1/me/erasure", {"password": f"no {n}"}, **said).status_code for n in range(6)
    ]

    assert answers == [403] * 5 + [429]
    assert not Erasure.objects.exists()


def test_a_program_leaves_for_its_member(client: Any, alice: Any, admin: Any) -> None:
    _key, text = create_api_key(actor=admin, member=alice, name="Mine", scopes=["me:read", "me:write"])
    said = {"headers": {"Authorization": f"Bearer {text}"}, "content_type": "application/json"}

    answer = client.post("/api/v1/me/erasure", {"password": PASSWORD, "deletes_posts": True}, **said)

    assert (answer.status_code, answer.json()["deletes_posts"]) == (201, True)
    assert client.get("/api/v1/me", **said).status_code == 401
