"""The pages of what waits, the queue, and the API."""

import json
from typing import Any

import pytest

from community.moderation.models import Case, Held, HeldState
from community.threads.models import Post, Thread
from community.writing.models import Draft


@pytest.fixture(autouse=True)
def casino(watch: Any) -> None:
    """A word that waits for the team."""
    watch("casino", "hold")


def form(space: Any, **fields: str) -> dict[str, str]:
    return {
        "title": "Where is it?",
        "body": "Is the casino open?",
        "kind": "question",
        "space": space.slug,
        **fields,
    }


def test_a_new_thread_that_waits_leads_to_why(sign_in: Any, alice: Any, space: Any) -> None:
    client = sign_in(alice)
    client.post("/new/draft/", form(space))

    answer = client.post("/new/", form(space))

    held = Held.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/waiting/{held.pk}/")
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert "“casino”" in page.content.decode()
    assert not Thread.objects.exists() and not Draft.objects.exists()
    listed = client.get("/waiting/").content.decode()
    assert "Where is it?" in listed


def test_a_reply_that_waits_sends_htmx_there(
    sign_in: Any, alice: Any, bob: Any, space: Any, make_thread: Any
) -> None:
    thread = make_thread(alice, space)
    client = sign_in(bob)

    answer = client.post(
        f"/t/{thread.pk}/-/reply/", {"body": "At the casino.", "seen": "1"}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 204
    assert answer["HX-Redirect"] == f"/waiting/{Held.objects.get().pk}/"
    assert Post.objects.count() == 1


def test_it_is_changed_and_taken_back_on_its_page(sign_in: Any, alice: Any, bob: Any, space: Any) -> None:
    client = sign_in(alice)
    client.post("/new/", form(space))
    held = Held.objects.get()

    empty = client.post(held.get_absolute_url(), {"title": "", "body": ""})
    changed = client.post(
        held.get_absolute_url(), {"title": "Where is this?", "body": "Is the hall open now?"}
    )
    foreign = sign_in(bob).post(f"{held.get_absolute_url()}take-back/")

    held.refresh_from_db()
    assert (empty.status_code, changed.status_code, foreign.status_code) == (422, 303, 404)
    assert (held.title, held.state) == ("Where is this?", HeldState.WAITING)
    assert client.post(f"{held.get_absolute_url()}take-back/").status_code == 303
    held.refresh_from_db()
    assert held.state == HeldState.TAKEN_BACK
    assert client.get(held.get_absolute_url()).status_code == 200


def test_the_page_of_the_case_shows_it_and_lets_it_through(
    sign_in: Any, alice: Any, mod: Any, space: Any
) -> None:
    sign_in(alice).post("/new/", form(space))
    case = Case.objects.get()
    staff = sign_in(mod)

    page = staff.get(f"/admin/moderation/case/{case.pk}/change/").content.decode()
    decided = staff.post(
        f"/admin/moderation/case/{case.pk}/change/", {"act": "decide", "decision": "approve"}
    )

    assert "Is the casino open?" in page and "casino" in page
    assert decided.status_code == 303
    post = Post.objects.get()
    shown = sign_in(alice).get(f"/waiting/{Held.objects.get().pk}/").content.decode()
    assert post.get_absolute_url() in shown


def test_the_api_answers_202_and_keeps_it_once(sign_in: Any, alice: Any, space: Any) -> None:
    client = sign_in(alice)
    body = json.dumps(
        {"space": space.slug, "title": "Where is it?", "body": "Is the casino open?", "kind": "question"}
    )

    answers = [
        client.post(
            "/api/v1/threads", body, content_type="application/json", headers={"Idempotency-Key": "one"}
        )
        for _time in range(2)
    ]

    held = Held.objects.get()
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json()["held_id"] == held.pk
    assert answers[0]["Location"] == f"/api/v1/me/held/{held.pk}"
    one = client.get(f"/api/v1/me/held/{held.pk}").json()
    assert one["state"] == "waiting" and "casino" in one["why"][0]
    assert [row["id"] for row in client.get("/api/v1/me/held?state=waiting").json()["results"]] == [held.pk]
    changed = client.patch(
        f"/api/v1/me/held/{held.pk}",
        json.dumps({"body": "Is the hall open now?"}),
        content_type="application/json",
    )
    assert changed.json()["body_md"] == "Is the hall open now?"
    assert client.delete(f"/api/v1/me/held/{held.pk}").status_code == 204
    assert client.get(f"/api/v1/me/held/{held.pk}").json()["state"] == "taken_back"


def test_others_learn_nothing_of_it(sign_in: Any, alice: Any, bob: Any, space: Any) -> None:
    sign_in(alice).post("/new/", form(space))
    pk = Held.objects.get().pk

    for path in (f"/waiting/{pk}/", f"/api/v1/me/held/{pk}"):
        assert sign_in(bob).get(path).status_code == 404
    assert sign_in(bob).get("/api/v1/me/held").json()["results"] == []


def test_a_list_costs_the_same_for_two_and_for_twenty(
    sign_in: Any, alice: Any, space: Any, django_assert_max_num_queries: Any
) -> None:
    def add(count: int) -> None:
        for number in range(count):
            Held.objects.create(
                kind="thread",
                author=alice,
                space=space,
                title="A title",
                body_md="Text",
                fingerprint=f"{count}-{number}",
            )

    client = sign_in(alice)
    add(2)
    client.get("/waiting/")
    for count in (0, 18):
        add(count)
        with django_assert_max_num_queries(6):
            assert client.get("/waiting/").status_code == 200
