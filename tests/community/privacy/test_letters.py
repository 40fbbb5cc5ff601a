"""A mail server that is away, or does not know the receiver, stops no erasure and no copy."""

from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from community.privacy.actions import ask_erasure, ask_export
from community.privacy.erasing.running import LAST_LETTER, erase_due, write_letters
from community.privacy.exporting.building import build_waiting
from community.privacy.models import Erasure, ErasureState, Export, ExportState
from tests.community.notifications.postbox import Post
from tests.community.notifications.postbox import post as post

pytestmark = pytest.mark.django_db
MEMORY = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def away(settings: Any) -> None:
    """Nobody listens where the mail server was."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2


def due(member: Any) -> None:
    ask_erasure(actor=member, deletes_posts=False)
    Erasure.objects.update(due_at=timezone.now(), told_at=timezone.now(), reminded_at=timezone.now())


def test_a_copy_is_ready_although_its_letter_waits(alice: Any, away: None, settings: Any) -> None:
    ask_export(actor=alice)

    assert build_waiting() == 1
    assert Export.objects.get().state == ExportState.READY

    settings.EMAIL_BACKEND = MEMORY
    write_letters()
    write_letters()
    assert [letter.subject for letter in mail.outbox] == ["Your copy is ready"]


def test_letters_that_wait_are_written_once_the_server_is_back(
    alice: Any, bob: Any, away: None, settings: Any
) -> None:
    ask_erasure(actor=alice, deletes_posts=False)
    ask_erasure(actor=bob, deletes_posts=False)
    assert write_letters() == 0

    settings.EMAIL_BACKEND = MEMORY
    assert write_letters() == 2
    assert {letter.to[0] for letter in mail.outbox} == {alice.email, bob.email}


def test_an_erasure_waits_a_day_for_its_last_letter_and_no_longer(alice: Any, away: None) -> None:
    due(alice)

    assert erase_due() == 0
    assert Erasure.objects.get().identity["email"]

    Erasure.objects.update(lease_until=None, begun_at=timezone.now() - LAST_LETTER * 2)
    assert erase_due() == 1
    erasure = Erasure.objects.get()
    assert (erasure.state, erasure.identity) == (ErasureState.DONE, {})


def test_a_receiver_who_is_not_known_any_more_stops_no_erasure(alice: Any, post: Post) -> None:
    post.refuse[alice.email] = "550 no such user"
    due(alice)

    assert erase_due() == 1
    assert Erasure.objects.get().state == ErasureState.DONE
