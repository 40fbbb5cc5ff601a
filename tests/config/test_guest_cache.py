"""Pages kept for guests: quick, the same for all of them, and never older than what moderators decided."""

from typing import Any

import pytest
import redis
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community import revision
from community.threads.actions import set_post_state
from community.threads.models import State
from config.guest_cache import Kept, Shelf


@pytest.fixture(autouse=True)
def kept_for_a_minute(settings: Any, request: Any) -> None:
    settings.GUEST_CACHE_SECONDS = 60
    settings.LIMITS_PREFIX = f"{settings.LIMITS_PREFIX}-{request.node.name[:60]}"
    revision._Memory.read_at = revision._Memory.paused_until = float("-inf")


@pytest.fixture
def thread(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any) -> Any:
    thread = make_thread(alice, space)
    make_reply(bob, thread, body="A reply that will be taken away.")
    return thread


def statements(client: Client, path: str, **headers: Any) -> tuple[int, Any]:
    with CaptureQueriesContext(connection) as captured:
        page = client.get(path, **headers)
    return len(captured), page


def test_the_second_guest_costs_no_statement(thread: Any) -> None:
    guest = Client()
    first, made = statements(guest, thread.get_absolute_url())
    second, kept = statements(guest, thread.get_absolute_url())

    assert first > 0
    assert second == 0
    assert kept.content == made.content
    assert kept["Content-Security-Policy"] == made["Content-Security-Policy"]
    assert kept["X-Request-ID"] != made["X-Request-ID"]


def test_what_moderators_remove_is_gone_at_once(
    thread: Any, mod: Any, django_capture_on_commit_callbacks: Any
) -> None:
    guest = Client()
    path = thread.get_absolute_url()
    assert b"will be taken away" in guest.get(path).content
    assert b"will be taken away" in guest.get(path).content

    with django_capture_on_commit_callbacks(execute=True):
        set_post_state(actor=mod, post=thread.posts.get(position=2), state=State.REMOVED, reason="A test.")

    assert b"will be taken away" not in guest.get(path).content


def test_another_process_hears_of_it_within_a_second(thread: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = revision.current_mark()
    revision._redis().set(revision._key(), b"changed elsewhere")

    assert revision.current_mark() == before
    monkeypatch.setattr(revision, "TRUSTED", -1.0)
    assert revision.current_mark() == b"changed elsewhere"


def test_members_get_pages_of_their_own(thread: Any, bob: Any, sign_in: Any) -> None:
    guest, member = Client(), sign_in(bob)
    path = thread.get_absolute_url()
    guest.get(path)

    page = member.get(path)
    again = guest.get(path)

    assert b'id="reply"' in page.content
    assert b'id="reply"' not in again.content
    assert b"csrfmiddlewaretoken" not in again.content


def test_languages_are_kept_apart(thread: Any) -> None:
    guest = Client()
    path = thread.get_absolute_url()
    english = guest.get(path, headers={"Accept-Language": "en"})
    arabic = guest.get(path, headers={"Accept-Language": "ar"})
    again = guest.get(path, headers={"Accept-Language": "ar"})

    assert b'lang="en"' in english.content
    assert b'dir="rtl"' in arabic.content
    assert again.content == arabic.content


def test_the_look_a_guest_chose_is_kept_apart(thread: Any) -> None:
    path = thread.get_absolute_url()
    guest, dark = Client(), Client()
    dark.cookies["look"] = "dark"
    plain = guest.get(path)

    assert b'data-theme="dark"' in dark.get(path).content
    assert b'data-theme="dark"' not in plain.content


@pytest.mark.parametrize("path", ["/sign-in/", "/healthz/ready", "/no-such-page/"])
def test_other_pages_are_made_every_time(path: str, db: None) -> None:
    guest = Client()
    guest.get(path)

    page = guest.get(path)

    assert "ETag" not in page


def test_addresses_with_other_parameters_do_not_fill_the_shelf(thread: Any) -> None:
    guest = Client()
    path = thread.get_absolute_url() + "?utm_source=letter"
    guest.get(path)

    assert statements(guest, path)[0] > 0


def test_a_page_in_hand_is_not_sent_again(thread: Any) -> None:
    guest = Client()
    path = thread.get_absolute_url()
    etag = guest.get(path)["ETag"]

    answer = guest.get(path, headers={"If-None-Match": etag})

    assert answer.status_code == 304
    assert answer.content == b""


def test_without_redis_pages_are_kept_for_two_seconds(
    thread: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> Any:
        raise redis.ConnectionError("away")

    monkeypatch.setattr(revision, "_redis", away)
    now = [1000.0]
    monkeypatch.setattr("config.guest_cache.time.monotonic", lambda: now[0])
    guest = Client()
    path = thread.get_absolute_url()
    guest.get(path)

    assert statements(guest, path)[0] == 0
    now[0] += 2.1
    assert statements(guest, path)[0] > 0


def test_views_of_kept_pages_are_counted(thread: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from community.threads.view_counter import flush_views

    monkeypatch.setattr("config.guest_cache.SECONDS_TO_GATHER", 0.0)
    guest = Client()
    for _time in range(3):
        guest.get(thread.get_absolute_url())
    flush_views()
    thread.refresh_from_db()

    assert thread.view_count == 3


def test_the_shelf_throws_out_what_was_not_used_for_longest() -> None:
    shelf = Shelf(most_bytes=250)
    page = Kept(b"x" * 100, {}, "", b"1", 100.0, None)
    for name in ("a", "b"):
        shelf.put((name,), page)
    shelf.find(("a",), b"1", 0.0)

    shelf.put(("c",), page)

    assert [shelf.find((name,), b"1", 0.0) is not None for name in "abc"] == [True, False, True]
    assert shelf.find(("a",), b"2", 0.0) is None
    assert shelf.find(("c",), b"1", 100.0) is None
