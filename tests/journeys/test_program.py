"""A brand's server: it reads and writes with a key, asks twice without harm, and is told plainly what went wrong."""

import json
import urllib.error
import urllib.request
from typing import Any

from tests.journeys.site import Site, eventually


def call(
    site: Site, method: str, path: str, key: str = "", body: Any = None, **headers: str
) -> tuple[int, Any, Any]:
    request = urllib.request.Request(
        path if path.startswith("http") else f"{site.url}/api/v1/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "Content-Type": "application/json",
            **({"Authorization": f"Bearer {site.keys[key]}"} if key else {}),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
            return answer.status, json.loads(text) if text else None, answer.headers
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read()), error.headers


QUESTION = {
    "space": "help",
    "kind": "question",
    "title": "Which fuel works at minus twenty?",
    "body": "Gas gave up.",
    "tags": [],
}


def test_a_server_asks_answers_and_reads_it_back(site: Site) -> None:
    status, thread, _headers = call(
        site,
        "POST",
        "threads",
        "write",
        QUESTION,
        Idempotency_Key="ask-1",
    )
    assert status == 201, thread
    again = call(
        site,
        "POST",
        "threads",
        "write",
        QUESTION,
        Idempotency_Key="ask-1",
    )
    assert again[0] == 201 and again[1]["id"] == thread["id"] and again[2]["Idempotency-Replayed"] == "true"

    status, post, _headers = call(
        site, "POST", f"threads/{thread['id']}/posts", "write", {"body": "Petrol did."}
    )
    assert status == 201 and post["body_html"].strip() == "<p>Petrol did.</p>"
    status, page, _headers = call(site, "GET", f"threads/{thread['id']}/posts", "read")
    assert [row["body_md"] for row in page["results"]] == ["Gas gave up.", "Petrol did."]

    def found() -> bool:
        hits = call(site, "GET", "search?q=petrol", "read")[1]["results"]
        return any(str(thread["id"]) in json.dumps(hit) for hit in hits)

    eventually(found, "the thread in the search")


def test_it_is_told_what_it_may_not_do_and_what_was_wrong(site: Site) -> None:
    assert call(site, "GET", "me")[0] == 401
    status, problem, headers = call(site, "POST", "threads", "read", {})
    assert status == 403 and problem["code"] == "scope_missing"
    assert headers["Content-Type"] == "application/problem+json"
    status, problem, _headers = call(site, "POST", "threads", "write", {"title": "x"})
    assert status == 422 and {"body", "space"} <= set(problem["errors"])
    assert call(site, "GET", "threads/987654321", "read")[0] == 404


def test_every_page_of_a_list_is_reached_by_following_next(site: Site) -> None:
    seen: list[int] = []
    address = "threads?limit=7"
    while address:
        status, page, _headers = call(site, "GET", address)
        assert status == 200
        seen += [row["id"] for row in page["results"]]
        address = page["next"]

    assert len(seen) == len(set(seen)) > 14


def test_it_can_be_described_to_a_program(site: Site) -> None:
    status, document, _headers = call(site, "GET", "openapi.json")

    assert status == 200 and document["openapi"].startswith("3.1")
    assert "/api/v1/threads" in document["paths"]
