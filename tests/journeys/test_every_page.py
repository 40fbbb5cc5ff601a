"""Every page of the site in a real browser: nothing that axe finds, nothing refused by the policy, nothing that moves."""

import gzip
import re
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from config.access import list_routes
from tests.access.world import PLACE, plain
from tests.browser.conftest import AXE, TAGS
from tests.journeys.conftest import Visit
from tests.journeys.site import Site

# Not pages for people: files, fragments, feeds and answers for programs; and the admin, whose pages are its package's.
NO_PAGES = re.compile(
    r"^/(api/|admin/|moderation/|healthz|files|\^|sitemap|robots|feed|theme|logo|embed|open-badges|static|stop/|messages/people/|account/(confirm|password/reset/key|2fa/(auth|web|reauth)))"
    r"|\.(xml|csv|txt|js|png|webp|webmanifest)$|/(bell|suggest|similar|news|posts|close|menu|preview|download|new/asked|new/topics)/?$"
)
# Both say by themselves that they are not there or not allowed.
EXPECTED = re.compile("status of (401|404|403|409)")
# Bytes, packed; the brand's colours are a file of their own and count among the styles.
STYLE_LIMIT, SCRIPT_LIMIT = 15_000, 35_000
FIRST_TIME = 0.02


@pytest.fixture(scope="module")
def places(site: Site) -> dict[str, str]:
    """What stands in the addresses: things of the demo community."""
    said = site.copy.python(
        "import json,os;os.environ.setdefault('DJANGO_SETTINGS_MODULE','config.settings')\n"
        "import django;django.setup()\n"
        "from community.threads.models import Post,Thread\n"
        "from rewards.badges.models import Badge\n"
        "thread=Thread.objects.get(title__startswith='My Lyngen 2 fly')\n"
        "own=Post.objects.filter(author__handle='maya',state='visible').order_by('-pk').first()\n"
        "other=Post.objects.filter(thread=thread,position=2).first()\n"
        "print(json.dumps({'thread':thread.pk,'slug':thread.slug,'own':own.pk,'other':other.pk,"
        "'badge':Badge.objects.active().first().key,'tag':Thread.objects.exclude(tags=[]).first().tags[0]}))"
    )
    return {name: str(value) for name, value in said.items()}


def paths(places: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every page that can be opened, and the least one must be."""
    yield "/no-such-page/", "guest"
    yield "/search/?q=tent", "guest"
    for route in list_routes():
        if "GET" not in route.methods or NO_PAGES.search(route.path):
            continue
        yield filled(route.path, places), route.methods["GET"].who


def filled(path: str, places: dict[str, str]) -> str:
    return plain(PLACE.sub(lambda match: value(path, match[1] or match[2], places), path))


def value(path: str, name: str, places: dict[str, str]) -> str:
    if path.startswith(("/p/", "/me/points/why/")):
        return places["other" if "report" in path else "own"]
    known = {
        "pk": places["thread"],
        "handle": "maya",
        "key": places["badge"],
        "slug": places["slug"]
        if path.startswith("/t/")
        else places["tag"]
        if path.startswith("/tags/")
        else "help",
    }
    return known.get(name, "x")


def opened_by(who: str, places: dict[str, str]) -> list[str]:
    order = ("guest", "member", "moderator", "manager", "admin")
    role = {"": "guest", "maya": "member", "dewi": "manager"}[who]
    found = {path: least for path, least in paths(places) if order.index(role) >= order.index(least)}
    # Signed in, the pages for guests look different, but their forms of entrance do not.
    return [path for path in found if not (who and path.startswith(("/sign-in/", "/join/")))]


def look_at(page: Page, path: str) -> list[str]:
    """Everything that is wrong with the page that is open."""
    page.wait_for_load_state("networkidle")
    wrong = [f"console: {line}" for line in page.said if not EXPECTED.search(line)]  # type: ignore[attr-defined]
    page.said.clear()  # type: ignore[attr-defined]
    wrong += [f"refused: {line}" for line in page.evaluate("window.refused ?? []")]
    if shifted := moved(page):
        # On a busy machine a typeface may come between two frames, once; it is at hand the second time.
        page.reload()
        page.wait_for_load_state("networkidle")
        if shifted > FIRST_TIME or moved(page):
            wrong.append(f"moved by {shifted:.3f}, then by {moved(page):.3f}")
    width = page.viewport_size["width"] if page.viewport_size else 0
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
        wrong.append(f"{wide} px wide on {width}")
    return [f"{path}: {line}" for line in wrong]


def moved(page: Page) -> float:
    return float(page.evaluate("window.shifted ?? 0"))


def faults_of(page: Page, path: str) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags}).then((report) => report.violations)", TAGS
    )
    return [
        f"{path}: {one['id']}: {node['html'][:140]} {node['failureSummary'][:200]}"
        for one in found
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize(
    ("who", "width", "look"),
    [
        ("", 390, "light"),
        ("", 1440, "dark"),
        ("maya", 1440, "light"),
        ("maya", 390, "dark"),
        ("dewi", 1440, "light"),
    ],
    ids=lambda value: str(value) or "guest",
)
def test_every_page_is_usable_by_everyone(
    visit: Visit, places: dict[str, str], who: str, width: int, look: str
) -> None:
    page = visit("/", who=who, width=width, look=look)
    wrong = []
    for path in opened_by(who, places):
        answer = page.goto(path)
        if answer is not None and answer.status >= 500:
            wrong.append(f"{path}: {answer.status}")
            continue
        wrong += look_at(page, path) + faults_of(page, path)

    assert wrong == []


def test_nothing_is_cut_off_on_the_narrowest_phone_or_from_right_to_left(
    visit: Visit, places: dict[str, str]
) -> None:
    page = visit("/", who="maya", width=320)
    wrong = []
    for path in opened_by("maya", places):
        page.goto(path)
        wrong += look_at(page, f"{path} at 320")
        page.evaluate("document.documentElement.dir = 'rtl'")
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wrong.append(f"{path} from right to left: {wide} px")
        if path in ("/", "/new/"):
            wrong += faults_of(page, f"{path} from right to left")

    assert wrong == []


def test_a_page_of_a_signed_in_member_stays_light(visit: Visit, site: Site, places: dict[str, str]) -> None:
    for path in ("/", f"/t/{places['thread']}/{places['slug']}/"):
        page = visit(path, who="maya")
        page.wait_for_load_state("networkidle")
        used = page.evaluate(
            "performance.getEntriesByType('resource').map((one) => [one.name, one.initiatorType])"
        )
        weight = {"css": 0, "js": 0}
        for address, _by in used:
            file = urlsplit(address).path
            kind = file.rpartition(".")[2]
            if address.startswith(site.url) and kind in weight:
                weight[kind] += weigh(address)

        assert 0 < weight["css"] <= STYLE_LIMIT, (path, weight)
        assert 0 < weight["js"] <= SCRIPT_LIMIT, (path, weight)


def weigh(address: str) -> int:
    """Bytes on the wire, compressed."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        body: Any = answer.read()
        return len(body) if answer.headers["Content-Encoding"] == "gzip" else len(gzip.compress(body, 6))
