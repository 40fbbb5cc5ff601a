"""German words are long: they fit everywhere, and pages that speak German do so from the first element on."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.test_look import GUEST_PAGES, MEMBER_PAGES, THREAD

pytestmark = pytest.mark.browser

# What cannot be scrolled and shows less than it holds.
CUT = """() => [...document.querySelectorAll("a, button, h1, h2, h3, summary, label, th, .chip")].filter((e) => {
  const style = getComputedStyle(e);
  return e.clientWidth > 1 && style.display !== "inline" && style.textOverflow !== "ellipsis"
    && e.scrollWidth > e.clientWidth + 1 && !e.closest(".sr") && !e.matches(".sr");
}).map((e) => e.textContent.trim().slice(0, 60))"""


@pytest.mark.parametrize(
    ("who", "pages"),
    [("", GUEST_PAGES), ("maya", [*MEMBER_PAGES, "/me/settings/appearance/", "/me/settings/privacy/"])],
    ids=["guest", "member"],
)
def test_german_pages_hold_their_words(
    open_page: Callable[..., Page], thread_path: str, live_server: Any, who: str, pages: list[str]
) -> None:
    wrong = []
    for width in (1440, 390, 320):
        page = open_page("/robots.txt", who=who, width=width, locale="de-DE")
        for path in [thread_path if path == THREAD else path for path in pages]:
            page.goto(live_server.url + path)
            at = f"{path} {width}"
            if page.evaluate("document.documentElement.lang") != "de":
                wrong.append(f"{at}: not German")
            if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
                wrong.append(f"{at}: {wide} wide")
            wrong += [f"{at}: cut “{words}”" for words in page.evaluate(CUT)]

    assert wrong == []
