"""Looking after questions: claims, missing information, and answers that stay."""

import datetime as dt

import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Conflict, Invalid, Refused
from community.threads.actions import (
    accept_answer,
    claim_question,
    give_up_claim,
    have_information,
    lock_thread,
    reopen_question,
    reply_to_thread,
    say_not_yet,
    unaccept_answer,
    unlock_thread,
    want_information,
)
from community.threads.models import QuestionCare, Thread
from tests.community.threads.conftest import fresh

MISSING = "Which model is it, and since when?"


@pytest.fixture
def helper(bob):
    """Bob, who has taken part for a while."""
    bob.trust_level = 1
    bob.save(update_fields=["trust_level"])
    return bob


def care_of(thread):
    return QuestionCare.objects.get(pk=thread.pk)


def told(verb):
    return Activity.objects.filter(verb=verb).count()


def test_a_helper_says_what_is_missing_and_a_reply_of_the_asker_clears_it(alice, helper, thread):
    want_information(actor=helper, thread=thread, missing=MISSING)
    want_information(actor=helper, thread=thread, missing=MISSING)

    assert (care_of(thread).missing, care_of(thread).missing_by) == (MISSING, helper)
    assert told("question.info_wanted") == 1

    reply_to_thread(actor=alice, thread=thread, body="It is the Fjord 2, since Monday.")

    assert (care_of(thread).missing, care_of(thread).missing_at) == ("", None)
    assert told("question.info_given") == 1


def test_a_reply_of_somebody_else_leaves_what_is_missing(helper, carol, thread):
    want_information(actor=helper, thread=thread, missing=MISSING)

    reply_to_thread(actor=carol, thread=thread, body="I would like to know that too.")

    assert care_of(thread).missing == MISSING


def test_newcomers_askers_and_empty_sentences_are_refused(alice, helper, carol, mallory, mod, thread):
    carol.trust_level = 0
    for actor in (alice, carol, mallory):
        with pytest.raises(Refused):
            want_information(actor=actor, thread=thread, missing=MISSING)
    with pytest.raises(Invalid):
        want_information(actor=helper, thread=thread, missing="what?")
    assert not QuestionCare.objects.exists()

    want_information(actor=mod, thread=thread, missing=MISSING)
    have_information(actor=helper, thread=thread)
    assert care_of(thread).missing == ""


def test_one_person_at_a_time_answers_and_a_reply_ends_it(alice, bob, carol, thread):
    claim_question(actor=bob, thread=thread)

    with pytest.raises(Conflict) as refusal:
        claim_question(actor=carol, thread=thread)
    assert bob.name in refusal.value.message
    assert care_of(thread).claimed_by == bob

    reply_to_thread(actor=bob, thread=thread, body="Dry it slowly and wax it again.")
    assert (care_of(thread).claimed_by, care_of(thread).claimed_until) == (None, None)
    with pytest.raises(Refused):
        claim_question(actor=carol, thread=fresh(thread))


def test_a_claim_that_is_over_or_given_back_is_free(alice, bob, carol, thread):
    claim_question(actor=bob, thread=thread)
    QuestionCare.objects.update(claimed_until=timezone.now() - dt.timedelta(seconds=1))
    claim_question(actor=carol, thread=thread)
    assert care_of(thread).claimed_by == carol

    give_up_claim(actor=bob, thread=thread)
    assert care_of(thread).claimed_by == carol
    give_up_claim(actor=carol, thread=thread)
    claim_question(actor=bob, thread=thread)
    assert care_of(thread).claimed_by == bob
    with pytest.raises(Refused):
        claim_question(actor=alice, thread=thread)


def test_an_old_choice_is_changed_by_the_team_alone(alice, bob, carol, mod, thread, answer, make_reply):
    other = fresh(make_reply(carol, thread))
    accept_answer(actor=alice, post=answer)
    accept_answer(actor=alice, post=other)
    Thread.objects.update(accepted_at=timezone.now() - dt.timedelta(days=31))

    with pytest.raises(Refused) as refusal:
        unaccept_answer(actor=alice, thread=fresh(thread))
    assert "30" in refusal.value.message
    with pytest.raises(Refused):
        accept_answer(actor=alice, post=fresh(answer))
    assert fresh(thread).accepted_post_id == other.pk

    accept_answer(actor=mod, post=fresh(answer))
    assert fresh(thread).accepted_post_id == answer.pk


def test_what_the_team_closed_the_asker_does_not_open(alice, bob, helper, mod, thread):
    want_information(actor=helper, thread=thread, missing=MISSING)
    Thread.objects.update(is_locked=True)
    QuestionCare.objects.update(closed_at=timezone.now())
    with pytest.raises(Refused):
        reopen_question(actor=bob, thread=thread)
    reopen_question(actor=alice, thread=thread)
    assert not fresh(thread).is_locked

    lock_thread(actor=mod, thread=thread)
    with pytest.raises(Refused):
        reopen_question(actor=alice, thread=thread)
    assert fresh(thread).is_locked
    unlock_thread(actor=mod, thread=thread)


def test_not_yet_keeps_the_question_open_and_is_said_once(alice, bob, thread, answer):
    QuestionCare.objects.create(thread=thread, followed_up_at=timezone.now(), followed_up_post=answer)
    with pytest.raises(Refused):
        say_not_yet(actor=bob, thread=thread)

    say_not_yet(actor=alice, thread=thread)
    say_not_yet(actor=alice, thread=thread)

    assert (care_of(thread).said, fresh(thread).accepted_post_id) == ("not_yet", None)
    assert told("question.still_open") == 1
