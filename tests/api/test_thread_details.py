"""What spaces ask and threads answer, by the API."""

from typing import Any

from tests.community.threads.actions.test_details import FAULT, MODEL


def test_programs_ask_answer_and_filter(
    program: Any, manager: Any, alice: Any, bob: Any, mod: Any, space: Any
) -> None:
    arranged = program(manager).put("spaces/help/form", {"template": "## What", "fields": [MODEL, FAULT]})
    assert arranged.status_code == 200, arranged.content
    assert [field["key"] for field in program().get("spaces/help/form").json()["fields"]] == [
        "model",
        "fault",
    ]
    assert program(mod).put("spaces/help/form", {"fields": []}).status_code == 403
    new = {"space": "help", "title": "Which seam leaks here?", "body": "It leaks at the left seam."}

    refused = program(alice).post("threads", new)
    made = program(alice).post(
        "threads", {**new, "details": {"model": "Sarek", "fault": "Ours", "nothing": 1}}
    )

    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["details.model"])
    path = f"threads/{made.json()['id']}/details"
    for who, keys in (
        (None, ["model"]),
        (bob, ["model"]),
        (alice, ["model", "fault"]),
        (mod, ["model", "fault"]),
    ):
        caller = program(who) if who else program()
        assert [row["key"] for row in caller.get(path).json()["items"]] == keys
    assert program(bob).put(path, {"details": {"model": "Lyngen"}}).status_code == 403
    assert program(alice).put(path, {"details": {"model": "Lyngen"}}).json()["items"][0]["value"] == "Lyngen"
    found = {
        answer: len(program().get(f"threads?space=help&details={answer}").json()["results"])
        for answer in ("model:Lyngen", "model:Sarek", "fault:Ours", "nothing:1")
    }
    assert found == {"model:Lyngen": 1, "model:Sarek": 0, "fault:Ours": 0, "nothing:1": 0}
