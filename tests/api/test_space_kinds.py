"""Each kind of space once from end to end: opened, ordered, asked for what it needs, written in and read."""

from typing import Any

import pytest

from community.spaces.models import Kind, Space
from community.threads.models import Thread

BODY = "Written at the stove with a cup of tea, long enough to be worth reading."
FIELD = {"label": "Which model", "kind": "choice", "options": ["Sarek", "Abisko"], "is_required": True}


@pytest.mark.parametrize("kind", Kind.values)
def test_a_space_of_each_kind_is_opened_written_in_and_read(
    manager: Any, bob: Any, client: Any, sign_in: Any, program: Any, kind: str
) -> None:
    opened = program(manager).post("spaces", {"name": "Corner", "kind": kind})
    assert opened.status_code == 201, opened.content
    assert opened.json()["kind"] == kind
    form = {"template": "What, where, since when?", "fields": [FIELD]}
    asked = program(manager).put("spaces/corner/form", form)
    assert asked.status_code == 200, asked.content
    (field,) = asked.json()["fields"]
    writer = manager if kind == "article" else bob
    new = {"space": "corner", "title": "A hook that holds", "body": BODY, "tags": []}

    refused = program(writer).post("threads", new)
    assert refused.status_code == 422, refused.content
    assert not Thread.objects.exists()
    begun = program(writer).post("threads", {**new, "details": {field["key"]: "Sarek"}})

    assert begun.status_code == 201, begun.content
    thread = Thread.objects.get()
    assert begun.json()["kind"] == thread.kind
    if kind not in ("discussion", "question"):
        assert thread.kind == kind
    reply = program(bob).post(f"threads/{thread.pk}/posts", {"body": "Mine has held for two winters."})
    assert reply.status_code == 201, reply.content
    assert "A hook that holds" in client.get("/s/corner/").content.decode()
    page = sign_in(bob).get(thread.get_absolute_url()).content.decode()
    assert "Which model" in page
    assert "Sarek" in page
    narrowed = program(bob).get(f"threads?space=corner&details={field['key']}:Sarek").json()
    assert [row["id"] for row in narrowed["results"]] == [thread.pk]


def test_articles_are_not_begun_by_members(manager: Any, bob: Any, program: Any) -> None:
    program(manager).post("spaces", {"name": "Corner", "kind": "article"})

    answer = program(bob).post("threads", {"space": "corner", "title": "A hook that holds", "body": BODY})

    assert answer.status_code == 403
    assert not Thread.objects.exists()


def test_a_program_orders_spaces(manager: Any, bob: Any, program: Any) -> None:
    for name in ("Tents", "Poles", "Stoves"):
        program(manager).post("spaces", {"name": name})
    for slug, place in (("tents", 5), ("poles", 4), ("stoves", 3)):
        assert program(manager).patch(f"spaces/{slug}", {"position": place}).status_code == 200

    assert program(bob).patch("spaces/tents", {"position": 1}).status_code == 403
    for wrong in (-1, 40_000, "first", None):
        assert program(manager).patch("spaces/tents", {"position": wrong}).status_code in (400, 422)

    shown = [row["name"] for row in program(bob).get("spaces").json()["results"]]
    assert shown == ["Stoves", "Poles", "Tents"]
    assert Space.objects.get(slug="tents").position == 5


def test_slow_mode_tells_a_program_when_to_come_back(
    manager: Any, alice: Any, bob: Any, space: Any, make_thread: Any, program: Any
) -> None:
    thread = make_thread(alice, space)
    program(manager).patch(f"spaces/{space.slug}", {"slow_seconds": 120})
    assert program(bob).post(f"threads/{thread.pk}/posts", {"body": BODY}).status_code == 201

    answer = program(bob).post(f"threads/{thread.pk}/posts", {"body": BODY + " Twice."})

    assert answer.status_code == 429
    assert answer.json()["code"] == "slow_mode"
    assert 100 < int(answer["Retry-After"]) <= 120
    assert "2 minutes" in answer.json()["detail"]
