"""What a provider says is believed only when it is signed, fresh, meant for us, asked for by this browser and about one person."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from community.members.models import Member, SignOnProvider, TermsAcceptance
from community.members.signon.actions import save_provider
from community.members.signon.providers import forget
from community.members.terms import memory
from community.members.terms.actions import publish_terms
from tests.community.members.signon.made_up_provider import (
    OTHER_KEY,
    MadeUp,
    made_up_provider,
    text_of_public_key,
)

pytestmark = pytest.mark.django_db
JOIN = "/account/3rdparty/signup/"


@pytest.fixture
def tarn(admin: Any, settings: Any) -> Iterator[MadeUp]:
    """A provider that is on here."""
    with made_up_provider() as made_up:
        settings.EGRESS_TRUSTED = [made_up.url]
        for key in ("tarn", "second"):
            changes = {"key": key, "name": key.title(), "server_url": made_up.url, "client_id": "porch"}
            save_provider(
                actor=admin, row=SignOnProvider(), changes=changes | {"is_on": True}, secret="s" * 40
            )
        forget()
        yield made_up
    forget()


def leave(client: Client, key: str = "tarn", onward: str = "") -> dict[str, str]:
    """Go to the provider; return what it is asked."""
    answer = client.post(f"/account/via/{key}/", {"next": onward})
    assert answer.status_code == 200
    asked = parse_qs(urlsplit(answer["Refresh"].split("url=", 1)[1]).query)
    return {name: values[0] for name, values in asked.items()}


def come_back(client: Client, state: str, key: str = "tarn") -> Any:
    return client.get(f"/account/via/{key}/back/", {"code": "c", "state": state})


def go_and_return(client: Client, tarn: MadeUp) -> Any:
    asked = leave(client)
    tarn.word.setdefault("nonce", asked["nonce"])
    return come_back(client, asked["state"])


def is_refused(answer: Any) -> bool:
    nobody = (
        not SocialAccount.objects.exists() and not Member.objects.filter(email="ines@example.org").exists()
    )
    return answer.status_code == 401 and nobody and "_auth_user_id" not in answer.client.session


def test_a_word_in_order_leads_to_joining(client: Client, tarn: MadeUp) -> None:
    asked = leave(client)
    assert asked["code_challenge_method"] == "S256"
    assert asked["response_type"] == "code"
    assert len(asked["nonce"]) >= 32
    assert asked["redirect_uri"].endswith("/account/via/tarn/back/")

    tarn.word["nonce"] = asked["nonce"]
    assert come_back(client, asked["state"])["Location"] == JOIN
    assert 'value="ines@example.org"' in client.get(JOIN).content.decode()


def unsigned(tarn: MadeUp) -> None:
    tarn.algorithm = "none"


def signed_by_another(tarn: MadeUp) -> None:
    tarn.signs_with = OTHER_KEY


def signed_by_a_key_it_does_not_have(tarn: MadeUp) -> None:
    tarn.signs_with, tarn.name_of_key = OTHER_KEY, "two"


def signed_with_the_public_key_as_a_secret(tarn: MadeUp) -> None:
    tarn.algorithm, tarn.signs_with = "HS256", text_of_public_key()


def signed_with_our_shared_secret(tarn: MadeUp) -> None:
    tarn.algorithm, tarn.signs_with = "HS256", "s" * 40


def expired(tarn: MadeUp) -> None:
    tarn.word["exp"] = int(time.time()) - 120


def without_an_end(tarn: MadeUp) -> None:
    del tarn.word["exp"]


def for_another_client(tarn: MadeUp) -> None:
    tarn.word["aud"] = "somebody else"


def made_for_another_of_several(tarn: MadeUp) -> None:
    tarn.word |= {"aud": ["porch", "other"], "azp": "other"}


def for_several_without_a_word_for_whom(tarn: MadeUp) -> None:
    tarn.word["aud"] = ["porch", "other"]


def by_another_issuer(tarn: MadeUp) -> None:
    tarn.word["iss"] = "https://accounts.google.com"


def about_two_people(tarn: MadeUp) -> None:
    tarn.told["sub"] = "somebody-else"


def about_nobody(tarn: MadeUp) -> None:
    del tarn.word["sub"]


def for_another_way(tarn: MadeUp) -> None:
    tarn.word["nonce"] = "what another browser began with"


def without_a_way(tarn: MadeUp) -> None:
    tarn.word["nonce"] = None


def without_a_word(tarn: MadeUp) -> None:
    tarn.without_word = True


ATTACKS = [
    unsigned,
    signed_by_another,
    signed_by_a_key_it_does_not_have,
    signed_with_the_public_key_as_a_secret,
    signed_with_our_shared_secret,
    expired,
    without_an_end,
    for_another_client,
    made_for_another_of_several,
    for_several_without_a_word_for_whom,
    by_another_issuer,
    about_two_people,
    about_nobody,
    for_another_way,
    without_a_way,
    without_a_word,
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_word_that_is_not_in_order_opens_nothing(
    client: Client, tarn: MadeUp, attack: Callable[[MadeUp], None]
) -> None:
    attack(tarn)
    assert is_refused(go_and_return(client, tarn))


def test_a_word_is_taken_once(client: Client, tarn: MadeUp) -> None:
    """A signed claim that somebody is a customer is worth nothing the second time."""
    tarn.word["jti"] = f"once-{time.time()}"
    assert go_and_return(client, tarn)["Location"] == JOIN

    stranger = Client()
    tarn.word["nonce"] = leave(stranger)["nonce"]
    asked = leave(stranger)
    tarn.word["nonce"] = asked["nonce"]
    assert is_refused(come_back(stranger, asked["state"]))


def test_a_key_without_a_name_is_tried(client: Client, tarn: MadeUp) -> None:
    tarn.name_of_key = None
    assert go_and_return(client, tarn)["Location"] == JOIN


def test_the_way_belongs_to_one_browser_one_provider_and_one_use(client: Client, tarn: MadeUp) -> None:
    asked = leave(client)
    tarn.word["nonce"] = asked["nonce"]

    assert is_refused(come_back(Client(), asked["state"]))
    assert is_refused(come_back(client, asked["state"], key="second"))
    assert is_refused(come_back(client, asked["state"] + "x"))
    assert come_back(client, asked["state"])["Location"] == JOIN
    assert come_back(client, asked["state"]).status_code == 401


@pytest.mark.parametrize("verified", [False, None, "false", "False", 0, 1, "yes", [], {"a": 1}])
def test_an_e_mail_counts_only_when_it_is_called_confirmed(
    client: Client, tarn: MadeUp, verified: Any
) -> None:
    tarn.be("ines", email_verified=verified)

    answer = go_and_return(client, tarn)

    assert answer["Location"].startswith("/sign-in/")
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("verified", [True, "false"])
def test_an_account_is_never_taken_over_by_its_address(
    client: Client, tarn: MadeUp, alice: Any, verified: Any
) -> None:
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    tarn.be("not-alice", email="ALICE@example.org", email_verified=verified)

    answer = go_and_return(client, tarn)

    assert answer["Location"].startswith("/sign-in/")
    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.exists()


def test_one_tenant_of_microsoft_speaks_for_itself_alone(client: Client, tarn: MadeUp) -> None:
    tenant, other = "11111111-2222-3333-4444-555555555555", "99999999-2222-3333-4444-555555555555"
    whole = tarn.url + "/{tenantid}/v2.0"
    tarn.issuer = whole
    tarn.word |= {"iss": whole.replace("{tenantid}", tenant), "tid": other}
    assert is_refused(go_and_return(client, tarn))
    tarn.word |= {"iss": whole, "tid": "{tenantid}"}
    del tarn.word["nonce"]
    assert is_refused(go_and_return(client, tarn))

    tarn.word |= {"iss": whole.replace("{tenantid}", tenant), "tid": tenant}
    del tarn.word["nonce"]
    assert go_and_return(client, tarn)["Location"] == JOIN


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_way_leads_back_to_this_site(client: Client, tarn: MadeUp, alice: Any, onward: str) -> None:
    SocialAccount.objects.create(user=alice, provider="tarn", uid="ines")
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    asked = leave(client, onward=onward)
    tarn.word["nonce"] = asked["nonce"]

    answer = come_back(client, asked["state"])

    assert answer["Location"] == "/"
    assert re.fullmatch(r"\d+", client.session["_auth_user_id"])


def test_who_comes_by_a_provider_agrees_to_the_terms_too_and_is_asked_again(
    client: Client, tarn: MadeUp, manager: Any
) -> None:
    publish_terms(actor=manager, document="terms", body="Be kind.", changes="It says be kind.")
    memory.remember(1)
    assert go_and_return(client, tarn)["Location"] == JOIN
    client.post(JOIN, {"name": "Ines Ibarra", "email": "ines@example.org"})
    ines = Member.objects.get(email="ines@example.org")
    assert TermsAcceptance.objects.get(member=ines).round == ines.terms_round == 1

    publish_terms(actor=manager, document="terms", body="Be kinder.", changes="It says be kinder.")
    memory.remember(2)
    stranger = Client()
    asked = leave(stranger)
    tarn.be("ines")
    tarn.word["nonce"] = asked["nonce"]
    come_back(stranger, asked["state"])
    answer = stranger.get("/me/settings/profile/", HTTP_ACCEPT="text/html")
    assert (answer.status_code, urlsplit(answer["Location"]).path) == (303, "/terms/agree/")
    stranger.post("/terms/agree/", {"round": "2"})
    ines.refresh_from_db()
    assert ines.terms_round == 2
    memory.forget()
