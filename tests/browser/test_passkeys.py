"""Passkeys, with a device that a real browser takes for one."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from playwright.sync_api import Browser

from community.members.models import Member

pytestmark = pytest.mark.browser
WORD = "a long enough password"


def test_a_passkey_is_added_signs_in_by_itself_and_is_removed(
    live_server: Any, chromium: Browser, transactional_db: None
) -> None:
    alice = Member.objects.create_user("alice", "alice@example.org", WORD, name="Alice Arden")
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    context = chromium.new_context(service_workers="block")
    context.set_default_timeout(25_000)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})

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
