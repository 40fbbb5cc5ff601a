"""Answers to what a space asks, on the pages and by the API."""

from typing import Any

import pytest

from community.spaces.asking.actions import arrange_asking
from community.spaces.models import Space
from community.threads.models import Thread

MODEL = {"label": "Model", "kind": "choice", "options": ["Sarek", "Lyngen"], "is_required": True}
FAULT = {"label": "Fault", "kind": "choice", "options": ["Ours", "Theirs"], "for_team": True}
SINCE = {"label": "Since", "kind": "date"}


@pytest.fixture
def asking(manager: Any, space: Any) -> Any:
    arrange_asking(actor=manager, space=space, template="## What happened", fields=[MODEL, FAULT, SINCE])
    return Space.objects.get(pk=space.pk)


def text(answer: Any) -> str:
    return str(answer.content.decode())


TYPED = {
    "kind": "question",
    "title": "Which seam leaks here?",
    "body": "It leaks at the left seam.",
    "space": "help",
}


def test_the_composer_asks_and_says_what_is_missing(alice: Any, asking: Any, sign_in: Any) -> None:
    writer = sign_in(alice)

    form = text(writer.get("/new/?space=help"))
    refused = writer.post("/new/", TYPED)
    posted = writer.post(
        "/new/", {**TYPED, "details.model": "Sarek", "details.fault": "Ours", "details.since": "2026-05-31"}
    )

    assert 'name="details.model"' in form and "## What happened" in form
    assert refused.status_code == 422 and "This space needs an answer here." in text(refused)
    assert posted.status_code == 303
    assert Thread.objects.get().details == {"model": "Sarek", "fault": "Ours", "since": "2026-05-31"}


def test_the_form_asks_anew_when_another_space_is_chosen(
    manager: Any, alice: Any, asking: Any, sign_in: Any
) -> None:
    Space.objects.create(slug="other", name="Other")
    writer = sign_in(alice)

    part = text(writer.get("/new/asked/?space=help"))
    again = text(writer.post("/new/", {**TYPED, "do": "space", "details.model": "Lyngen"}))
    begun = text(writer.post("/new/", {**TYPED, "body": "", "do": "template"}))

    assert 'name="details.model"' in part
    assert 'name="details.model"' not in text(writer.get("/new/asked/?space=other"))
    assert writer.get("/new/asked/?space=nowhere").status_code == 404
    assert '<option value="Lyngen" selected>' in again and "It leaks at the left seam." in again
    assert "## What happened" in begun
    assert not Thread.objects.exists()


def test_answers_stand_above_the_first_post_and_those_for_the_team_only_for_them(
    alice: Any, bob: Any, mod: Any, asking: Any, make_thread: Any, sign_in: Any
) -> None:
    thread = make_thread(alice, asking, details={"model": "Sarek", "fault": "Ours", "since": "2026-05-31"})

    for who, inside in ((None, False), (bob, False), (alice, True), (mod, True)):
        page = text(sign_in(who).get(thread.get_absolute_url()))
        assert '<dd dir="auto">Sarek</dd>' in page
        assert ('<dd dir="auto">Ours</dd>' in page) is inside
        assert ("/-/details/" in page) is inside


def test_the_author_answers_anew(alice: Any, bob: Any, asking: Any, make_thread: Any, sign_in: Any) -> None:
    thread = make_thread(alice, asking, details={"model": "Sarek"})
    path = f"/t/{thread.pk}/-/details/"

    assert sign_in(alice).post(path, {"details.model": ""}).status_code == 422
    assert sign_in(bob).post(path, {"details.model": "Lyngen"}).status_code == 403
    assert Thread.objects.get().details == {"model": "Sarek"}
    assert sign_in(alice).get(path).status_code == 200
    assert sign_in(alice).post(path, {"details.model": "Lyngen"}).status_code == 303
    assert Thread.objects.get().details == {"model": "Lyngen"}


def test_the_list_is_narrowed_by_answers_everyone_reads(
    alice: Any, asking: Any, make_thread: Any, sign_in: Any
) -> None:
    make_thread(alice, asking, title="About the first tent", details={"model": "Sarek", "fault": "Ours"})
    make_thread(alice, asking, title="About the second tent", details={"model": "Lyngen", "fault": "Theirs"})

    page = text(sign_in(None).get("/s/help/?details.model=Sarek"))
    inner = text(sign_in(None).get("/s/help/?details.fault=Ours"))

    assert "About the first tent" in page and "About the second tent" not in page
    assert "About the first tent" in inner and "About the second tent" in inner
    assert "Theirs" not in inner
