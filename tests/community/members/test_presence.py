"""When members were last here."""

import datetime as dt

import pytest
from django.utils import timezone

from community.members import presence
from community.members.models import Member
from community.members.tasks import flush_seen


@pytest.fixture(autouse=True)
def begun_anew(db):
    presence.forget()
    presence.flush_seen()


def test_who_opens_a_page_was_here(sign_in, bob):
    sign_in(bob).get("/notifications/")

    assert flush_seen() == 1
    assert Member.objects.get(pk=bob.pk).last_seen_at > timezone.now() - dt.timedelta(minutes=1)


def test_reading_alone_writes_nothing(sign_in, bob):
    sign_in(bob).get("/notifications/")

    assert Member.objects.get(pk=bob.pk).last_seen_at is None


def test_it_only_moves_forward(bob):
    later = timezone.now() + dt.timedelta(hours=1)
    Member.objects.filter(pk=bob.pk).update(last_seen_at=later)
    presence.note_seen(bob.pk)

    assert flush_seen() == 0
    assert Member.objects.get(pk=bob.pk).last_seen_at == later


def test_without_redis_pages_still_open(sign_in, bob, settings):
    settings.REDIS_LIMITS_URL = "redis://127.0.0.1:1/0"
    presence._redis.cache_clear()
    try:
        assert sign_in(bob).get("/notifications/").status_code == 200
    finally:
        presence._redis.cache_clear()
        presence._paused_until = 0.0
