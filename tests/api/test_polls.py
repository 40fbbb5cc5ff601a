"""Polls for programs: asked with a post, read with it, voted in, closed."""

from typing import Any

import pytest

from community.threads.models import Poll, PollVote, Post

POLL = {"question": "Which pole?", "options": ["Carbon", "Aluminium"], "shows_voters": True}


@pytest.fixture
def post(alice: Any, space: Any, make_thread: Any) -> Post:
    """Alice's question."""
    return Post.objects.get(thread=make_thread(alice, space))


def test_a_poll_comes_with_a_thread_and_with_a_reply(alice: Any, bob: Any, space: Any, sign_in: Any) -> None:
    body = {"space": "help", "title": "Poles in winter", "body": "I cannot decide.", "poll": POLL}
    thread = sign_in(alice).post("/api/v1/threads", body, content_type="application/json")
    assert thread.status_code == 201, thread.content
    path = f"/api/v1/threads/{thread.json()['id']}/posts"

    reply = sign_in(bob).post(
        path, {"body": "Count!", "poll": {**POLL, "most": 2}}, content_type="application/json"
    )

    assert reply.status_code == 201 and reply.json()["poll"]["most"] == 2
    listed = sign_in(None).get(path).json()["results"]
    assert [row["poll"]["question"] for row in listed] == ["Which pole?", "Which pole?"]


def test_a_poll_is_put_voted_in_read_closed_and_removed(
    post: Post, alice: Any, bob: Any, sign_in: Any
) -> None:
    path = f"/api/v1/posts/{post.pk}/poll"
    hers, his = sign_in(alice), sign_in(bob)
    put = hers.put(path, POLL, content_type="application/json").json()
    assert put["options"][0] == {**put["options"][0], "text": "Carbon", "votes": 0, "mine": False}
    first = put["options"][0]["id"]

    voted = his.put(f"{path}/vote", {"options": [first]}, content_type="application/json").json()
    assert (voted["voted"], voted["voter_count"], voted["options"][0]["share"]) == (True, 1, 100)
    people = sign_in(None).get(f"{path}/options/{first}/voters").json()["people"]
    assert [person["handle"] for person in people] == ["bob"]
    refused = hers.put(path, {**POLL, "question": "Another?"}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "poll_fixed")
    assert his.delete(f"{path}/vote").json()["voter_count"] == 0
    closed = hers.put(f"{path}/state", {"closed": True}, content_type="application/json").json()
    assert closed["is_closed"]
    late = his.put(f"{path}/vote", {"options": [first]}, content_type="application/json")
    assert (late.status_code, late.json()["code"]) == (403, "poll_closed")
    hers.put(f"{path}/state", {"closed": False}, content_type="application/json")
    assert hers.delete(path).status_code == 204

    assert not Poll.objects.exists() and not PollVote.objects.exists()
    assert sign_in(None).get(path).status_code == 404


def test_no_peek_at_results_through_the_api(
    post: Post, alice: Any, bob: Any, carol: Any, sign_in: Any
) -> None:
    path = f"/api/v1/posts/{post.pk}/poll"
    put = sign_in(alice).put(path, {**POLL, "results": "closed"}, content_type="application/json").json()
    first = put["options"][0]["id"]
    sign_in(bob).put(f"{path}/vote", {"options": [first]}, content_type="application/json")

    for viewer in (alice, bob, carol, None):
        seen = sign_in(viewer).get(path).json()
        assert [(option["votes"], option["share"]) for option in seen["options"]] == [(0, 0), (0, 0)]
        assert sign_in(viewer).get(f"{path}/options/{first}/voters").status_code == 404


def test_an_unusable_poll_is_refused_with_its_fields(post: Post, alice: Any, sign_in: Any) -> None:
    answer = sign_in(alice).put(
        f"/api/v1/posts/{post.pk}/poll", {**POLL, "options": ["one"]}, content_type="application/json"
    )

    assert answer.status_code == 422 and answer.json()["code"] == "poll_options_count"
    assert not Poll.objects.exists()
