"""This community as the one that says who somebody is, attacked by the sites that ask it: a real instance with two clients."""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.other_instance import Other, other_instance

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("sign_on")]
BACK = "https://shop.example/back/"
WORD = "a long enough password"
Site = dict[str, str]


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Other]:
    with other_instance(tmp_path_factory.mktemp("vouching")) as running:
        yield running


@pytest.fixture(scope="module")
def shop(other: Other) -> Site:
    return other.client(BACK)


@pytest.fixture(scope="module")
def stranger(other: Other) -> Site:
    return other.client("https://stranger.example/back/")


@pytest.fixture(scope="module")
def priya(other: Other) -> requests.Session:
    """A browser in which a member is signed in there."""
    line = requests.Session()
    page = line.get(f"{other.url}/sign-in/").text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    typed = {"login": "priya@example.org", "password": WORD, "csrfmiddlewaretoken": token[1]}
    headers = {"Referer": f"{other.url}/sign-in/"}
    assert line.post(f"{other.url}/sign-in/", typed, headers=headers).status_code == 200
    return line


def ask(line: requests.Session, other: Other, site: Site, **more: str) -> requests.Response:
    asked = {"response_type": "code", "client_id": site["client_id"], "redirect_uri": BACK, "state": "s"}
    asked |= {"scope": "openid profile email"} | more
    return line.get(
        f"{other.url}/identity/o/authorize",
        params={name: value for name, value in asked.items() if value},
        allow_redirects=False,
    )


def onward(answer: requests.Response) -> str:
    return answer.headers.get("Location", "") or answer.headers.get("Refresh", "").partition("url=")[2]


def code_in(answer: requests.Response) -> str:
    found = parse_qs(urlsplit(onward(answer)).query)
    assert "code" in found, (answer.status_code, onward(answer), answer.text[:500])
    return found["code"][0]


def redeem(other: Other, site: Site, code: str, **more: str) -> requests.Response:
    sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
    sent |= {"client_id": site["client_id"], "client_secret": site["client_secret"]} | more
    return requests.post(
        f"{other.url}/identity/o/api/token", {k: v for k, v in sent.items() if v}, timeout=20
    )


def challenge() -> tuple[str, str]:
    verifier = secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    return verifier, base64.urlsafe_b64encode(digest).decode().rstrip("=")


def test_a_code_is_worth_something_once_and_to_its_site_alone(
    other: Other, shop: Site, stranger: Site, priya: requests.Session
) -> None:
    code = code_in(ask(priya, other, shop))
    assert redeem(other, stranger, code).status_code >= 400
    code = code_in(ask(priya, other, shop))
    assert redeem(other, {**shop, "client_secret": "guessed"}, code).status_code >= 400
    code = code_in(ask(priya, other, shop))
    assert redeem(other, shop, code, redirect_uri="https://shop.example/elsewhere/").status_code >= 400

    code = code_in(ask(priya, other, shop, nonce="n-1"))
    given = redeem(other, shop, code)
    assert given.status_code == 200
    assert redeem(other, shop, code).json()["error"] == "invalid_grant"
    said: Any = requests.get(
        f"{other.url}/identity/o/api/userinfo",
        headers={"Authorization": f"Bearer {given.json()['access_token']}"},
        timeout=20,
    ).json()
    assert said["email"] == "priya@example.org"


def test_of_many_who_come_with_one_code_at_once_one_is_heard(
    other: Other, shop: Site, priya: requests.Session
) -> None:
    code = code_in(ask(priya, other, shop))
    with ThreadPoolExecutor(8) as crowd:
        found = list(crowd.map(lambda _turn: redeem(other, shop, code).status_code, range(8)))
    assert found.count(200) == 1


@pytest.mark.parametrize(
    "address",
    [
        "https://shop.example/back",
        "https://shop.example/back/more/",
        "https://shop.example/back/?next=https://evil.example",
        "https://shop.example/back/../evil/",
        "https://shop.example.evil.example/back/",
        "https://shop.example@evil.example/back/",
        "https://evil.example/back/",
        "http://shop.example/back/",
        "https://shop.example:444/back/",
        "https://SHOP.example/back/#x",
        "//shop.example/back/",
        "javascript:alert(1)",
        "",
    ],
)
def test_nobody_is_led_to_an_address_that_was_not_written_down(
    other: Other, shop: Site, priya: requests.Session, address: str
) -> None:
    answer = ask(priya, other, shop, redirect_uri=address)
    assert not onward(answer)
    assert answer.status_code >= 400 or "code=" not in answer.text


def test_a_code_with_a_challenge_needs_its_answer(other: Other, shop: Site, priya: requests.Session) -> None:
    verifier, asked = challenge()
    for wrong in ("", challenge()[0], asked):
        code = code_in(ask(priya, other, shop, code_challenge=asked, code_challenge_method="S256"))
        assert redeem(other, shop, code, code_verifier=wrong).status_code >= 400
    code = code_in(ask(priya, other, shop, code_challenge=asked, code_challenge_method="S256"))
    assert redeem(other, shop, code, code_verifier=verifier).status_code == 200


def test_no_more_is_given_than_was_allowed(other: Other, shop: Site, priya: requests.Session) -> None:
    assert "code=" not in onward(ask(priya, other, shop, scope="openid profile email admin"))
    assert "code=" not in onward(ask(priya, other, shop, response_type="token"))
    assert "code=" not in onward(ask(priya, other, shop, response_type="id_token token", nonce="n"))

    code = code_in(ask(priya, other, shop, scope="openid"))
    given = redeem(other, shop, code, scope="openid profile email").json()
    assert set(given["scope"].split()) == {"openid"}
    headers = {"Authorization": f"Bearer {given['access_token']}"}
    said = requests.get(f"{other.url}/identity/o/api/userinfo", headers=headers, timeout=20).json()
    assert "email" not in said
    assert "name" not in said

    where = f"{other.url}/identity/o/api/userinfo"
    assert requests.get(where, timeout=20).status_code >= 400
    assert requests.get(where, params={"access_token": given["access_token"]}, timeout=20).status_code >= 400
    guessed = {"Authorization": "Bearer " + given["access_token"][:-1] + "x"}
    assert requests.get(where, headers=guessed, timeout=20).status_code >= 400
    for grant in ("password", "client_credentials"):
        more = {"grant_type": grant, "username": "priya@example.org", "password": WORD}
        assert redeem(other, shop, "", **more).status_code >= 400


def test_who_is_not_signed_in_is_asked_to_and_never_vouched_for(other: Other, shop: Site) -> None:
    answer = ask(requests.Session(), other, shop)
    assert urlsplit(onward(answer)).path == "/sign-in/"
    assert "code=" not in onward(ask(requests.Session(), other, shop, prompt="none"))


def test_a_yes_to_one_site_is_none_to_another(other: Other, shop: Site, priya: requests.Session) -> None:
    redeem(other, shop, code_in(ask(priya, other, shop)))
    curious: Site = __import__("json").loads(other.manage("sign_on_client", "Curious", BACK, "--ask"))

    quiet = ask(priya, other, curious, prompt="none")
    assert "code=" not in onward(quiet)
    shown = ask(priya, other, curious)
    assert (shown.status_code, onward(shown)) == (200, "")

    forged = {"request": "made:up", "action": "grant", "scopes": ["openid"]}
    refused = priya.post(f"{other.url}/identity/o/authorize", forged, allow_redirects=False)
    assert refused.status_code == 403


def test_signing_out_leads_nowhere_else(other: Other, shop: Site, priya: requests.Session) -> None:
    asked = {"client_id": shop["client_id"], "post_logout_redirect_uri": "https://evil.example/"}
    answer = priya.get(f"{other.url}/identity/o/logout", params=asked, allow_redirects=False)
    assert "evil.example" not in onward(answer)
