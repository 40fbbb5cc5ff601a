"""Every answer carries a content policy under which nothing of a stranger runs, and no two share a nonce (P-09)."""

import re
from itertools import product
from typing import Any

from config.access import list_routes
from tests.access.world import World

NONCE = re.compile(r"'nonce-([^']+)'")
# A program of others draws the admin; it evaluates expressions of its own files (config/admin_policy.py).
ADMIN = "/admin/"
ERRORS = ("/no-such-page/", "/t/987654321/", "/api/v1/threads/987654321", "/api/v1/no-such-thing")


def rules(policy: str) -> dict[str, set[str]]:
    """A policy by its directives."""
    parts = (part.split() for part in policy.split(";") if part.strip())
    return {name: set(values) for name, *values in parts}


def faults(path: str, answer: Any) -> list[str]:
    """What is wrong with the policy of an answer."""
    policy = answer.headers.get("Content-Security-Policy", "")
    said = rules(policy)
    # A file that somebody uploaded: nothing in it runs or loads anything at all.
    if "sandbox" in said and said.get("default-src") == {"'none'"}:
        return []
    scripts = said.get("script-src", said.get("default-src", {"*"}))
    bad = {"'unsafe-inline'", "*", "http:", "https:", "data:"} | (
        set() if path.startswith(ADMIN) else {"'unsafe-eval'"}
    )
    found = [f"script-src {value}" for value in scripts & bad]
    found += [
        name for name in ("object-src", "base-uri", "frame-ancestors", "form-action") if name not in said
    ]
    if said.get("object-src") != {"'none'"}:
        found.append("object-src")
    return [f"{path} {answer.status_code}: {fault}" for fault in found]


def test_every_page_has_a_strict_policy_and_a_nonce_of_its_own(world: World, undone: Any) -> None:
    wrong: list[str] = []
    seen: set[str] = set()
    pages = [route.path for route in list_routes() if "GET" in route.methods]
    # Twice for the same reader, so that a page kept somewhere would give its nonce away.
    for path, who in product([*pages, *ERRORS], ("guest", "alice", "alice")):
        try:
            address = world.address(path)
        except LookupError:
            continue
        with undone:
            answer = world.client(who).get(address)
        wrong += faults(str(address), answer)
        policy = answer.headers.get("Content-Security-Policy", "")
        given = set(NONCE.findall(policy))
        wrong += [f"{address}: the nonce of another answer" for _nonce in given & seen]
        seen |= given

    assert sorted(set(wrong)) == []


def test_refused_requests_carry_it_too(world: World, undone: Any) -> None:
    client = world.client("alice", enforce_csrf_checks=True)
    with undone:
        answers = {
            403: client.post("/new/", {"title": "x"}),
            405: world.client("alice").put("/people/"),
            400: client.get("/", headers={"Host": "<odd>"}),
        }

    for status, answer in answers.items():
        assert answer.status_code == status
        assert faults(f"{status}", answer) == []
