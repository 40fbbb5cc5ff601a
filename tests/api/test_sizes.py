"""Absurd requests are refused quickly (P-29)."""

import json
import time

import pytest

from community.threads.models import Thread


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"space": "help", "title": "A fair title", "body": "x" * 1_000_000}),
        "[" * 31_000 + "]" * 31_000,
        '{"a":' * 31_000 + "1" + "}" * 31_000,
        "{",
        "",
        "[]",
        '"text"',
        json.dumps({"space": "help", "title": "A fair title", "body": "x", "tags": ["t"] * 10_000}),
        json.dumps({"space": "help", "title": "A fair \x00 title", "body": "A body of a fair length."}),
        '{"space": "help", "title": "A fair title \\ud800", "body": "A body of a fair length."}',
        '{"space": "help", "title": "A fair title", "body": "A body of a fair length.", "kind": "\\ud800"}',
        json.dumps({f"field{n}": n for n in range(1000)}),
        '{"space": "help", "title": NaN}',
        '{"reply_to": ' + "9" * 5000 + "}",
    ],
)
def test_a_body_beyond_measure_is_refused_within_a_second(program, alice, space, body):
    caller = program(alice)
    caller.get("spaces")
    began = time.monotonic()

    answer = caller.client.generic("POST", "/api/v1/threads", body, content_type="application/json")

    assert answer.status_code in (400, 413, 422), answer.content[:200]
    assert answer["Content-Type"] == "application/problem+json"
    assert time.monotonic() - began < 1
    assert not Thread.objects.exists()


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml"],
)
def test_only_json_is_read(program, alice, space, kind):
    answer = program(alice).client.generic("POST", "/api/v1/threads", "title=x", content_type=kind)

    assert answer.status_code == 415


def test_a_page_of_html_is_not_on_offer(program, db):
    assert program().get("spaces", accept="text/html").status_code == 406


@pytest.mark.parametrize(
    "path",
    [
        "threads/99999999999999999999",
        "posts/99999999999999999999",
        "threads/0",
        "members/%00",
        "members/" + "x" * 500,
        "spaces/%F0%9F%8F%95",
    ],
)
def test_addresses_that_lead_nowhere(program, db, path):
    assert program().get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "threads?limit=1000000000",
        "threads?limit=-1",
        "threads?after=" + "9" * 5_000,
        "threads?sort=" + "x" * 5_000,
        "threads?" + "&".join(f"id={n}" for n in range(1_000)),
        "search?q=" + "tent " * 1_000,
        "members?limit=99999999999999999999",
    ],
)
def test_a_question_beyond_measure_is_answered_within_a_second(program, alice, path):
    caller = program(alice)
    began = time.monotonic()

    answer = caller.get(path)

    assert answer.status_code in (200, 400, 414, 422)
    assert len(answer.json().get("results", [])) <= 100
    assert time.monotonic() - began < 1


def test_a_form_with_more_fields_than_any_of_ours_is_refused(sign_in, alice):
    answer = sign_in(alice).post("/new/", {f"field{n}": "x" for n in range(2_000)})

    assert answer.status_code == 400
    assert not Thread.objects.exists()
