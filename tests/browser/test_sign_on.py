"""Signing in by another Porchlight: two real instances, each with its database, and one browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from playwright.sync_api import Browser, BrowserContext, Page

from community.members.models import Member, SignOnProvider
from community.members.signon.actions import ask_provider, save_provider
from community.members.signon.providers import forget
from tests.other_instance import Other, other_instance

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("sign_on")]
WORD = "a long enough password"
BACK = "/account/via/tarn/back/"


@pytest.fixture(scope="module")
def other(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Other]:
    with other_instance(tmp_path_factory.mktemp("other")) as running:
        yield running


@pytest.fixture
def provider(other: Other, live_server: Any, transactional_db: None, settings: Any) -> SignOnProvider:
    """The other instance is a provider here."""
    settings.EGRESS_TRUSTED = [other.url]
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    known = other.client(live_server.url + BACK)
    manager = Member.objects.create_user("nora", "nora@example.org", WORD, name="Nora", role="manager")
    row = save_provider(
        actor=manager,
        row=SignOnProvider(),
        changes={
            "key": "tarn",
            "name": "Tarn",
            "server_url": other.url,
            "client_id": known["client_id"],
            "customer_claim": "trust_level",
            "is_on": True,
        },
        secret=known["client_secret"],
    )
    forget()
    return row


@pytest.fixture
def browser(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(service_workers="block")
    context.set_default_timeout(25_000)
    yield context
    context.close()


def leave(page: Page, here: str, other: Other, who: str = "priya") -> str:
    """Press the button here, sign in there, and return the address the other leads back to, not opened yet."""
    page.goto(here + "/sign-in/")
    caught: list[str] = []

    def catch(route: Any) -> None:
        caught.append(route.request.url)
        route.abort()

    page.route(f"**{BACK}*", catch)
    page.get_by_role("button", name="Go on with Tarn").click()
    page.wait_for_url(f"{other.url}/**")
    page.locator("input[name=login]").fill(f"{who}@example.org")
    page.locator("input[name=password]").fill(WORD)
    page.locator("main button[type=submit]").first.click()
    for _turn in range(100):
        if caught:
            break
        page.wait_for_timeout(100)
    page.unroute(f"**{BACK}*")
    assert caught, page.content()[-2000:]
    return caught[0]


def is_in(page: Page, here: str) -> bool:
    return page.request.get(here + "/me/settings/account/", max_redirects=0).status == 200


def test_a_newcomer_joins_by_the_other_and_comes_back_as_the_same(
    provider: SignOnProvider, other: Other, live_server: Any, browser: BrowserContext
) -> None:
    here, page = live_server.url, browser.new_page()
    page.goto(leave(page, here, other))
    page.wait_for_url("**/account/3rdparty/signup/")
    assert page.locator("input[name=name]").input_value() == "Priya Nair"
    assert page.locator("input[name=email]").input_value() == "priya@example.org"
    page.get_by_role("button", name="Create my account").click()
    page.wait_for_url(here + "/**")
    assert is_in(page, here)
    priya = Member.objects.get(email="priya@example.org")
    assert (priya.name, priya.handle) == ("Priya Nair", "priya-nair")
    assert not priya.has_usable_password()

    browser.clear_cookies()
    page.goto(leave(page, here, other))
    page.wait_for_url(here + "/")
    assert is_in(page, here)
    assert SocialAccount.objects.get().user == priya


def test_a_way_back_works_once_in_one_browser_and_unchanged(
    provider: SignOnProvider, other: Other, live_server: Any, browser: BrowserContext, chromium: Browser
) -> None:
    here, page = live_server.url, browser.new_page()
    address = leave(page, here, other)
    stranger = chromium.new_context(service_workers="block")
    with_other = stranger.new_page()

    assert with_other.goto(address).status == 401  # type: ignore[union-attr]
    assert "Signing in that way did not work" in with_other.content()
    changed = address.replace("state=", "state=x")
    assert page.goto(changed).status == 401  # type: ignore[union-attr]
    assert not is_in(page, here)

    page.goto(address)
    page.wait_for_url("**/account/3rdparty/signup/")
    assert page.goto(address).status == 401  # type: ignore[union-attr]
    assert not Member.objects.filter(email="priya@example.org").exists()

    # The same code with a state of one's own: the other gives out nothing for it a second time.
    code = address.split("code=")[1].split("&")[0]
    fresh = leave(with_other, here, other)
    state = fresh.split("state=")[1].split("&")[0]
    assert with_other.goto(f"{here}{BACK}?code={code}&state={state}").status == 401  # type: ignore[union-attr]
    assert not is_in(with_other, here)
    stranger.close()


def test_another_return_address_is_refused_by_the_other(
    provider: SignOnProvider, other: Other, live_server: Any, browser: BrowserContext
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/identity/o/" in request.url else None)
    leave(page, live_server.url, other)

    changed = asked[0].replace("%2Faccount%2Fvia%2Ftarn%2Fback%2F", "%2Felsewhere%2F")
    assert changed != asked[0]
    answer = page.request.get(changed, max_redirects=0)

    assert "location" not in answer.headers and "refresh" not in answer.headers


def test_an_address_that_is_known_here_needs_the_old_way_in(
    provider: SignOnProvider, other: Other, live_server: Any, browser: BrowserContext
) -> None:
    here, page = live_server.url, browser.new_page()
    alice = Member.objects.create_user("alice", "alice@example.org", WORD, name="Alice Arden")
    page.goto(leave(page, here, other, "alice"))
    page.wait_for_url("**/sign-in/**")
    assert "Sign in to it as before, then link Tarn" in page.content()
    assert not SocialAccount.objects.exists()

    page.locator("input[name=login]").fill("alice")
    page.locator("input[name=password]").fill(WORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/account/links/")
    page.get_by_role("button", name="Link Tarn").click()
    page.locator("input[name=password]").fill(WORD)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/account/links/")
    assert SocialAccount.objects.get().user == alice
    page.get_by_role("button", name="Unlink").click()
    page.wait_for_url("**/account/links/")
    page.get_by_text("It is no longer linked.").wait_for()
    assert not SocialAccount.objects.exists()


def test_an_address_that_the_other_has_not_confirmed_is_refused(
    provider: SignOnProvider, other: Other, live_server: Any, browser: BrowserContext
) -> None:
    page = browser.new_page()
    page.goto(leave(page, live_server.url, other, "rumour"))
    page.wait_for_url("**/sign-in/**")

    assert "does not say that your e-mail is confirmed" in page.content()
    assert not Member.objects.filter(email="rumour@example.org").exists()


def test_the_connection_is_tested_and_a_private_address_only_when_it_is_named(
    provider: SignOnProvider, other: Other, settings: Any
) -> None:
    manager = Member.objects.get(handle="nora")
    assert ask_provider(actor=manager, row=provider) == "It answers, and is who it should be."

    settings.EGRESS_TRUSTED = []
    assert "did not answer" in ask_provider(actor=manager, row=provider)
