"""The same site without scripts, and with the keyboard alone."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.site import Site


def test_without_scripts_one_signs_in_asks_replies_reacts_searches_and_leaves(
    site: Site, visit: Visit
) -> None:
    page = visit("/sign-in/", java_script_enabled=False)
    page.fill("[name=login]", "maya")
    page.fill("[name=password]", site.password)
    page.locator("main button[type=submit]").first.click()
    expect(page.locator("summary.me")).to_be_visible()

    page.goto("/new/")
    page.get_by_label("Question", exact=True).check()
    page.fill("#id_title", "no")
    page.fill("[name=body]", "What I typed must not get lost.")
    page.get_by_role("button", name="Post question").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    expect(page.locator("[name=body]")).to_have_value("What I typed must not get lost.")

    page.fill("#id_title", "How do you mend a torn fly without a sewing kit?")
    page.get_by_role("button", name="Post question").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "How do you mend a torn fly without a sewing kit?"
    )

    page.fill("#reply-body", "Dental floss, says my neighbour.")
    page.get_by_role("button", name="Post reply").click()
    expect(page.locator("article.post", has_text="Dental floss")).to_be_visible()

    page.goto("/")
    page.locator("a[href^='/t/']").first.click()
    pressed = page.locator(".react[aria-pressed=false]").first
    pressed.click()
    expect(page.locator(".react[aria-pressed=true]").first).to_be_visible()

    page.fill("#q", "tent")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=tent"))
    expect(page.locator("main a[href^='/t/'], main a[href^='/p/']").first).to_be_visible()

    page.goto("/sign-out/")
    page.locator("main button[type=submit]").first.click()
    expect(page.get_by_role("link", name="Join").first).to_be_visible()


def test_with_the_keyboard_alone_one_writes_and_sends_a_question(visit: Visit) -> None:
    page = visit("/", who="maya")
    go_to(page, "link", "New post")
    page.keyboard.press("Enter")
    page.wait_for_url("**/new/")

    go_to(page, "textbox", re.compile("Your question"))
    page.keyboard.type("Which knot stays open with frozen gloves?")
    go_to(page, "textbox", re.compile("Text|Details|more", re.I), field="body")
    page.keyboard.type("A trucker's hitch freezes solid on mine.")
    go_to(page, "button", "Post question")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Which knot stays open with frozen gloves?")


def go_to(page: Page, role: str, name: str | re.Pattern[str], field: str = "") -> None:
    """Press Tab until the focus is there; it must be reachable and visible on the way."""
    wanted = page.locator(f"[name={field}]").first if field else page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    for _press in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            ring = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
            assert outline != "none" or ring != "none" or role == "textbox", f"no visible focus on {name}"
            return
    raise AssertionError(f"Tab never reached {role} {name}")
