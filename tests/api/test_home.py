"""What stands on a member's home, for programs."""

from typing import Any

from community.threads.actions import add_reaction


def test_a_program_reads_them_too(
    alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any, program: Any
) -> None:
    answer = make_reply(bob, make_thread(alice, space), body="Less gas, more patience.")
    add_reaction(actor=alice, post=answer, kind="helpful")

    found = program(bob).get("me/outcomes").json()["results"]

    assert [(it["what"], it["post_id"], it["words"], it["people"]) for it in found] == [
        ("thanked", answer.pk, "Less gas, more patience.", 1)
    ]


def test_the_api_says_the_reason(program: Any, alice: Any, carol: Any, space: Any, make_thread: Any) -> None:
    thread = make_thread(alice, space, title="Which stove for winter")

    found = program(carol).get("me/today").json()["results"]

    assert [(it["kind"], it["reason"], it["action"]) for it in found] == [
        ("help", "No reply yet", "Help Alice")
    ]
    assert found[0]["url"].startswith(f"/t/{thread.pk}/")
