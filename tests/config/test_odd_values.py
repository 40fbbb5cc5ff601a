"""Values that nobody types but programs send: each is answered, none breaks a page."""

import base64
import json
from typing import Any

import pytest
from django.db import DataError
from django.test import Client, RequestFactory

from community.threads.models import Post
from config.errors import DomainErrors

pytestmark = pytest.mark.django_db

HUGE = "9" * 30
TOO_EARLY, TOO_LATE = "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"


def cursor(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


ADDRESSES = [
    "/tags/%00/",
    "/s/help/?tag=%00",
    "/?view=newest&after=253402300799000000.1",
    "/s/help/?after=4611686018427387903.4611686018427387903",
    f"/?view=newest&after={HUGE}.{HUGE}",
    "/people/?q=%00",
    f"/people/?sort=newest&after={TOO_EARLY.replace('+', '%2B')}~5",
    f"/people/?sort=newest&after={TOO_LATE}~5",
    "/people/?after=5~%C2%B2",
    "/search/?q=%00%C2%B2",
    f"/search/?q=a&after={HUGE}.{HUGE}",
    f"/t/{HUGE}/",
    f"/p/{HUGE}/history/",
    "/stop/a%00b/",
    f"/new/?title={'a' * 3000}",
    "/t/{thread}/?sort=helpful&after=4611686018427387903.4611686018427387903",
    "/t/{thread}/x/?" + "a" * 5000,
    "/api/v1/tags?after=" + cursor("slug", "\x00", 1),
    "/api/v1/tags?after=" + cursor("slug", "\ud800", 1),
    "/api/v1/members?after=" + cursor("joined", TOO_LATE, 1),
    "/api/v1/members?after=" + cursor("joined", TOO_EARLY, 10**40),
    "/api/v1/threads?after=" + cursor("top", 10**40, 10**40),
    "/api/v1/me/notices?after=" + cursor("updated", "2025-13-45T00:00:00Z", 1),
    "/api/v1/me/notices?after=" + cursor("updated", TOO_LATE, 1),
    "/api/v1/me/notices?after=" + cursor("updated", "2025-01-01T00:00:00Z", "²"),
    "/api/v1/spaces/%00",
    f"/api/v1/threads/{HUGE}",
]
FORMS = [
    ("/new/", {"do": "draft", "title": "a tent", "tags": "\x00"}),
    ("/new/draft/", {"title": "a tent", "tags": "\x00"}),
    ("/new/", {"title": "a" * 3000, "body": "x" * 40_000, "kind": "question", "space": "help"}),
    ("/drafts/discard/", {"key": "\x00"}),
    ("/t/{thread}/-/reply/", {"body": "hello you", "reply_to": HUGE, "seen": HUGE}),
    ("/t/{thread}/-/read/", {"position": HUGE}),
    ("/t/{thread}/-/level/", {"level": "muted", "next": "/a\r\nX-Evil: 1"}),
    ("/t/{thread}/-/level/", {"level": "muted", "next": "/" + "a" * 5000}),
    ("/p/{post}/edit/", {"title": "abcdef", "body": "hello there everyone", "expected_edit_count": HUGE}),
    ("/me/settings/appearance/", {"time_zone": "../../etc/passwd"}),
]


@pytest.fixture
def reader(alice: Any) -> Client:
    type(alice).objects.filter(pk=alice.pk).update(time_zone="Pacific/Kiritimati")
    client = Client()
    client.force_login(alice)
    return client


def test_no_address_breaks_a_page(reader: Client, alice: Any, space: Any, make_thread: Any) -> None:
    thread = make_thread(alice, space)

    for address in ADDRESSES:
        answer = reader.get(address.replace("{thread}", str(thread.pk)))
        assert answer.status_code < 500, address


def test_no_form_breaks_a_page(reader: Client, alice: Any, space: Any, make_thread: Any) -> None:
    thread = make_thread(alice, space)
    post = Post.objects.get(thread=thread)

    for address, values in FORMS:
        place = address.replace("{thread}", str(thread.pk)).replace("{post}", str(post.pk))
        for headers in ({}, {"HX-Request": "true"}):
            answer = reader.post(place, values, headers=headers)
            assert answer.status_code < 500, (address, values)
            assert "X-Evil" not in answer.headers


def test_what_a_column_cannot_hold_is_a_request_that_cannot_be_read() -> None:
    for path, kind in (("/people/", "text/html; charset=utf-8"), ("/api/v1/x", "application/problem+json")):
        answer = DomainErrors(lambda _request: None).process_exception(  # type: ignore[arg-type, return-value]
            RequestFactory().get(path), DataError("a zero byte")
        )
        assert answer is not None
        assert (answer.status_code, answer["Content-Type"]) == (400, kind)
