"""A member with a full life is erased, and found nowhere."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import TestCase
from django.utils import timezone

from community.activity.models import Activity
from community.members.models import Member
from community.messages.models import Message
from community.moderation.models import AuditEntry
from community.privacy.actions import ask_erasure
from community.privacy.erasing.running import erase, erase_due
from community.privacy.models import Erasure, ErasureState
from community.threads.models import Post, Reaction, Thread
from community.writing.models import Upload
from rewards.badges.audit import audit_badges
from rewards.points.audit import audit_ledger
from tests.community.privacy.life import HANDLE, IDENTITY, OWN, WRITTEN, Life
from tests.community.privacy.sweep import crawl, in_database, in_files, in_redis

pytestmark = pytest.mark.django_db


def erased(life: Life, deliver_all: Any, *, deletes_posts: bool) -> Member:
    """Ask, wait, and let the clock do it."""
    ask_erasure(actor=life.member, deletes_posts=deletes_posts)
    Erasure.objects.update(due_at=timezone.now() - dt.timedelta(minutes=1))
    # Files go when it is certain that their rows went.
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert erase_due() == 1
    deliver_all()
    return Member.objects.get(pk=life.member.pk)


def test_the_life_is_full(life: Life, files: Any) -> None:
    words = (*IDENTITY, *OWN, *WRITTEN)
    found = in_database(words)

    assert {line.split(": ")[1] for line in found} == set(words)
    assert len(found) > 80


def test_nothing_says_who_a_member_was_after_they_were_erased(
    life: Life, deliver_all: Any, files: Any, sign_in: Any, bob: Any, admin: Any
) -> None:
    shell = erased(life, deliver_all, deletes_posts=False)

    words = (*IDENTITY, *OWN)
    assert "\n".join(in_database(words)) == ""
    assert "\n".join(in_redis(words)) == ""
    assert in_files(files, words) == []
    for reader in (None, bob, admin):
        assert (
            crawl(
                sign_in(reader),
                (
                    "/",
                    "/people/",
                    f"/t/{life.thread.pk}/x/",
                    "/sitemap.xml",
                    "/feed.xml",
                    "/api/v1/threads",
                    "/api/v1/members",
                ),
                words,
            )
            == []
        )
    assert not shell.is_active
    assert shell.handle.startswith("former-")


def test_what_they_wrote_stays_without_a_name(life: Life, deliver_all: Any) -> None:
    erased(life, deliver_all, deletes_posts=False)

    thread = Thread.objects.get(pk=life.thread.pk)
    assert (thread.author, "titlecanary" in thread.title) == (None, True)
    assert "replycanary" in Post.objects.get(pk=life.answer.pk).body_md
    mention = Post.objects.get(pk=life.mention.pk)
    assert "@former-member, I sealed mine" in mention.body_md
    assert "@former-member" in mention.body_html
    assert f"/@{HANDLE}/" not in mention.body_html


def test_with_their_posts_nothing_at_all_is_left(
    life: Life, deliver_all: Any, files: Any, sign_in: Any, bob: Any, admin: Any
) -> None:
    erased(life, deliver_all, deletes_posts=True)

    words = (*IDENTITY, *OWN, *WRITTEN)
    assert "\n".join(in_database(words)) == ""
    assert "\n".join(in_redis(words)) == ""
    assert in_files(files, words) == []
    assert not Upload.objects.filter(pk__in=[upload.pk for upload in life.uploads]).exists()
    for reader in (None, bob, admin):
        assert crawl(sign_in(reader), ("/", f"/t/{life.thread.pk}/x/", "/api/v1/threads"), words) == []
    # What others said keeps its place.
    assert Post.objects.get(pk=life.mention.pk).state == "visible"
    assert Message.objects.filter(author=bob, body_md__contains="Strangerwords").exists()


def test_the_books_still_balance(life: Life, deliver_all: Any) -> None:
    before = life.member.point_transfers.count()

    erased(life, deliver_all, deletes_posts=True)

    assert audit_ledger() == []
    assert audit_badges() == []
    assert before
    assert life.member.point_transfers.count() >= before


def test_numbers_that_others_earned_stay(life: Life, deliver_all: Any) -> None:
    before = Reaction.objects.filter(member=life.member).count()

    erased(life, deliver_all, deletes_posts=False)

    assert Reaction.objects.filter(member=life.member).count() == before > 0


def test_a_search_finds_nobody(life: Life, deliver_all: Any, sign_in: Any) -> None:
    erased(life, deliver_all, deletes_posts=False)

    for words in (HANDLE, life.member.name):
        answer = sign_in(None).get("/api/v1/search", {"q": words}).json()
        assert answer["results"] == [], (words, answer)
        assert sign_in(None).get("/api/v1/search/members", {"q": words}).json().get("results", []) == []
    assert sign_in(None).get(f"/@{HANDLE}/").status_code == 404


def test_an_erasure_cut_short_goes_on_where_it_was(life: Life, deliver_all: Any) -> None:
    ask_erasure(actor=life.member, deletes_posts=True)
    Erasure.objects.update(due_at=timezone.now() - dt.timedelta(minutes=1))
    erasure = Erasure.objects.get()
    rounds = 1
    while not erase(erasure, seconds=0):
        erasure = Erasure.objects.get()
        rounds += 1

    deliver_all()
    assert rounds > 5
    assert "\n".join(in_database((*IDENTITY, *OWN, *WRITTEN))) == ""
    assert erase(Erasure.objects.get()) is True


def test_the_end_is_told_once_to_an_address_that_is_then_forgotten(life: Life, deliver_all: Any) -> None:
    erased(life, deliver_all, deletes_posts=False)

    assert [letter.to for letter in mail.outbox if "erased" in letter.subject] == [
        ["canarypost@nowhere.example"]
    ]
    erasure = Erasure.objects.get()
    assert (erasure.state, erasure.identity, erasure.progress) == (ErasureState.DONE, {}, {})
    told = Activity.objects.get(verb="member.erased")
    assert told.payload == {"member_id": life.member.pk, "deletes_posts": False, "reason": ""}


def test_the_log_of_the_team_keeps_its_entries_without_the_name(life: Life, deliver_all: Any) -> None:
    before = AuditEntry.objects.count()

    erased(life, deliver_all, deletes_posts=False)

    assert AuditEntry.objects.count() >= before > 0
