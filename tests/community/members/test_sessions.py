"""A session and whose it is come in one statement, and never the wrong one."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.members.models import Member
from community.members.sessions import SessionStore


@pytest.fixture
def signed_in(client: Client, alice: Any) -> Client:
    client.force_login(alice)
    client.get("/healthz/live")
    return client


def whose(client: Client) -> Any:
    return client.get("/me/settings/").wsgi_request.user


def test_from_the_second_page_on_session_and_member_are_one_statement(signed_in: Client) -> None:
    from django.db import connection

    whose(signed_in)
    with CaptureQueriesContext(connection) as asked:
        whose(signed_in)

    sessions = [query["sql"] for query in asked if "django_session" in query["sql"]]
    members = [query["sql"] for query in asked if "members_member" in query["sql"]]
    assert len(sessions) == 1
    assert members == sessions


def test_what_changed_meanwhile_shows_on_the_next_page(signed_in: Client, alice: Any) -> None:
    assert whose(signed_in).name == "Alice Arden"
    Member.objects.filter(pk=alice.pk).update(name="Alice Brook")

    assert whose(signed_in).name == "Alice Brook"


def test_a_closed_account_is_nobody_on_the_next_page(signed_in: Client, alice: Any) -> None:
    assert whose(signed_in).is_authenticated
    Member.objects.filter(pk=alice.pk).update(is_active=False)

    assert not signed_in.get("/").wsgi_request.user.is_authenticated


def test_a_browser_that_changes_hands_is_the_other_person_at_once(signed_in: Client, bob: Any) -> None:
    assert whose(signed_in).handle == "alice"
    signed_in.force_login(bob)

    assert whose(signed_in).handle == "bob"
    assert whose(signed_in).handle == "bob"


def test_two_people_on_one_process_stay_apart(signed_in: Client, bob: Any) -> None:
    other = Client()
    other.force_login(bob)

    for _turn in range(3):
        assert whose(signed_in).handle == "alice"
        assert whose(other).handle == "bob"


def test_a_changed_password_ends_the_session(signed_in: Client, alice: Any) -> None:
    assert whose(signed_in).is_authenticated
    alice.set_password("another long enough password")
    alice.save()

    assert not signed_in.get("/").wsgi_request.user.is_authenticated


def test_a_key_that_was_never_ours_opens_nothing_and_breaks_nothing(db: None, client: Client) -> None:
    for key in ("\x00abcdefghijklmnop", "abcdefgh-ijklmnop", "ä" * 32):
        client.cookies["session"] = key

        assert client.get("/people/").status_code == 200
        assert client.get("/new/").status_code == 302


def test_what_one_request_does_to_its_session_is_not_seen_by_the_next_unless_it_is_saved(
    signed_in: Client,
) -> None:
    key = signed_in.session.session_key
    SessionStore(key).load()["dropped"] = True

    assert "dropped" not in SessionStore(key).load()


def test_a_session_that_somebody_changed_in_the_table_is_empty(signed_in: Client) -> None:
    key = signed_in.session.session_key
    row = Session.objects.get(pk=key)
    Session.objects.filter(pk=key).update(session_data=row.session_data[:-1] + "!")

    assert SessionStore(key).load() == {}
