"""Passkeys, with a device that a real browser takes for one."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from playwright.sync_api import Browser, BrowserContext, Page

from community.members.doors import memory
from community.members.doors.admissions import decide_admission
from community.members.models import Admission, DoorRules, Member

pytestmark = pytest.mark.browser
WORD = "a long enough password"


def with_device(chromium: Browser) -> tuple[BrowserContext, Page]:
    """Open a browser with a device that keeps passkeys and always says yes."""
    context = chromium.new_context(service_workers="block")
    context.set_default_timeout(25_000)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return context, page


def join_by_passkey(page: Page, here: str, why: str = "") -> None:
    """Fill in the form, write the code of the e-mail and let the device make a passkey."""
    page.goto(here + "/join/?next=/people/")
    page.get_by_role("link", name="Join with a passkey").click()
    page.locator("input[name=name]").fill("Priya Nair")
    page.locator("input[name=email]").fill("priya@example.org")
    if why:
        page.locator("textarea[name=why]").fill(why)
    assert not page.locator("input[type=password]").count()
    page.get_by_role("button", name="Send me a code").click()
    page.wait_for_url("**/login/code/confirm/")
    found = re.match(r"(\S+) is your code to join", mail.outbox[-1].subject)
    assert found
    page.locator("input[name=code]").fill(found[1])
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/webauthn/signup/")
    page.locator("input[name=name]").fill("My laptop")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url(lambda url: "/webauthn/signup/" not in url)


def come_back(context: BrowserContext, page: Page, here: str) -> None:
    """Sign in with nothing but the device."""
    context.clear_cookies()
    page.goto(here + "/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def is_in(page: Page, here: str) -> bool:
    return page.request.get(here + "/me/settings/account/", max_redirects=0).status == 200


def test_somebody_joins_with_a_passkey_alone_and_comes_back_with_it(
    live_server: Any, chromium: Browser, transactional_db: None
) -> None:
    here, (context, page) = live_server.url, with_device(chromium)

    join_by_passkey(page, here)

    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert page.locator("#recovery_codes li").count() == 10
    page.get_by_role("link", name="go on").click()
    page.wait_for_url("**/people/")
    priya = Member.objects.get(email="priya@example.org")
    assert (priya.handle, priya.has_second_factor, priya.has_usable_password()) == ("priya-nair", True, False)
    assert EmailAddress.objects.get(user=priya).verified

    come_back(context, page, here)
    assert is_in(page, here)
    context.close()


def test_who_waits_for_a_yes_makes_the_passkey_first_and_comes_in_after_it(
    live_server: Any, chromium: Browser, transactional_db: None
) -> None:
    here, (context, page) = live_server.url, with_device(chromium)
    memory.remember(DoorRules.objects.create(pk=1, joining="approval"))

    join_by_passkey(page, here, why="I own two tents.")

    assert page.url == here + "/join/waiting/"
    come_back(context, page, here)
    assert page.url == here + "/join/waiting/"
    assert not is_in(page, here)
    dewi = Member.objects.create_user("dewi", "dewi@example.org", WORD, name="Dewi", role="moderator")
    decide_admission(actor=dewi, admission=Admission.objects.get(), approved=True)
    come_back(context, page, here)
    assert is_in(page, here)
    memory.forget()
    context.close()


def test_a_passkey_is_added_signs_in_by_itself_and_is_removed(
    live_server: Any, chromium: Browser, transactional_db: None
) -> None:
    alice = Member.objects.create_user("alice", "alice@example.org", WORD, name="Alice Arden")
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    context, page = with_device(chromium)

    page.goto(live_server.url + "/sign-in/")
    page.locator("input[name=login]").fill("alice")
    page.locator("input[name=password]").fill(WORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(live_server.url + "/")
    page.goto(live_server.url + "/account/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.locator("input[name=password]").fill(WORD)
        page.get_by_role("button", name="Confirm").click()
        page.wait_for_url("**/webauthn/add/")
    page.locator("input[name=name]").fill("My laptop")
    page.locator("input[name=passwordless]").check()
    page.get_by_role("button", name="Add the key").click()
    page.wait_for_url(lambda url: "/webauthn/add/" not in url)
    assert Authenticator.objects.filter(user=alice, type="webauthn").count() == 1
    alice.refresh_from_db()
    assert alice.has_second_factor

    context.clear_cookies()
    page.goto(live_server.url + "/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(live_server.url + "/")
    assert page.request.get(live_server.url + "/me/settings/account/", max_redirects=0).status == 200

    page.goto(live_server.url + "/account/2fa/webauthn/")
    page.locator('a[href*="/remove/"]').click()
    if "reauthenticate" in page.url:
        page.locator("input[name=password]").fill(WORD)
        page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Remove the key").click()
    page.wait_for_url(lambda url: "/remove/" not in url)
    alice.refresh_from_db()
    assert not alice.has_second_factor
    context.close()
