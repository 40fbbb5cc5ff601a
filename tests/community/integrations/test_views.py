"""Managers make keys on their settings page."""

import time

import pytest

from community.integrations.models import ApiKey

PASSWORD = "a long enough password"
FORM = {"name": "Shop reviews", "scopes": ["threads:read", "search:read"], "days": "90"}


def proven(client, ago=0.0):
    """Let whoever is signed in have shown who they are, so many seconds ago."""
    session = client.session
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() - ago, "reauthenticated": True}
    ]
    session.save()
    return client


def test_a_key_is_shown_once(sign_in, manager):
    client = proven(sign_in(manager))

    answer = client.post("/me/settings/keys/", FORM)

    key = ApiKey.objects.get()
    page = answer.content.decode()
    assert answer.status_code == 201
    assert f"plk_{key.prefix}_" in page
    assert (key.member, key.scopes) == (manager, ["threads:read", "search:read"])
    assert answer["Cache-Control"] == "private, no-store"
    again = client.get("/me/settings/keys/").content.decode()
    assert f"plk_{key.prefix}_" not in again
    assert f"plk_{key.prefix}…" in again


def test_a_key_without_scopes_is_not_made(sign_in, manager):
    answer = sign_in(manager).post("/me/settings/keys/", {"name": "X", "days": "90"})

    assert answer.status_code == 422
    assert "Choose at least one." in answer.content.decode()
    assert not ApiKey.objects.exists()


def test_members_do_not_find_the_page(sign_in, alice, mod, client):
    for someone in (alice, mod):
        assert sign_in(someone).get("/me/settings/keys/").status_code == 404
        assert sign_in(someone).post("/me/settings/keys/", FORM).status_code == 404
    assert client.get("/me/settings/keys/").status_code == 302
    assert not ApiKey.objects.exists()


def test_one_revokes_ones_own_keys_only(sign_in, manager, admin, make_member):
    other = make_member("other", role="manager")
    proven(sign_in(manager)).post("/me/settings/keys/", FORM)
    key = ApiKey.objects.get()

    assert sign_in(other).post(f"/me/settings/keys/{key.pk}/revoke/").status_code == 404
    key.refresh_from_db()
    assert key.revoked_at is None

    assert sign_in(manager).post(f"/me/settings/keys/{key.pk}/revoke/").status_code == 303
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_administrators_see_every_key_and_its_secret_nowhere(sign_in, manager, admin):
    proven(sign_in(manager)).post("/me/settings/keys/", FORM)
    key = ApiKey.objects.get()

    client = sign_in(admin)
    listing = client.get("/admin/integrations/apikey/")
    detail = client.get(f"/admin/integrations/apikey/{key.pk}/change/")

    assert listing.status_code == detail.status_code == 200
    assert key.secret_hash not in (listing.content + detail.content).decode()
    client.post("/admin/integrations/apikey/", {"action": "revoke", "_selected_action": [key.pk]})
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_administrators_register_sites_in_the_admin(sign_in, admin, mod):
    from community.integrations.models import EmbedOrigin

    sign_in(admin).post(
        "/admin/integrations/embedorigin/add/", {"origin": "https://shop.example.org", "label": "Shop"}
    )

    assert EmbedOrigin.objects.get().added_by == admin
    assert sign_in(mod).get("/admin/integrations/embedorigin/").status_code == 403


@pytest.mark.parametrize("ago", [None, 301])
def test_who_makes_a_key_shows_first_who_they_are_and_loses_nothing_typed(sign_in, manager, ago):
    client = sign_in(manager) if ago is None else proven(sign_in(manager), ago)

    asked = client.post("/me/settings/keys/", FORM)

    assert asked.status_code == 302
    assert asked["Location"].startswith("/account/reauthenticate/?next=")
    assert not ApiKey.objects.exists()

    wrong = client.post(asked["Location"], {"password": "another one"})
    assert wrong.status_code == 200
    assert not ApiKey.objects.exists()

    made = client.post(asked["Location"], {"password": PASSWORD})
    key = ApiKey.objects.get()
    assert f"plk_{key.prefix}_" in made.content.decode()
    assert made["Cache-Control"] == "private, no-store"
    assert (key.member, key.scopes) == (manager, ["threads:read", "search:read"])


def test_a_form_that_needs_another_look_asks_for_no_password(sign_in, manager):
    assert sign_in(manager).post("/me/settings/keys/", {**FORM, "name": ""}).status_code == 422
