"""Acting on several threads by the API."""

from typing import Any

import pytest

from community.threads.models import Thread
from tests.community.threads.conftest import fresh

PATH = "/api/v1/threads/bulk"


@pytest.fixture
def threads(alice: Any, space: Any, make_thread: Any) -> list[Thread]:
    return [make_thread(alice, space, title=f"How do I dry tent number {n}?") for n in range(2)]


def test_a_program_does_it_and_takes_it_back(program: Any, mod: Any, threads: list[Thread]) -> None:
    keys = [thread.pk for thread in threads]

    told = program(mod).post(PATH, {"act": "close", "threads": [*keys, 999_999]}, format="json").json()

    assert told["done"] == keys and told["unchanged"] == []
    assert told["refused"] == [{"id": 999_999, "reason": "There is nothing here."}]
    assert all(fresh(thread).is_locked for thread in threads)
    back = program(mod).post(f"{PATH}/undo", {"undo": told["undo"]}, format="json")
    assert back.json()["done"] == keys
    assert not any(fresh(thread).is_locked for thread in threads)


def test_members_are_refused_and_nothing_changes(program: Any, bob: Any, threads: list[Thread]) -> None:
    answer = program(bob).post(PATH, {"act": "close", "threads": [threads[0].pk]}, format="json")

    assert answer.status_code == 403
    assert not fresh(threads[0]).is_locked


def test_what_is_missing_is_said_by_field(program: Any, mod: Any, threads: list[Thread]) -> None:
    answer = program(mod).post(PATH, {"act": "remove", "threads": [threads[0].pk]}, format="json")

    assert answer.status_code == 422
    assert (
        "reason" in answer.json()["errors"] if "errors" in answer.json() else "reason" in str(answer.json())
    )
    assert program(mod).post(PATH, {"act": "burn", "threads": [1]}, format="json").status_code == 422
