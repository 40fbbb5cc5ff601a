"""A real browser in front of the demo community."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from tests.community.members.doors.counting import count_anew
from tests.database import keep, put_back

AXE = (Path(__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COUNT_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="session")
def kept_demo() -> set[str]:
    """What this run keeps of the demo community in the database."""
    return set()


@pytest.fixture
def demo(transactional_db: None, kept_demo: set[str]) -> str:
    """Fill the demo community, for the first who asks; put it back for all others. Return the password of everyone in it."""
    from community.brand.queries import forget_brand
    from config.demo.fill import PASSWORD, fill

    if kept_demo:
        put_back(*kept_demo)
        _forget_what_redis_knows()
    else:
        fill(lambda step: None)
        keep("kept_demo")
        kept_demo.add("kept_demo")
    forget_brand()
    return PASSWORD


@pytest.fixture(autouse=True)
def doors_not_tried_yet() -> None:
    """Every browser comes from this very machine, whose tries all tests of a run would add up."""
    count_anew()


def _forget_what_redis_knows() -> None:
    """The same members come back under the same keys, and nobody has seen anything yet."""
    for url in {settings.REDIS_URL, settings.REDIS_LIMITS_URL, settings.CACHES["default"]["LOCATION"]}:
        client = redis.Redis.from_url(url)
        if found := list(client.scan_iter(f"{settings.LIMITS_PREFIX}*", count=1000)):
            client.delete(*found)
        client.close()


@pytest.fixture
def thread_path(demo: str) -> str:
    """The question every picture of the look shows."""
    from community.threads.models import Thread

    return Thread.objects.get(title__startswith="My Lyngen 2 fly").get_absolute_url()


@pytest.fixture
def open_page(live_server: Any, chromium: Browser, transactional_db: None) -> Iterator[Callable[..., Page]]:
    """Open a page: `open_page("/new/", who="alice", width=390, look="dark")`. Keeps what the console said."""
    opened: list[BrowserContext] = []
    sessions: dict[str, str] = {}

    def session_of(who: str) -> str:
        if who not in sessions:
            client = Client()
            member = get_user_model().objects.get(handle=who)
            client.force_login(member, backend="community.members.accounts.MemberBackend")
            sessions[who] = client.cookies["session"].value
        return sessions[who]

    def open_(path: str, who: str = "", width: int = 1440, look: str = "light", **options: Any) -> Page:
        # The worker fetches what it keeps when it likes; only tests about it want that.
        options.setdefault("service_workers", "block")
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        opened.append(context)
        cookies = [{"name": "look", "value": look, "url": live_server.url}]
        if who:
            cookies.append({"name": "session", "value": session_of(who), "url": live_server.url})
        context.add_cookies(cookies)  # type: ignore[arg-type]
        page = context.new_page()
        page.said = []  # type: ignore[attr-defined]
        page.on(
            "console", lambda message: page.said.append(message.text) if message.type == "error" else None
        )  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.said.append(str(error)))  # type: ignore[attr-defined]
        page.add_init_script(COUNT_SHIFTS)
        page.goto(live_server.url + path)
        return page

    yield open_
    for context in opened:
        # A page that is left may send a last word (what was read); it must arrive while the database is still ours.
        for page in context.pages:
            page.goto("about:blank")
            page.wait_for_timeout(300)
        context.close()


def faults_of(page: Page) -> list[str]:
    """Return what axe finds wrong, one line each."""
    page.evaluate(AXE)
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags}).then((report) => report.violations)", TAGS
    )
    return [
        f"{one['id']}: {node['html'][:120]} ({node['failureSummary'][:160]})"
        for one in found
        for node in one["nodes"]
    ]
