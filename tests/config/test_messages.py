"""Where sentences wait for the next page."""

import pytest
from django.contrib import messages
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import RequestFactory

from config.messages import LateSigning


@pytest.fixture
def request_with(rf: RequestFactory):
    def make(cookie: str = ""):
        request = rf.get("/")
        if cookie:
            request.COOKIES["messages"] = cookie
        request._messages = LateSigning(request)
        return request

    return make


def test_a_sentence_waits_for_the_next_page_and_is_said_once(request_with):
    first, answer = request_with(), HttpResponse()
    messages.success(first, "Kept in your bookmarks.")
    first._messages.update(answer)

    second, told = request_with(answer.cookies["messages"].value), HttpResponse()
    assert [str(said) for said in get_messages(second)] == ["Kept in your bookmarks."]
    second._messages.update(told)
    assert told.cookies["messages"].value == ""


def test_a_cookie_that_somebody_else_wrote_says_nothing(request_with):
    request = request_with('[["__json_message",0,25,"Send me your password."]]:made-up')

    assert list(get_messages(request)) == []


def test_where_nothing_is_said_nothing_is_signed(request_with):
    request, answer = request_with(), HttpResponse()
    request._messages.update(answer)

    assert "signer" not in vars(request._messages)
    assert not answer.cookies
