"""Numbers that managers chose are the ones the features obey: one real behaviour of each group."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from community.errors import Invalid, RateLimited, Refused

NOON = dt.datetime(2026, 6, 10, 12, tzinfo=dt.UTC)


def test_how_long_authors_edit_without_a_mark(
    alice: Any, space: Any, make_thread: Any, set_number: Any
) -> None:
    from community.threads.actions import edit_post

    thread = make_thread(alice, space)
    first = thread.posts.get(position=1)
    set_number("threads.silent_edit_minutes", 60)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=50), tick=False):
        edit_post(actor=alice, post=first, body="Fifty minutes later it says something else.")
    first.refresh_from_db()
    assert first.edited_at is None

    set_number("threads.silent_edit_minutes", 0)
    edit_post(actor=alice, post=first, body="At once, and still marked as edited.")
    first.refresh_from_db()
    assert first.edited_at is not None


def test_the_page_to_edit_says_the_minutes_in_force(
    alice: Any, space: Any, make_thread: Any, set_number: Any, sign_in: Any
) -> None:
    first = make_thread(alice, space).posts.get(position=1)
    set_number("threads.silent_edit_minutes", 12)

    assert "What you change within 12 minutes" in sign_in(alice).get(f"/p/{first.pk}/edit/").content.decode()


def test_tags_titles_and_links(alice: Any, space: Any, make_thread: Any, set_number: Any) -> None:
    set_number("threads.tags_max", 2)
    set_number("threads.title_max", 40)
    set_number("threads.links", [0, 0, 20, 20])

    with pytest.raises(Invalid, match="2 tags are enough"):
        make_thread(alice, space, tags=["one", "two", "three"])
    with pytest.raises(Invalid, match="room for 40 characters; this has 41"):
        make_thread(alice, space, title="x" * 41)
    with pytest.raises(Invalid, match="hold 0 links"):
        make_thread(alice, space, body="Look at https://example.org/poles before you buy any.")


def test_how_long_a_thread_counts_as_new(
    alice: Any, bob: Any, space: Any, make_thread: Any, set_number: Any
) -> None:
    from community.members.models import Member
    from community.threads.models import Thread
    from community.threads.queries.unread import list_new

    Member.objects.update(joined_at=timezone.now() - dt.timedelta(days=60))
    make_thread(alice, space)
    Thread.objects.update(created_at=timezone.now() - dt.timedelta(days=10))
    bob.refresh_from_db()
    assert len(list_new(bob).threads) == 1

    set_number("threads.new_days", 7)

    assert list_new(bob).threads == []


def test_with_how_many_one_writes(alice: Any, bob: Any, carol: Any, set_number: Any) -> None:
    from community.messages.actions import begin_conversation

    set_number("messages.people", [1, 1, 9, 9])

    with pytest.raises(Refused, match="1 person at a time"):
        begin_conversation(actor=alice, members=[bob, carol], body="Shall we meet on Saturday?")


def test_the_night_and_the_e_mails_of_a_week(db: None, set_number: Any) -> None:
    from community.notifications.gate import Answer, Facts, decide
    from community.notifications.registry import Purpose

    def answer(hour: int, sent: int = 0) -> Any:
        now = NOON.replace(hour=hour)
        return decide(
            Facts(
                now=now,
                purpose=Purpose.COMMUNITY,
                created_at=now,
                zone=ZoneInfo("UTC"),
                sent_at=(now - dt.timedelta(days=1),) * sent,
            )
        )

    assert (answer(20).answer, answer(12, sent=1).answer) == (Answer.ALLOW, Answer.ALLOW)
    set_number("notifications.quiet_from", 20)
    set_number("notifications.quiet_until", 10)
    set_number("notifications.community_mails", 1)

    assert answer(20).due_at == NOON.replace(day=11, hour=10)
    assert (answer(9).code, answer(10).code) == ("quiet", "ok")
    assert answer(12, sent=1).code == "cap"


def test_the_pause_from_e_mail_says_its_days(alice: Any, set_number: Any, sign_in: Any) -> None:
    from community.notifications.actions import pause

    set_number("notifications.pause_days", 3)

    html = sign_in(alice).get("/me/settings/notifications/").content.decode()
    assert "Pause e-mail for 3 days" in html
    assert abs(pause(actor=alice) - timezone.now() - dt.timedelta(days=3)) < dt.timedelta(minutes=1)


def test_searches_kept(alice: Any, set_number: Any) -> None:
    from community.search.actions import remember_search
    from community.search.queries.recent import recent_searches

    set_number("search.recent", 2)
    for words in ("tents", "poles", "stoves"):
        remember_search(actor=alice, text=words)

    assert recent_searches(alice) == ["stoves", "poles"]


def test_the_largest_picture(alice: Any, set_number: Any) -> None:
    from community.writing.actions import add_image

    set_number("writing.image_megabytes", 1)
    file = SimpleUploadedFile(
        "large.png", b"\x89PNG\r\n\x1a\n" + b"0" * (1024 * 1024), content_type="image/png"
    )

    with pytest.raises(Invalid, match="larger than 1 MB"):
        add_image(actor=alice, file=file, kind="image")


def test_when_a_report_is_due(alice: Any, bob: Any, space: Any, make_thread: Any, set_number: Any) -> None:
    from community.moderation.actions import report_post
    from community.moderation.models import Case

    set_number("moderation.due_hours", 2)
    report_post(actor=bob, post=make_thread(alice, space).posts.get(position=1), reason="spam", note="")

    case = Case.objects.get()
    assert case.due_at - case.opened_at == dt.timedelta(hours=2)


def test_points_of_a_day(manager: Any, alice: Any, set_number: Any) -> None:
    from rewards.points.earning.caps import daily_cap

    set_number("points.daily_cap", 25)

    assert daily_cap() == 25


def test_who_is_a_newcomer(alice: Any, set_number: Any) -> None:
    from engagement.journeys.queries import is_newcomer

    alice.joined_at = timezone.now() - dt.timedelta(days=5)
    assert is_newcomer(alice)

    set_number("journeys.newcomer_days", 3)
    assert not is_newcomer(alice)


def test_rates_of_guests(db: None, settings: Any, set_number: Any) -> None:
    settings.LIMITS_ENABLED = True
    settings.LIMITS_PREFIX = f"{settings.LIMITS_PREFIX}-guests"
    set_number("rates.search.search_guest", ["1/h"])
    from community.search.limits import SEARCH, spend

    spend(SEARCH, None, "192.0.2.0/24")
    with pytest.raises(RateLimited):
        spend(SEARCH, None, "192.0.2.0/24")


def test_a_thread_page_asks_for_no_number_of_its_own(
    alice: Any, space: Any, make_thread: Any, sign_in: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    thread, browser = make_thread(alice, space), sign_in(alice)
    browser.get(thread.get_absolute_url())

    with CaptureQueriesContext(connection) as caught:
        assert browser.get(thread.get_absolute_url()).status_code == 200
    assert not [query for query in caught if "numbers_numberinforce" in query["sql"]]
