"""Answers leave in one piece, unless they are streamed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished
from django.http import HttpRequest, StreamingHttpResponse
from django.test import RequestFactory

from config.answering import Pages


@pytest.fixture
def endings() -> Iterator[list[Any]]:
    """Each time a request was ended."""
    heard: list[Any] = []

    def hear(**_said: Any) -> None:
        heard.append(True)

    request_finished.connect(hear)
    yield heard
    request_finished.disconnect(hear)


def ask(pages: Pages, path: str) -> tuple[str, dict[str, str], Any]:
    told: list[Any] = []
    body = pages(RequestFactory().get(path).environ, lambda status, headers: told.extend((status, headers)))
    return told[0], dict(told[1]), body


@pytest.mark.django_db
def test_a_finished_page_is_handed_on_whole_and_its_request_is_ended_once(endings: list[Any]) -> None:
    status, headers, body = ask(Pages(), "/healthz/live")

    assert status == "200 OK"
    assert isinstance(body, list) and len(body) == 1
    assert headers["Content-Length"] == str(len(body[0]))
    assert len(endings) == 1


@pytest.mark.django_db
def test_what_is_streamed_is_drawn_by_the_server_and_ended_by_it(endings: list[Any]) -> None:
    class Streams(Pages):
        def get_response(self, request: HttpRequest) -> StreamingHttpResponse:  # type: ignore[override]
            return StreamingHttpResponse(iter([b"one", b"two"]))

    _status, _headers, body = ask(Streams(), "/anything/")

    assert not isinstance(body, list)
    assert list(body) == [b"one", b"two"]
    assert endings == []
    body.close()
    assert len(endings) == 1
