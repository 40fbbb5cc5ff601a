"""The OpenAPI description is whole, current, and what the API really answers."""

from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.core.management import call_command

from community.integrations.scopes import SCOPES

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.yaml"
ASKED = {
    "/api/v1/search": "?q=poles",
    "/api/v1/search/members": "?q=ali",
    "/api/v1/search/suggest": "?q=pol",
    "/api/v1/threads/similar": "?title=poles",
}
METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture(scope="module")
def described():
    return yaml.safe_load(DOCUMENT.read_text("utf-8"))


def operations(described):
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert method in METHODS
            yield path, method, operation


def test_the_document_is_what_the_code_generates(described):
    said = StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=said)

    assert yaml.safe_load(said.getvalue()) == described


def test_every_operation_is_named_explained_and_says_how_it_refuses(described):
    names = [operation["operationId"] for _path, _method, operation in operations(described)]

    assert len(names) == len(set(names)) > 40
    for path, method, operation in operations(described):
        assert operation["summary"] and operation["description"], path
        assert operation["tags"], path
        assert {"401", "403", "429"} <= set(operation["responses"]), path
        if "{" in path:
            assert "404" in operation["responses"], path
        if method != "get":
            assert {"$ref": "#/components/parameters/IdempotencyKey"} in operation["parameters"], path


def test_every_operation_needs_a_known_scope(described):
    for path, _method, operation in operations(described):
        keys = [entry["apiKey"] for entry in operation["security"] if "apiKey" in entry]
        assert len(keys) == 1 and len(keys[0]) == 1 and keys[0][0] in SCOPES, path


def test_the_description_is_served(client, db, described):
    assert client.get("/api/v1/openapi.json").json()["paths"].keys() == described["paths"].keys()


def closed(schema: Any) -> Any:
    """Return a shape in which every object takes its named fields only."""
    if isinstance(schema, dict):
        found = {name: closed(value) for name, value in schema.items()}
        if found.get("type") == "object" and "properties" in found and "additionalProperties" not in found:
            found["additionalProperties"] = False
        return found
    return [closed(value) for value in schema] if isinstance(schema, list) else schema


@pytest.fixture
def filled(alice, bob, mod, manager, space, make_thread, make_reply, deliver_all):
    from community.members.actions import welcome_newcomer
    from community.moderation.actions import report_post
    from community.spaces.actions import add_space_member
    from community.spaces.attention import follow_space
    from community.threads.actions import accept_answer, add_reaction, bookmark_post, edit_post
    from community.writing.actions import save_draft

    for member in (alice, bob):
        welcome_newcomer(actor=member)
    thread = make_thread(alice, space, tags=["poles"])
    reply = make_reply(bob, thread)
    accept_answer(actor=alice, post=reply)
    add_reaction(actor=alice, post=reply, kind="helpful")
    bookmark_post(actor=alice, post=reply)
    edit_post(actor=bob, post=reply, body="Aluminium bends, and can be mended.")
    save_draft(actor=bob, key="nowhere", body="Not yet.")
    follow_space(actor=bob, space=space)
    add_space_member(actor=manager, space=space, member=alice)
    report_post(actor=alice, post=reply, reason="off_topic")
    deliver_all()
    return {"id": str(thread.pk), "handle": "alice", "slug": "help", "key": "nowhere", "post": str(reply.pk)}


def test_answers_have_the_described_shape_and_no_field_more(described, program, bob, mod, manager, filled):
    shapes = closed(described["components"])
    checked = 0
    for path, method, operation in operations(described):
        if method != "get":
            continue
        address = path
        for name, value in filled.items():
            value = filled["post"] if path.startswith("/api/v1/posts/") and name == "id" else value
            address = address.replace("{" + name + "}", value)
        address += ASKED.get(path, "")
        if path == "/api/v1/moderation/cases/{id}":
            from community.moderation.models import Case

            address = f"/api/v1/moderation/cases/{Case.objects.get().pk}"
        address = address.replace("/tags/help", "/tags/poles")
        for caller in (None, bob, mod, manager):
            answer = program(caller).get(address)
            if answer.status_code != 200:
                continue
            shape = operation["responses"]["200"]["content"]["application/json"]["schema"]
            schema = {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                **closed(shape),
                "components": shapes,
            }
            jsonschema.validate(answer.json(), schema)
            checked += 1

    assert checked > 90


PRIVATE = (
    "email",
    "password",
    "suspended",
    "restriction",
    "last_seen",
    "last_login",
    "is_superuser",
    "state_reason",
    "secret_hash",
)


def test_nothing_private_is_in_any_shape_but_ones_own(described):
    for name, shape in described["components"]["schemas"].items():
        # One's own, what is only ever sent to us, and what one wrote or set oneself: whom one invites, who gets into one's group.
        if name in {"Me", "Invitation", "GroupSettings"} or name.endswith("Request"):
            continue
        for field in shape.get("properties", {}):
            assert not any(word in field for word in PRIVATE), (name, field)


def test_refusals_have_the_described_shape(described, client, db):
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **described["components"]["schemas"]["Problem"],
    }
    for path in ("me", "threads/1", "threads?limit=0", "nowhere"):
        answer = client.get(f"/api/v1/{path}")
        assert answer["Content-Type"] == "application/problem+json"
        jsonschema.validate(answer.json(), schema)
