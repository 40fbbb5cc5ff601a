"""Whatever an address or a form says about where to go next, one stays on this site (P-11)."""

from itertools import cycle, product
from typing import Any
from urllib.parse import urlsplit

import pytest

from community.threads.models import Thread
from config.access import list_routes
from tests.access.world import World

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "hTTps://testserver@evil.example/",
    "https://testserver.evil.example/",
    "javascript:alert(1)",
    "/%0d%0aLocation:%20https://evil.example/",
    "\r\nLocation: https://evil.example/",
    "\thttps://evil.example/",
    "http:///evil.example/",
)
NAMES = ("next", "return", "return_to", "redirect", "url", "RelayState", "back")


def leads_elsewhere(answer: Any) -> bool:
    """Whether a browser would follow this answer to another site."""
    for name in ("Location", "HX-Redirect", "HX-Location", "Refresh"):
        target = answer.headers.get(name, "")
        parts = urlsplit(target.replace("\\", "/").strip())
        if parts.hostname not in (None, "testserver", "localhost") or parts.scheme not in (
            "",
            "http",
            "https",
        ):
            return True
        if target.lstrip().startswith(("//", "/\\", "\\")):
            return True
    return False


def test_no_address_leads_elsewhere(world: World, undone: Any) -> None:
    led = []
    wishes = cycle(ELSEWHERE)
    for route in list_routes():
        if route.path.startswith(("/admin/", "/api/")):
            continue
        try:
            address = world.address(route.path)
        except LookupError:
            continue
        for method, who in product(sorted(set(route.methods) & {"GET", "POST"}), ("guest", "alice")):
            where = next(wishes)
            client = world.client(who, headers={"Referer": where} if where.isprintable() else None)
            asked = dict.fromkeys(NAMES, where)
            with undone:
                answer = client.get(address, asked) if method == "GET" else client.post(address, asked)
            if leads_elsewhere(answer):
                led.append(f"{method} {address} as {who}: {answer.headers}")

    assert led == []


@pytest.mark.parametrize("where", ELSEWHERE)
@pytest.mark.parametrize("path", ["/@bob/follow/", "/s/{space}/level/", "/t/{thread}/-/level/", "/look/"])
def test_forms_that_say_where_they_came_from_lead_back_here(
    world: World, undone: Any, path: str, where: str
) -> None:
    thread = Thread.objects.select_related("space").filter(space__access="public").first()
    assert thread is not None
    address = path.format(space=thread.space.slug, thread=thread.pk)
    with undone:
        answer = world.client("alice").post(address, {"next": where, "level": "watching", "look": "dark"})

    assert answer.status_code in (302, 303), answer.status_code
    assert not leads_elsewhere(answer)


@pytest.mark.parametrize("where", ELSEWHERE)
def test_signing_in_stays_here(world: World, undone: Any, where: str) -> None:
    with undone:
        answer = world.client("guest").post(
            "/sign-in/", {"login": "alice", "password": "a long enough password", "next": where}
        )

    assert answer.status_code == 302
    assert not leads_elsewhere(answer)


def test_the_eye_sees_who_is_led_elsewhere() -> None:
    from django.http import HttpResponse

    for where in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        answer = HttpResponse()
        answer["Location"] = where
        assert leads_elsewhere(answer)
    answer["Location"] = "/t/1/tents/?after=20#post-3"
    assert not leads_elsewhere(answer)
