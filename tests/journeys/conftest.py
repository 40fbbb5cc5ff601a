"""One running site and one browser for all journeys."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks._copy import Copy, free_ports
from tests.journeys.site import Letters, Site

WATCH = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them are one group, so that parallel runs start one site and not several."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.stack)
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="session")
def letters() -> Iterator[tuple[Letters, int]]:
    """A mail server on this machine."""
    kept, (port,) = Letters(), free_ports(1)
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    yield kept, port
    controller.stop()


@pytest.fixture(scope="session")
def site(letters: tuple[Letters, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo community, run by the same command as everywhere, with letters that really leave."""
    kept, port = letters
    copy = Copy(
        tmp_path_factory.mktemp("site") / "var",
        EMAIL_URL=f"smtp://127.0.0.1:{port}",
        EMAIL_VERIFICATION="mandatory",
        LIMITS="threads.start=1000/h,threads.start_first_day=1000/h,threads.reply=1000/h,threads.reply_first_day=1000/h",
        SIGNUP_RATE="1000/h/ip",
    )
    with copy.up():
        keys = copy.manage("demo_keys")
        assert keys.returncode == 0, keys.stderr
        yield Site(copy, kept, json.loads(keys.stdout))


@pytest.fixture
def visit(site: Site, chromium: Browser) -> Iterator[Visit]:
    """Open the site as someone: `visit("/", who="maya", width=390, look="dark")`. Keeps what went wrong in the page."""
    opened: list[BrowserContext] = []

    def open_(path: str = "/", who: str = "", width: int = 1440, look: str = "light", **options: Any) -> Page:
        context = chromium.new_context(
            base_url=site.url, viewport={"width": width, "height": 900}, color_scheme=look, **options
        )
        opened.append(context)
        context.add_cookies([{"name": "look", "value": look, "url": site.url}])
        context.add_init_script(WATCH)
        if who:
            context.add_cookies(session_of(site, chromium, who))
        page = context.new_page()
        listen(page)
        page.goto(path)
        return page

    yield open_
    for context in opened:
        context.close()


def listen(page: Page) -> None:
    """Keep what the console complains about in `page.said`."""
    said: list[str] = []
    page.said = said  # type: ignore[attr-defined]
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))


def session_of(site: Site, chromium: Browser, who: str) -> Any:
    """The cookies of someone who signed in, once for all tests."""
    if who not in site.sessions:
        context = chromium.new_context(base_url=site.url)
        page = context.new_page()
        page.goto("/sign-in/")
        page.fill("[name=login]", who)
        page.fill("[name=password]", site.password)
        page.locator("main button[type=submit]").first.click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        site.sessions[who] = [cookie for cookie in context.cookies() if cookie["name"] == "session"]
        context.close()
    return site.sessions[who]
