"""What the hot pages cost: statements counted, the same for two rows and for twenty, and no page too heavy."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.threads.actions import add_reaction, bookmark_post, mark_read
from community.threads.models import Thread

WORDS = (
    "Soap leaves a film that pulls water in, so that one side of the fly wets out long before the other. "
    * 11
)


def statements(client: Any, path: str) -> tuple[list[str], Any]:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        page = client.get(path)
    assert page.status_code == 200
    return [query["sql"][:160] for query in captured.captured_queries], page


def fill(make_thread: Any, make_reply: Any, people: list[Any], space: Any, replies: int) -> Thread:
    thread = make_thread(people[0], space, title=f"A thread with {replies} replies")
    for number in range(replies):
        post = make_reply(people[number % len(people)], thread, body=f"Reply {number} of {replies}. {WORDS}")
        reader = people[(number + 1) % len(people)]
        add_reaction(actor=reader, post=post, kind="helpful")
        bookmark_post(actor=reader, post=post)
    thread.refresh_from_db()
    mark_read(actor=people[1], thread=thread, position=2)
    return thread


@pytest.fixture
def people(alice: Any, bob: Any, carol: Any, make_member: Any) -> list[Any]:
    return [alice, bob, carol, make_member("dora"), make_member("emil")]


def test_a_thread_costs_a_member_six_statements_and_a_guest_three(
    sign_in: Any, people: list[Any], space: Any, make_thread: Any, make_reply: Any
) -> None:
    small = fill(make_thread, make_reply, people, space, 2)
    large = fill(make_thread, make_reply, people, space, 24)
    member, guest = sign_in(people[1]), sign_in(None)

    few, _page = statements(member, small.get_absolute_url())
    many, page = statements(member, large.get_absolute_url())
    public, _page = statements(guest, large.get_absolute_url() + "?after=20")

    assert len(few) == len(many) <= 6, many
    assert len(public) <= 3, public
    assert page.content.count(b'<article class="post') == 20
    assert len(page.content) <= 70_000, len(page.content)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?view=newest",
        "/?view=unanswered",
        "/?view=unanswered&age=older",
        "/?view=following",
        "/s/help/",
        "/tags/tents/",
        "/spaces/",
    ],
)
def test_a_list_costs_six_statements_whatever_its_length(
    path: str, sign_in: Any, people: list[Any], space: Any, make_thread: Any
) -> None:
    client = sign_in(people[1])
    texts = iter(range(100))

    def begin(count: int) -> None:
        for _row in range(count):
            title, body = f"Thread {next(texts)} of the list", f"{next(texts)} {WORDS}"
            make_thread(people[0], space, title=title, tags=["tents"], body=body)

    begin(2)
    few, _page = statements(client, path)
    begin(20)
    many, _page = statements(client, path)

    assert len(few) == len(many) <= 6, many


@pytest.mark.parametrize(
    "path", ["/", "/?view=newest", "/s/help/", "/spaces/", "/feed.xml", "/s/help/feed.xml", "/sitemap.xml"]
)
def test_a_guest_costs_three_statements(
    path: str, sign_in: Any, people: list[Any], space: Any, make_thread: Any
) -> None:
    for number in range(3):
        make_thread(people[0], space, title=f"Thread {number} of the list", body=f"{number} {WORDS}")

    found, _page = statements(sign_in(None), path + ("&" if "?" in path else "?") + "fresh=1")

    assert len(found) <= 3, found


def written(client: Any, path: str, form: dict[str, Any]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.post(path, form, headers={"HX-Request": "true"}).status_code < 300
    return [
        query["sql"][:160]
        for query in captured.captured_queries
        if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))
    ]


def test_writing_takes_few_statements_the_reader_included(
    sign_in: Any, people: list[Any], space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(people[0], space)
    post = make_reply(people[1], thread)
    client = sign_in(people[2])
    client.get("/")

    reply = written(client, f"/t/{thread.pk}/-/reply/", {"body": "Take the aluminium ones."})
    press = written(client, f"/p/{post.pk}/react/helpful/", {"on": "1"})
    again = written(client, f"/p/{post.pk}/react/helpful/", {"on": "0"})
    form = {"title": "Which poles?", "body": "They all bend.", "kind": "question", "space": space.slug}
    new = written(client, "/new/", form)

    assert len(reply) <= 9, reply
    assert len(press) <= 6, press
    assert len(again) <= 6, again
    assert len(new) <= 13, new
