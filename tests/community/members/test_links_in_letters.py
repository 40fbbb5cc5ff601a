"""Links in letters: opening one changes nothing, using it works once, and what has changed since closes it (P-16)."""

import re
import secrets
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from community.members.models import Member

FRESH = {"password1": "quite another passphrase", "password2": "quite another passphrase"}


def link_in(letter: Any) -> str:
    """The path of the one link that a letter is about."""
    found = re.search(r"https?://[^\s/]+(/account/(?:password/reset/key|confirm-email)/[^\s]+)", letter.body)
    assert found, letter.body
    return found[1]


@pytest.fixture
def known(alice: Any) -> Any:
    # An address of its own: how often one asks for letters is limited by address.
    alice.email = f"alice-{secrets.token_hex(4)}@example.org"
    alice.save()
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    return alice


def ask(member: Any) -> str:
    Client().post("/account/password/reset/", {"email": member.email})
    return link_in(mail.outbox[-1])


def use(path: str) -> bool:
    """Open the link in a fresh browser and choose a password. Returns whether that was taken."""
    client = Client()
    page = client.get(path, follow=True)
    chosen = client.post(page.redirect_chain[-1][0] if page.redirect_chain else path, FRESH)
    return chosen.status_code == 302


def can_sign_in(member: Any, password: str) -> bool:
    return Member.objects.get(pk=member.pk).check_password(password)


def test_opening_a_reset_link_uses_nothing_up_and_using_it_works_once(known: Any) -> None:
    path = ask(known)
    for _scanner in range(3):
        Client().get(path, follow=True)
        Client().head(path)

    assert use(path)
    assert can_sign_in(known, FRESH["password1"])
    assert not use(path)


@pytest.mark.parametrize("change", ["email", "password", "closed", "suspended"])
def test_a_reset_link_is_dead_after_a_change(known: Any, change: str) -> None:
    path = ask(known)
    if change == "password":
        known.set_password("chosen in the meantime")
        known.save()
    elif change == "email":
        EmailAddress.objects.update(email="new@example.org")
        Member.objects.filter(pk=known.pk).update(email="new@example.org")
    elif change == "suspended":
        until = timezone.now() + timezone.timedelta(days=3)
        Member.objects.filter(pk=known.pk).update(suspended_until=until)
    else:
        Member.objects.filter(pk=known.pk).update(is_active=False)

    assert not use(path)
    assert not can_sign_in(known, FRESH["password1"])


def test_of_two_reset_links_the_second_use_is_refused_whichever_it_is(known: Any) -> None:
    older, newer = ask(known), ask(known)

    assert use(newer)
    assert not use(older)


def test_a_suspended_member_gets_no_further_by_a_reset(known: Any) -> None:
    Member.objects.filter(pk=known.pk).update(suspended_until=timezone.now() + timezone.timedelta(days=3))
    client = Client()
    path = ask(known)
    page = client.get(path, follow=True)
    client.post(page.redirect_chain[-1][0], FRESH)

    assert client.post("/new/", {"title": "A way around it"}).status_code in (302, 403, 422)
    assert not Member.objects.get(pk=known.pk).threads.exists()


def test_opening_a_confirmation_confirms_nothing_and_a_press_does_once(alice: Any) -> None:
    address = EmailAddress.objects.create(user=alice, email=alice.email, verified=False, primary=True)
    from allauth.account.models import get_emailconfirmation_model

    key = get_emailconfirmation_model().create(address).key
    path = f"/account/confirm-email/{key}/"

    assert Client().get(path).status_code == 200
    address.refresh_from_db()
    assert not address.verified

    Client().post(path)
    address.refresh_from_db()
    assert address.verified


def test_a_confirmation_of_an_address_that_was_taken_away_is_dead(alice: Any) -> None:
    from allauth.account.models import get_emailconfirmation_model

    address = EmailAddress.objects.create(user=alice, email="old@example.org", verified=False)
    path = f"/account/confirm-email/{get_emailconfirmation_model().create(address).key}/"
    address.delete()
    EmailAddress.objects.create(user=alice, email="new@example.org", verified=False)

    Client().post(path)

    assert not EmailAddress.objects.filter(verified=True).exists()
