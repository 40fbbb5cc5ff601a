"""No form is taken without its token, whatever it is sent as."""

import json
from itertools import product
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.access import list_routes
from tests.access.test_reading import is_write
from tests.access.world import World

# Work without a session: the signed link of a mail program (RFC 8058), the shared secret of a mail provider, and Apple's way
# back, a form of theirs that carries our state; nothing is there without such a provider.
SIGNED = {"notice_stop", "mail_inbound", "apple_callback"}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


DISGUISES = (
    {},
    {"Origin": "https://elsewhere.example"},
    {"HX-Request": "true"},
    {"X-CSRFToken": "x" * 32},
)


def test_without_a_token_nothing_is_taken_and_nothing_changes(world: World, undone: Any) -> None:
    wrong = []
    for route, headers in product(list_routes(), DISGUISES):
        if route.name in SIGNED:
            continue
        try:
            address = world.address(route.path)
        except LookupError:
            continue
        for method in set(route.methods) & set(UNSAFE):
            client = world.client("alice", enforce_csrf_checks=True, headers=headers)
            with undone, CaptureQueriesContext(connection) as asked:
                answer = client.generic(method, address, json.dumps({}), content_type="application/json")
            wrote = [query["sql"][:120] for query in asked if is_write(query["sql"])]
            if answer.status_code not in (403, 405) or wrote:
                wrong.append(f"{method} {address} {headers}: {answer.status_code} {wrote}")

    assert wrong == []


def test_forms_of_other_sites_are_refused_whatever_their_type(world: World, undone: Any) -> None:
    taken = []
    kinds = ("text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded")
    for route, kind in product(list_routes(), kinds):
        if "POST" not in route.methods or route.name in SIGNED or route.path.startswith("/admin/"):
            continue
        client = world.client("alice", enforce_csrf_checks=True)
        with undone:
            answer = client.generic("POST", world_address(world, route.path), "body=hello", content_type=kind)
        if answer.status_code not in (403, 405):
            taken.append(f"{route.path} {kind}: {answer.status_code}")

    assert taken == []


def world_address(world: World, path: str) -> str:
    try:
        return str(world.address(path))
    except LookupError:
        return "/look/"
