"""What someone may not see looks exactly like what is not there: same status, same bytes."""

import re
from collections.abc import Iterator
from typing import Any

from django.test import Client

from community.integrations.actions import create_api_key
from community.integrations.scopes import EVERYTHING
from config.access import Route, list_routes
from tests.access.test_matrix import FOREIGN, call
from tests.access.world import World

# What every answer carries anew.
FRESH = (
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(rb'X-CSRFToken": "[^"]*"'),
    re.compile(rb'nonce="[^"]*"'),
)
# Kept per answer, or about the moment.
OWN_HEADERS = {"X-Request-ID", "Date", "Set-Cookie", "Content-Length", "RateLimit", "RateLimit-Policy"}


def with_objects(world: World, *, for_staff: bool = False) -> Iterator[tuple[Route, str, str]]:
    """Every address that names something which can be hidden, once hidden and once absent."""
    for route in list_routes():
        if "<" not in route.path or route.path.startswith(FOREIGN):
            continue
        if for_staff and any(
            sample.staff_look and route.path.startswith(sample.start) for sample in world.samples
        ):
            continue
        hidden, absent = world.address(route.path, "hidden"), world.address(route.path, "absent")
        if hidden is not None and absent is not None:
            yield route, hidden, absent


def bare(answer: Any, world: World, route: Route) -> bytes:
    """The body without what is new in every answer and without the address that was asked for."""
    body = b"" if answer.streaming else answer.content
    for pattern in FRESH:
        body = pattern.sub(b"", body)
    for value in sorted(values(world, route), key=len, reverse=True):
        body = body.replace(value.encode(), b"~")
    return body


def values(world: World, route: Route) -> set[str]:
    found = set()
    for sample in world.samples:
        if route.path.startswith(sample.start) and f"{sample.name}>" in route.path:
            found |= {str(sample.hidden), str(sample.absent)}
    return found - {"None"}


def headers(answer: Any, world: World, route: Route) -> dict[str, str]:
    told = {name: value for name, value in answer.items() if name not in OWN_HEADERS}
    told.pop("Content-Security-Policy", None)
    for value in sorted(values(world, route), key=len, reverse=True):
        told = {name: said.replace(value, "~") for name, said in told.items()}
    return told


def test_hidden_and_absent_are_one_answer(world: World, undone: Any) -> None:
    different = []
    for who in ("guest", "bob", "mallory", "mod"):
        for route, hidden, absent in with_objects(world, for_staff=who == "mod"):
            for method in route.methods:
                with undone:
                    one = call(world, who, method, hidden)
                with undone:
                    other = call(world, who, method, absent)
                said = f"{method} {hidden} for {who}: {one.status_code}, {absent}: {other.status_code}"
                if (
                    one.status_code != other.status_code
                    or bare(one, world, route) != bare(other, world, route)
                    or headers(one, world, route) != headers(other, world, route)
                ):
                    different.append(said)
                elif one.status_code < 400 and not is_sent_to_sign_in(one):
                    different.append(f"{said}, it opens")

    assert different == []


def is_sent_to_sign_in(answer: Any) -> bool:
    return answer.status_code == 302 and "/sign-in/" in answer["Location"]


def test_there_is_something_to_hide_behind_most_addresses(world: World) -> None:
    assert len(list(with_objects(world))) > 40


def test_with_a_key_the_hidden_is_not_there_either(world: World, undone: Any) -> None:
    bob, admin = world.people["bob"], world.people["admin"]
    _key, token = create_api_key(actor=admin, member=bob, name="Bob", scopes=EVERYTHING)
    program = Client(headers={"Authorization": f"Bearer {token}"})
    wrong = []
    for route, hidden, absent in with_objects(world):
        if not route.path.startswith("/api/"):
            continue
        for method in route.methods:
            with undone:
                one = program.generic(method, hidden, "{}", content_type="application/json")
            with undone:
                other = program.generic(method, absent, "{}", content_type="application/json")
            if (one.status_code, one.content) != (other.status_code, other.content):
                wrong.append(f"{method} {hidden}: {one.status_code}, absent {other.status_code}")

    assert wrong == []
