"""The attack lists, typed into every field that others see, and looked at in a browser with the page's own policy."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.community.writing.corpora import attack_lines
from tests.journeys.conftest import Visit

NOTE_WHAT_RUNS = """
window.fired = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
  window[name] = (...words) => { window.fired.push(`${name}: ${words.join(" ")}`); };
}
"""
SHORT = (
    '"><img src=x onerror=alert(1)>',
    "</title><script>alert(2)</script>",
    "{{ 7*7 }} ${7*7} <%= 7*7 %>",
    "javascript:alert(3)//",
    "<svg/onload=alert(4)>",
    "'-alert(5)-'",
    '<a href="javascript:alert(6)">x</a>',
    "--><iframe srcdoc='<script>alert(7)</script>'>",
    "&lt;script&gt;alert(8)&lt;/script&gt;",
    "\u202e<script>alert(9)</script>",
)


@pytest.fixture
def attacker(visit: Visit) -> Page:
    page = visit("/me/settings/profile/", who="tomasz")
    page.context.add_init_script(NOTE_WHAT_RUNS)
    page.reload()
    return page


def assert_nothing_happened(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.fired") == [], path
    assert page.evaluate("window.refused") == [], path
    assert [line for line in page.said if "status of 404" not in line] == [], path  # type: ignore[attr-defined]


def test_nothing_fires_from_a_profile(attacker: Page, visit: Visit) -> None:
    name = attacker.locator("[name=name]").input_value()
    for words in SHORT:
        attacker.goto("/me/settings/profile/")
        attacker.fill("[name=name]", words[:80])
        attacker.fill("[name=location]", words[:60])
        attacker.fill("[name=bio_md]", "\n\n".join(SHORT))
        attacker.locator("main form button[type=submit], main form button:not([type])").last.click()
        for path in ("/@tomasz/", "/people/", "/", "/search/?q=tomasz"):
            assert_nothing_happened(attacker, path)
    attacker.goto("/me/settings/profile/")
    attacker.fill("[name=name]", name)
    attacker.fill("[name=location]", "")
    attacker.locator("main form button[type=submit], main form button:not([type])").last.click()


def test_nothing_fires_from_titles_tags_and_texts(attacker: Page) -> None:
    lines = attack_lines()
    for number, words in enumerate(SHORT[:6]):
        attacker.goto("/new/")
        attacker.get_by_label("Discussion", exact=True).check()
        attacker.fill("#id_title", f"{words} number {number}"[:140])
        attacker.fill("[name=body]", "\n\n".join(lines[number * 90 : (number + 1) * 90])[:31_000])
        attacker.fill("[name=tags]", f"tag{number}")
        attacker.get_by_role("button", name="Post discussion").click()
        expect(attacker).to_have_url(re.compile("/t/"))
        thread = attacker.url
        for path in (
            thread,
            "/",
            f"/tags/tag{number}/",
            "/@tomasz/",
            f"/search/?q={number}",
            f"{thread}?sort=helpful",
        ):
            assert_nothing_happened(attacker, path)


def test_nothing_fires_from_what_stands_in_an_address(attacker: Page) -> None:
    for words in SHORT:
        for path in (
            "/search/?q=",
            "/people/?q=",
            "/new/?title=",
            "/sign-in/?next=",
            "/tags/",
            "/?after=",
            "/stop/",
        ):
            assert_nothing_happened(
                attacker, path + words.replace("#", "%23").replace("/", "%2F").replace("%=", "%25=")
            )
