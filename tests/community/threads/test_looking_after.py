"""What the house does about questions by itself, once and in any number of workers."""

import datetime as dt

import pytest
from django.utils import timezone

from community.notifications.models import Notice
from community.spaces.models import Space
from community.threads import looking_after
from community.threads.actions import accept_answer, mark_read, reopen_question, want_information
from community.threads.models import Post, QuestionCare, Thread
from tests.community.threads.conftest import fresh
from tests.racing import all_at_once

MISSING = "Which model is it, and since when?"


@pytest.fixture
def heard(deliver_all):
    """Deliver what was recorded, and return the kinds of notices a member has."""

    def kinds(member):
        deliver_all()
        return list(
            Notice.objects.filter(member=member, kind__startswith="thread.")
            .order_by("pk")
            .values_list("kind", flat=True)
        )

    return kinds


def days_ago(days):
    return timezone.now() - dt.timedelta(days=days)


@pytest.fixture
def old_answer(answer, heard, alice):
    """An answer of four days ago that Alice was told of and has not read."""
    heard(alice)
    Post.objects.filter(pk=answer.pk).update(created_at=days_ago(4))
    return fresh(answer)


def test_an_asker_who_has_not_come_back_is_asked_once(alice, thread, old_answer, heard):
    assert looking_after.follow_up() == 1
    assert looking_after.follow_up() == 0

    assert heard(alice) == ["thread.answered", "thread.did_it_work"]
    assert QuestionCare.objects.get(pk=thread.pk).followed_up_post_id == old_answer.pk


def test_nobody_is_asked_who_came_back_or_chose_or_was_answered_just_now(alice, thread, answer, heard):
    heard(alice)
    assert looking_after.follow_up() == 0

    Post.objects.filter(pk=answer.pk).update(created_at=days_ago(4))
    mark_read(actor=alice, thread=fresh(thread), position=2)
    assert looking_after.follow_up() == 0
    accept_answer(actor=alice, post=fresh(answer))
    assert looking_after.follow_up() == 0
    assert not QuestionCare.objects.exists()


def test_an_asker_is_reminded_once_and_then_the_question_is_closed(alice, mod, thread, heard):
    want_information(actor=mod, thread=thread, missing=MISSING)
    assert (looking_after.nudge(), looking_after.close_waiting()) == (0, 0)
    assert heard(alice) == ["thread.info_wanted"]

    QuestionCare.objects.update(missing_at=days_ago(4))
    assert (looking_after.nudge(), looking_after.nudge()) == (1, 0)
    assert heard(alice) == ["thread.info_wanted"] * 2
    QuestionCare.objects.update(missing_at=days_ago(15))
    assert looking_after.close_waiting() == 0, "a reminder leaves time to answer it"
    QuestionCare.objects.update(nudged_at=days_ago(12))
    assert (looking_after.close_waiting(), looking_after.close_waiting()) == (1, 0)

    assert fresh(thread).is_locked
    assert heard(alice) == ["thread.info_wanted", "thread.info_wanted", "thread.closed_waiting"]

    reopen_question(actor=alice, thread=thread)
    assert not fresh(thread).is_locked
    assert (looking_after.nudge(), looking_after.close_waiting()) == (0, 0)


def test_the_page_offers_both_presses_to_the_asker_alone(alice, bob, thread, old_answer, sign_in):
    looking_after.follow_up()

    mine = sign_in(alice).get(thread.get_absolute_url()).content.decode()
    theirs = sign_in(bob).get(thread.get_absolute_url()).content.decode()

    assert 'id="solved"' in mine and f"/p/{old_answer.pk}/accept/" in mine
    assert 'id="solved"' not in theirs
    answered = sign_in(alice).post(f"/t/{thread.pk}/-/not-yet/")
    assert (answered.status_code, answered.url.endswith("#reply")) == (303, True)
    assert 'id="solved"' not in sign_in(alice).get(thread.get_absolute_url()).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_workers_ask_once(alice, thread, old_answer):
    results = all_at_once([looking_after.follow_up, looking_after.follow_up])

    assert sum(results) == 1
    assert Thread.objects.get(pk=thread.pk).care.followed_up_at is not None


def test_a_row_that_another_worker_let_go_of_just_now_is_not_taken_again(alice, mod, thread, heard):
    want_information(actor=mod, thread=thread, missing=MISSING)
    QuestionCare.objects.update(missing_at=days_ago(15))
    now = timezone.now()
    found = [thread.pk]

    assert [looking_after.nudge_these(found, now) for _worker in range(2)] == [1, 0]
    assert heard(alice) == ["thread.info_wanted"] * 2
    assert [looking_after.close_these(found, now) for _worker in range(2)] == [1, 0]
    assert heard(alice) == ["thread.info_wanted", "thread.info_wanted", "thread.closed_waiting"]
    QuestionCare.objects.update(missing="", closed_at=None, nudged_at=None)
    assert looking_after.nudge_these(found, now) == looking_after.close_these(found, now) == 0


def test_what_is_missing_is_asked_on_a_page_that_keeps_what_was_typed(bob, mod, thread, sign_in):
    address = f"/t/{thread.pk}/-/missing/"

    short = sign_in(mod).post(address, {"missing": "model?"})
    assert short.status_code == 422 and "model?" in short.content.decode()
    bob.trust_level = 0
    bob.save(update_fields=["trust_level"])
    assert 'name="missing"' not in sign_in(bob).get(address).content.decode()
    refused = sign_in(bob).post(address, {"missing": MISSING})
    assert refused.status_code == 403 and MISSING in refused.content.decode()
    assert not QuestionCare.objects.exclude(missing="").exists()

    assert sign_in(mod).post(address, {"missing": MISSING}).status_code == 303
    assert MISSING in sign_in(None).get(thread.get_absolute_url()).content.decode()


def test_an_archive_is_left_alone(alice, bob, thread, old_answer, space, heard):
    want_information(actor=bob, thread=thread, missing=MISSING)
    QuestionCare.objects.filter(pk=thread.pk).update(missing_at=days_ago(30), nudged_at=days_ago(20))
    Space.objects.filter(pk=space.pk).update(is_archived=True)

    assert looking_after.nudge() == looking_after.close_waiting() == 0

    QuestionCare.objects.filter(pk=thread.pk).delete()
    assert looking_after.follow_up() == 0
    assert not fresh(thread).is_locked
