"""The attack lists, rendered and sanitised by us, in a real browser without any content security policy to help."""

import pytest
from playwright.sync_api import Browser, Page, Route

from community.writing.markdown import render
from community.writing.sanitise import clean
from tests.community.writing.corpora import attack_lines

pytestmark = pytest.mark.browser

SITE = "http://community.test"
CHUNK = 700
NOTE_WHAT_RUNS = """
window.__xss = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
  window[name] = (...words) => { window.__xss.push(name + ": " + words.join(" ")); };
}
"""


def what_happens(chromium: Browser, pieces: list[str]) -> list[str]:
    """Show pieces of HTML on one page and return everything that ran, asked, opened or was fetched."""
    happened: list[str] = []
    page: Page = chromium.new_page()
    body = "\n".join(f"<article>{piece}</article>" for piece in pieces)
    html = f"<!doctype html><meta charset=utf-8><title>x</title><body>{body}<p id=end></p>"

    def answer(route: Route) -> None:
        if route.request.url == f"{SITE}/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            happened.append(f"fetched {route.request.url}")
            route.abort()

    page.route("**/*", answer)
    page.on("dialog", lambda dialog: (happened.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: happened.append(f"console {message.text}"))
    page.on("pageerror", lambda error: happened.append(f"error {error}"))
    page.on("popup", lambda popup: happened.append(f"popup {popup.url}"))
    page.on(
        "framenavigated", lambda frame: frame.url == f"{SITE}/" or happened.append(f"went to {frame.url}")
    )
    page.add_init_script(NOTE_WHAT_RUNS)
    page.goto(f"{SITE}/", wait_until="load")
    page.wait_for_timeout(300)
    assert page.locator("#end").count() == 1, "the page was cut off or rewritten"
    happened += page.evaluate("window.__xss")
    happened += page.evaluate(
        """[...document.querySelectorAll("article *")].flatMap((element) => [
          ...[...element.attributes].map((a) => a.name).filter((name) => /^(on|style|id|hx-|data-)/.test(name)),
          ...(/^(javascript|data|vbscript|blob|file):$/.test(element.protocol ?? "") ? [element.href] : []),
        ])"""
    )
    page.close()
    return happened


def test_the_page_notices_when_something_does_run(chromium: Browser) -> None:
    happened = what_happens(chromium, ["<img src=x onerror=alert(1)>"])

    assert "alert: 1" in happened
    assert f"fetched {SITE}/x" in happened


def test_nothing_of_the_attack_lists_runs_when_rendered(chromium: Browser) -> None:
    lines = attack_lines()
    for start in range(0, len(lines), CHUNK):
        assert what_happens(chromium, [render(line).html for line in lines[start : start + CHUNK]]) == []


def test_nothing_of_the_attack_lists_runs_when_only_sanitised(chromium: Browser) -> None:
    lines = attack_lines()
    for start in range(0, len(lines), CHUNK):
        assert what_happens(chromium, [clean(line) for line in lines[start : start + CHUNK]]) == []
