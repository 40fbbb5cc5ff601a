"""What no template test can see: contrast, reflow, layout shift, the keyboard, the policy at work."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import faults_of

pytestmark = pytest.mark.browser

THREAD = "the thread"
GUEST_PAGES = [
    "/",
    "/spaces/",
    "/s/help/",
    THREAD,
    "/people/",
    "/people/helpful/",
    "/points/",
    "/badges/",
    "/search/?q=tent",
    "/@maya/",
    "/sign-in/",
    "/join/",
    "/guidelines/",
    "/no-such-page/",
]
MEMBER_PAGES = [
    "/",
    THREAD,
    "/new/",
    "/@maya/",
    "/me/settings/profile/",
    "/me/settings/notifications/",
    "/me/points/",
    "/notifications/",
    "/messages/",
    "/messages/new/",
    "/welcome/",
    "/account/2fa/",
    "/account/sessions/",
    "/sign-out/",
]
Open = Callable[..., Page]


def unexpected(page: Page) -> list[str]:
    return [line for line in page.said if "status of 404" not in line]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("who", "pages"), [("", GUEST_PAGES), ("maya", MEMBER_PAGES)], ids=["guest", "member"]
)
def test_pages_are_accessible_calm_and_within_the_policy(
    open_page: Open, thread_path: str, live_server: Any, who: str, pages: list[str]
) -> None:
    wrong = []
    for width, look in ((1440, "light"), (390, "dark")):
        page = open_page("/robots.txt", who=who, width=width, look=look)
        for path in [thread_path if path == THREAD else path for path in pages]:
            page.goto(live_server.url + path)
            page.wait_for_timeout(150)
            at = f"{path} {width} {look}"
            wrong += [f"{at}: {fault}" for fault in faults_of(page)]
            if shift := page.evaluate("window.shifted"):
                # On a busy machine a typeface may come between two frames, once; it is at hand the second time.
                page.reload()
                page.wait_for_timeout(150)
                again = page.evaluate("window.shifted")
                if again or shift > 0.02:
                    wrong.append(f"{at}: moved by {shift:.3f}, then by {again:.3f}")
        wrong += [f"{who or 'guest'} {width}: {line}" for line in unexpected(page)]

    assert wrong == []


def test_nothing_is_cut_off_at_320_pixels_or_from_right_to_left(
    open_page: Open, thread_path: str, live_server: Any
) -> None:
    page = open_page("/robots.txt", who="maya", width=320)
    for path in ["/", thread_path, "/new/", "/@maya/", "/account/2fa/"]:
        page.goto(live_server.url + path)

        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, f"{path} rtl"


def test_the_first_tab_stop_leads_to_the_content(open_page: Open, alice: object) -> None:
    page = open_page("/", who="alice")
    page.keyboard.press("Tab")

    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_slash_key_goes_to_search_unless_someone_is_writing(
    open_page: Open, alice: object, space: object
) -> None:
    page = open_page("/new/", who="alice")
    page.locator("#q").wait_for()
    page.keyboard.press("/")

    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.locator("#q")).to_have_value("a/b")


def test_escape_closes_the_menu_and_gives_the_focus_back(open_page: Open, alice: object) -> None:
    page = open_page("/", who="alice")
    summary = page.locator("summary.me")
    summary.click()
    expect(page.locator("details.menu[open]")).to_have_count(1)

    page.keyboard.press("Escape")

    expect(page.locator("details.menu[open]")).to_have_count(0)
    expect(summary).to_be_focused()


def test_the_look_changes_at_once_and_stays(open_page: Open, alice: object) -> None:
    page = open_page("/guidelines/", who="alice")
    page.locator("summary.me").click()
    with page.expect_response("**/look/"):
        page.get_by_role("button", name="Dark").click()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_press_keeps_the_focus_and_says_what_happened(open_page: Open, thread_path: str) -> None:
    page = open_page(thread_path, who="maya")
    button = page.locator(".react[aria-pressed=false]").first
    name = button.get_attribute("id")
    button.focus()
    page.keyboard.press("Enter")

    pressed = page.locator(f"#{name}")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    expect(pressed).to_be_focused()


def test_without_scripts_one_can_still_sign_in_and_react(
    open_page: Open, thread_path: str, demo: str
) -> None:
    page = open_page(f"/sign-in/?next={thread_path}", java_script_enabled=False)
    page.fill("[name=login]", "maya")
    page.fill("[name=password]", demo)
    page.locator("main button[type=submit]").first.click()
    page.locator(".react[aria-pressed=false]").first.click()

    expect(page.locator(".react[aria-pressed=true]").first).to_be_visible()
