"""Pages that belong to no feature: errors, signing in, the account."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from config.errors import error_page, server_error

GUEST_PAGES = [
    "/sign-in/",
    "/join/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/confirm-email/",
    "/account/inactive/",
]
MEMBER_PAGES = [
    "/account/email/",
    "/account/password/change/",
    "/account/2fa/",
    "/account/sessions/",
    "/sign-out/",
    "/account/reauthenticate/",
]
BEHIND_PASSWORD = ["/account/2fa/totp/activate/", "/account/2fa/webauthn/add/", "/account/2fa/webauthn/"]


@pytest.fixture
def alice_in_a_browser(alice: Any) -> Client:
    """Alice, who has just typed her password, twice."""
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    browser = Client()
    browser.post("/sign-in/", {"login": "alice", "password": "a long enough password"})
    browser.post("/account/reauthenticate/", {"password": "a long enough password"})
    return browser


def in_the_frame(html: str) -> bool:
    return (
        all(part in html for part in ('class="skip"', 'class="top"', 'id="main"', 'class="foot"', 'id="say"'))
        and html.count("<h1") == 1
    )


@pytest.mark.parametrize("status", [400, 403, 404, 410, 429, 503])
def test_every_error_says_what_happened_and_a_way_on(status: int, alice: Any) -> None:
    request = RequestFactory().get("/x/")
    request.user = alice

    answer = error_page(request, status)

    assert answer.status_code == status
    assert in_the_frame(answer.content.decode())
    assert "private, no-store" in answer["Cache-Control"]


def test_an_error_repeats_the_reason_it_was_given_as_text(alice: Any) -> None:
    request = RequestFactory().get("/x/")
    request.user = alice

    assert "Removed by Dewi &lt;b&gt;" in error_page(request, 410, "Removed by Dewi <b>").content.decode()


def test_the_page_of_a_fault_of_ours_asks_the_database_nothing(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = server_error(RequestFactory().get("/x/"))

    assert (answer.status_code, len(queries)) == (500, 0)
    assert "The fault is ours" in answer.content.decode()


@pytest.mark.parametrize("page", GUEST_PAGES)
def test_signing_in_looks_like_the_rest(client: Client, db: None, page: str) -> None:
    answer = client.get(page)

    assert answer.status_code == 200
    assert in_the_frame(answer.content.decode())


@pytest.mark.parametrize("page", [*MEMBER_PAGES, *BEHIND_PASSWORD])
def test_the_account_looks_like_the_rest(alice_in_a_browser: Client, page: str) -> None:
    answer = alice_in_a_browser.get(page)

    assert answer.status_code == 200, answer.get("Location")
    assert in_the_frame(answer.content.decode())


def test_a_refused_sign_in_says_so_once_above_and_keeps_what_was_typed(client: Client, alice: Any) -> None:
    html = client.post("/sign-in/", {"login": "alice", "password": "wrong"}).content.decode()

    assert html.count("data-error-summary") == 1
    assert 'value="alice"' in html


def test_help_about_passwords_is_a_list_not_its_source(client: Client, db: None) -> None:
    assert "&lt;li&gt;" not in client.get("/join/").content.decode()
