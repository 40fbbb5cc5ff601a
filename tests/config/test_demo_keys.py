"""The demo's sign-ins and keys."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from community.integrations.models import ApiKey


@pytest.fixture
def cast(make_member):
    from community.members.models import Role

    for handle, role in {
        "maya": "member",
        "tomasz": "member",
        "hana": "moderator",
        "dewi": "manager",
        "admin": "admin",
        "rex": "member",
    }.items():
        make_member(handle, role=Role(role), email=f"{handle}@tarn.example")


def run():
    said = StringIO()
    call_command("demo_keys", stdout=said)
    return json.loads(said.getvalue())


def test_keys_open_what_they_say(cast, client):
    said = run()

    assert said["accounts"]["leader"]["handle"] == "tomasz"
    bearer = {"Authorization": f"Bearer {said['keys']['read']['token']}"}
    assert client.get("/api/v1/me", headers=bearer).json()["handle"] == "maya"
    assert client.post("/api/v1/threads", headers=bearer).status_code == 403


def test_asking_again_revokes_the_keys_of_before(cast, client):
    before = run()["keys"]["read"]["token"]

    after = run()["keys"]["read"]["token"]

    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {before}"}).status_code == 401
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {after}"}).status_code == 200
    assert ApiKey.objects.usable().count() == 5


def test_without_the_demo_it_says_what_to_do(db):
    with pytest.raises(CommandError, match="seed_demo"):
        run()


def test_real_people_with_the_names_of_the_demo_are_not_its_people(make_member):
    for handle in ("maya", "tomasz", "hana", "dewi", "admin", "rex"):
        make_member(handle, role="admin" if handle == "admin" else "member")

    with pytest.raises(CommandError, match="not here"):
        run()

    assert not ApiKey.objects.exists()


def test_a_public_site_gets_neither_keys_nor_people_of_the_demo(cast, monkeypatch):
    monkeypatch.setenv("PORCHLIGHT_ENV", "production")

    for command in ("demo_keys", "seed_demo"):
        with pytest.raises(CommandError, match="public site"):
            call_command(command, stdout=StringIO())

    assert not ApiKey.objects.exists()


def test_the_demo_is_not_told_among_other_people(alice):
    with pytest.raises(CommandError, match="empty community"):
        call_command("seed_demo", stdout=StringIO())

    assert list(type(alice).objects.values_list("handle", flat=True)) == ["alice"]
