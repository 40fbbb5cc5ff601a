"""Changing providers, and the links between members and them."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from community.activity.models import Activity
from community.errors import Invalid, NotFound, Refused
from community.members.models import SignOnProvider
from community.members.signon.actions import (
    ask_provider,
    note_link,
    remove_provider,
    save_provider,
    unlink_account,
)
from community.members.signon.adapter import as_app
from community.members.signon.providers import find_provider, forget, from_row, providers
from community.members.signon.sealing import Unsealable, seal, unseal

pytestmark = pytest.mark.django_db
TARN = {"key": "tarn", "name": "Tarn", "server_url": "https://login.tarn.example", "client_id": "porch"}


@pytest.fixture
def tarn(manager: Any) -> SignOnProvider:
    row = save_provider(
        actor=manager, row=SignOnProvider(), changes=TARN | {"is_on": True}, secret="hush, a secret"
    )
    forget()
    return row


def test_a_secret_goes_in_sealed_and_no_log_tells_it(tarn: SignOnProvider) -> None:
    assert "hush" not in tarn.sealed_secret
    assert from_row(tarn).secret == "hush, a secret"
    assert "hush" not in repr(from_row(tarn))
    said = Activity.objects.get(verb="signon.changed").payload
    assert "secret" in said["fields"] and "hush" not in str(said)


def test_an_empty_secret_leaves_the_one_it_has(tarn: SignOnProvider, manager: Any) -> None:
    save_provider(actor=manager, row=tarn, changes={"name": "Tarn Outdoor"})

    tarn.refresh_from_db()
    assert (tarn.name, from_row(tarn).secret) == ("Tarn Outdoor", "hush, a secret")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"server_url": "http://login.tarn.example"}, "server_url"),
        ({"server_url": "https://127.0.0.1"}, "server_url"),
        ({"server_url": "https://10.0.0.8/"}, "server_url"),
        ({"key": "github", "kind": "oidc", "server_url": ""}, "server_url"),
        ({"kind": "github"}, "key"),
        ({"kind": "apple", "key": "apple"}, "team_id"),
        ({"is_on": True}, "is_on"),
        ({"key": "Not a key"}, "key"),
    ],
)
def test_what_cannot_work_is_named_and_nothing_is_kept(manager: Any, changes: Any, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        save_provider(actor=manager, row=SignOnProvider(), changes=TARN | changes)

    assert field in refusal.value.fields
    assert not SignOnProvider.objects.exists()


def test_only_an_administrator_leads_a_key_that_members_sign_in_by_elsewhere(
    manager: Any, admin: Any, tarn: SignOnProvider
) -> None:
    """Whoever answers for the key opens the accounts behind it: a manager would become an administrator."""
    SocialAccount.objects.create(user=admin, provider="tarn", uid="1")
    mine = "https://login.mine.example"

    with pytest.raises(Refused):
        save_provider(actor=manager, row=tarn, changes={"server_url": mine})
    tarn.refresh_from_db()
    save_provider(actor=manager, row=tarn, changes={"name": "Tarn Outdoor"})
    remove_provider(actor=manager, row=tarn)
    with pytest.raises(Refused):
        save_provider(actor=manager, row=SignOnProvider(), changes=TARN | {"server_url": mine})

    assert not SignOnProvider.objects.exists()
    save_provider(actor=admin, row=SignOnProvider(), changes=TARN | {"server_url": mine})
    assert SignOnProvider.objects.get().server_url == mine


def test_moderators_keep_no_providers(mod: Any, tarn: SignOnProvider) -> None:
    for refused in (
        lambda: save_provider(actor=mod, row=tarn, changes={"name": "Mine"}),
        lambda: remove_provider(actor=mod, row=tarn),
        lambda: ask_provider(actor=mod, row=tarn),
    ):
        with pytest.raises(Refused):
            refused()
    tarn.refresh_from_db()
    assert tarn.name == "Tarn"


def test_one_that_was_taken_away_opens_nothing(tarn: SignOnProvider, manager: Any, client: Any) -> None:
    assert "Go on with Tarn" in client.get("/sign-in/").content.decode()

    remove_provider(actor=manager, row=tarn)
    forget()

    assert find_provider("tarn") is None
    assert client.post("/account/via/tarn/").status_code == 404
    assert client.get("/account/via/tarn/back/?code=x&state=y").status_code == 404


def test_a_link_is_taken_away_but_never_the_last_way_in(alice: Any, bob: Any, tarn: SignOnProvider) -> None:
    link = SocialAccount.objects.create(user=alice, provider="tarn", uid="1")
    with pytest.raises(NotFound):
        unlink_account(actor=bob, pk=link.pk)
    alice.set_unusable_password()
    alice.save()
    with pytest.raises(Refused):
        unlink_account(actor=alice, pk=link.pk)

    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    assert unlink_account(actor=alice, pk=link.pk) == "Tarn"
    assert not SocialAccount.objects.exists()


def test_a_link_is_written_down(alice: Any) -> None:
    note_link(actor=alice, provider="tarn")

    assert Activity.objects.get(verb="member.link_added").payload == {"provider": "tarn"}


def test_the_environment_names_providers_too_and_wins(tarn: SignOnProvider, settings: Any) -> None:
    settings.SIGN_ON = [{"key": "tarn", "client_id": "env", "secret": "x", "kind": "google"}]
    forget()

    assert [(entry.key, entry.client_id, entry.issuer) for entry in providers()] == [
        ("tarn", "env", "https://accounts.google.com")
    ]


@pytest.mark.parametrize(
    ("kind", "server", "expected"),
    [
        ("google", "", "https://accounts.google.com"),
        ("microsoft", "", "https://login.microsoftonline.com/organizations/v2.0"),
        ("microsoft", "tarn-tenant", "https://login.microsoftonline.com/tarn-tenant/v2.0"),
    ],
)
def test_known_kinds_have_their_issuers(kind: str, server: str, expected: str) -> None:
    app = as_app(from_row(SignOnProvider(key="x", kind=kind, server_url=server, name="X")))

    assert (app.provider, app.settings["server_url"]) == ("openid_connect", expected)
    assert app.settings["oauth_pkce_enabled"] is True


def test_apples_key_signs_and_is_not_sent() -> None:
    row = SignOnProvider(key="apple", kind="apple", name="Apple", team_id="TEAM", key_id="KEY")
    row.sealed_secret = seal("-----PRIVATE-----", purpose="members.signon")
    app = as_app(from_row(row))

    assert (app.provider, app.key, app.secret) == ("apple", "TEAM", "KEY")
    assert app.settings["certificate_key"] == "-----PRIVATE-----"


def test_sealed_things_open_for_their_purpose_and_after_a_rotation_of_the_key(settings: Any) -> None:
    sealed = seal("hush", purpose="a")
    assert unseal(sealed, purpose="a") == "hush"
    with pytest.raises(Unsealable):
        unseal(sealed, purpose="b")

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "x" * 50
    assert unseal(sealed, purpose="a") == "hush"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unsealable):
        unseal(sealed, purpose="a")


def test_no_page_of_the_admin_shows_the_secret(tarn: SignOnProvider, manager: Any, client: Any) -> None:
    client.force_login(manager)
    page = client.get(f"/admin/members/signonprovider/{tarn.pk}/change/").content.decode()

    assert "hush" not in page and tarn.sealed_secret not in page
    assert "/account/via/tarn/back/" in page


def test_a_provider_is_changed_in_the_admin(tarn: SignOnProvider, manager: Any, client: Any) -> None:
    client.force_login(manager)
    typed = TARN | {"kind": "oidc", "name": "Tarn Outdoor", "secret": "", "position": 10, "is_on": "on"}
    answer = client.post(f"/admin/members/signonprovider/{tarn.pk}/change/", typed)

    assert answer.status_code == 302
    tarn.refresh_from_db()
    assert (tarn.name, tarn.is_on, from_row(tarn).secret) == ("Tarn Outdoor", True, "hush, a secret")


def test_a_secret_of_a_lost_key_closes_that_way_in_and_no_other(
    tarn: SignOnProvider, manager: Any, settings: Any, client: Any
) -> None:
    other = {**TARN, "key": "brook", "name": "Brook"}
    settings.SECRET_KEY = "another key, long enough to be one of ours"
    save_provider(actor=manager, row=SignOnProvider(), changes=other | {"is_on": True}, secret="hush too")
    forget()

    assert [provider.key for provider in providers()] == ["brook"]
    assert client.get("/sign-in/").status_code == 200
    assert (
        ask_provider(actor=manager, row=tarn)
        == "Its secret cannot be read any more. Write it down here again."
    )
