"""Asking to be forgotten, and staying after all."""

import datetime as dt
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from community.errors import Conflict, Invalid, Refused
from community.integrations.actions import create_api_key
from community.privacy.actions import anonymise_member, ask_erasure, keep_account
from community.privacy.erasing.running import erase_due, write_letters
from community.privacy.models import Erasure, ErasureState

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def confirmed(alice: Any) -> None:
    """Alice has shown that her address is hers, so that she can sign in."""
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)


def test_an_erasure_waits_two_weeks_and_then_begins(alice: Any) -> None:
    erasure = ask_erasure(actor=alice, deletes_posts=False)

    assert dt.timedelta(days=13) < erasure.due_at - timezone.now() < dt.timedelta(days=15)
    assert erase_due() == 0
    alice.refresh_from_db()
    assert (alice.is_active, alice.name) == (True, "Alice Arden")


def test_who_asks_is_signed_out_everywhere_and_their_keys_end(alice: Any, admin: Any, client: Any) -> None:
    signed = client.post("/sign-in/", {"login": "alice", "password": PASSWORD})
    assert signed.status_code == 302
    key, _text = create_api_key(actor=admin, member=alice, name="Shop", scopes=["me:read"])

    ask_erasure(actor=alice, deletes_posts=False)

    key.refresh_from_db()
    assert key.revoked_at is not None
    assert client.get("/me/settings/profile/").status_code == 302


def test_signing_in_keeps_the_account(alice: Any, client: Any) -> None:
    ask_erasure(actor=alice, deletes_posts=True)
    write_letters()

    client.post("/sign-in/", {"login": "alice", "password": PASSWORD})
    write_letters()

    page = client.get("/").content.decode()
    assert "Your account stays. You signed in, so nothing will be erased." in page
    assert Erasure.objects.get().state == ErasureState.CANCELLED
    Erasure.objects.update(due_at=timezone.now() - dt.timedelta(minutes=1))
    assert erase_due() == 0
    assert [letter.subject for letter in mail.outbox if "account" in letter.subject] == [
        "Your account will be erased",
        "Your account stays",
    ]


def test_one_is_told_at_the_beginning_and_before_the_end_once_each(alice: Any) -> None:
    ask_erasure(actor=alice, deletes_posts=False)
    write_letters()
    write_letters()
    assert [letter.subject for letter in mail.outbox] == ["Your account will be erased"]

    Erasure.objects.update(due_at=timezone.now() + dt.timedelta(days=1))
    write_letters()
    write_letters()

    assert [letter.subject for letter in mail.outbox] == [
        "Your account will be erased",
        "Your account will be erased soon",
    ]


def test_asking_twice_changes_nothing(alice: Any) -> None:
    ask_erasure(actor=alice, deletes_posts=False)

    with pytest.raises(Conflict):
        ask_erasure(actor=alice, deletes_posts=True)

    assert Erasure.objects.get().deletes_posts is False


def test_who_is_suspended_may_leave(mallory: Any) -> None:
    assert ask_erasure(actor=mallory, deletes_posts=False).is_waiting


def test_the_only_administrator_stays(admin: Any, make_member: Any) -> None:
    with pytest.raises(Refused):
        ask_erasure(actor=admin, deletes_posts=False)
    assert not Erasure.objects.exists()

    make_member("second", role="admin")
    assert ask_erasure(actor=admin, deletes_posts=False).is_waiting


def test_of_two_administrators_one_stays(admin: Any, make_member: Any) -> None:
    second = make_member("second", role="admin")
    ask_erasure(actor=second, deletes_posts=False)

    with pytest.raises(Refused):
        ask_erasure(actor=admin, deletes_posts=False)
    assert list(Erasure.objects.values_list("member", flat=True)) == [second.pk]


def test_who_is_erased_by_the_team_while_their_own_wish_waits_hears_of_no_account_that_stays(
    manager: Any, alice: Any
) -> None:
    ask_erasure(actor=alice, deletes_posts=False)
    write_letters()
    mail.outbox.clear()

    anonymise_member(actor=manager, member=alice, reason="Asked by letter.")
    write_letters()

    assert [letter.subject for letter in mail.outbox] == []


def test_the_team_erases_a_member_with_a_reason_and_at_once(manager: Any, alice: Any) -> None:
    with pytest.raises(Invalid):
        anonymise_member(actor=manager, member=alice, reason="  ")
    assert not Erasure.objects.exists()

    anonymise_member(actor=manager, member=alice, reason="Asked by letter.")

    assert keep_account(actor=alice) is False
    assert erase_due() == 1
    alice.refresh_from_db()
    assert (alice.is_active, alice.name) == (False, "Former member")


def test_moderators_erase_nobody_and_managers_nobody_of_their_own_rank(
    mod: Any, manager: Any, admin: Any, alice: Any
) -> None:
    for actor, member in ((mod, alice), (manager, admin), (manager, manager), (alice, alice)):
        with pytest.raises(Refused):
            anonymise_member(actor=actor, member=member, reason="No.")

    assert not Erasure.objects.exists()
