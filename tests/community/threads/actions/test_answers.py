"""Accepting answers."""

import pytest

from community.activity.models import Activity
from community.errors import NotFound, Refused
from community.members.models import Member
from community.spaces.models import Space, SpaceMembership
from community.threads.actions import accept_answer, delete_post, set_post_state, unaccept_answer
from community.threads.models import Post
from tests.community.threads.conftest import fresh


def accepted_count(member):
    return Member.objects.get(pk=member.pk).accepted_count


def told(verb):
    return Activity.objects.filter(verb=verb).count()


def test_the_asker_accepts_and_it_is_told(alice, bob, thread, answer):
    solved = accept_answer(actor=alice, post=answer)

    assert solved.is_solved
    stored = fresh(thread)
    assert (stored.accepted_post_id, stored.accepted_at is not None) == (answer.pk, True)
    assert accepted_count(bob) == 1
    activity = Activity.objects.get(verb="answer.accepted")
    assert (activity.actor, activity.target_pk) == (alice, answer.pk)
    assert activity.payload == {
        "thread_id": thread.pk,
        "thread_title": thread.title,
        "post_id": answer.pk,
        "post_author_id": bob.pk,
        "asker_id": alice.pk,
    }


def test_accepting_twice_changes_nothing(alice, bob, answer):
    accept_answer(actor=alice, post=answer)
    accept_answer(actor=alice, post=answer)

    assert accepted_count(bob) == 1
    assert told("answer.accepted") == 1


def test_another_answer_takes_the_place_of_the_first(alice, bob, carol, thread, answer, make_reply):
    better = fresh(make_reply(carol, thread))
    accept_answer(actor=alice, post=answer)

    accept_answer(actor=alice, post=better)

    assert fresh(thread).accepted_post_id == better.pk
    assert (accepted_count(bob), accepted_count(carol)) == (0, 1)
    assert (told("answer.accepted"), told("answer.unaccepted")) == (2, 1)


def test_the_team_and_the_moderators_of_the_space_may_accept(mod, carol, space, thread, answer):
    accept_answer(actor=mod, post=answer)
    unaccept_answer(actor=mod, thread=fresh(thread))
    SpaceMembership.objects.create(space=space, member=carol, is_moderator=True)
    accept_answer(actor=carol, post=answer)

    assert fresh(thread).is_solved


def test_others_may_not(bob, carol, thread, answer):
    for actor in (bob, carol):
        with pytest.raises(Refused, match="Only who asked"):
            accept_answer(actor=actor, post=answer)
        with pytest.raises(Refused, match="Only who asked"):
            unaccept_answer(actor=actor, thread=thread)

    assert not fresh(thread).is_solved
    assert accepted_count(bob) == 0


def test_the_question_is_not_its_own_answer(alice, thread, question):
    with pytest.raises(Refused, match="cannot be its own answer"):
        accept_answer(actor=alice, post=question)

    assert not fresh(thread).is_solved


def test_a_discussion_has_no_answer(alice, bob, space, make_thread, make_reply):
    talk = make_thread(alice, space, kind="discussion")
    reply = make_reply(bob, talk)

    with pytest.raises(Refused, match="Only questions"):
        accept_answer(actor=alice, post=reply)

    assert accepted_count(bob) == 0


def test_a_post_hidden_meanwhile_is_not_accepted(alice, mod, thread, answer):
    set_post_state(actor=mod, post=answer, state="hidden", reason="Unsafe advice")

    with pytest.raises(Refused, match="not shown"):
        accept_answer(actor=alice, post=answer)

    assert not fresh(thread).is_solved


def test_answering_oneself_solves_but_is_not_counted(alice, thread, make_reply):
    own = fresh(make_reply(alice, thread))

    accept_answer(actor=alice, post=own)
    assert fresh(thread).is_solved
    assert accepted_count(alice) == 0

    unaccept_answer(actor=alice, thread=fresh(thread))
    assert accepted_count(alice) == 0


def test_taking_it_back_is_told_once(alice, bob, thread, answer):
    accept_answer(actor=alice, post=answer)

    unaccept_answer(actor=alice, thread=fresh(thread))
    unaccept_answer(actor=alice, thread=fresh(thread))

    assert (fresh(thread).accepted_post_id, fresh(thread).accepted_at) == (None, None)
    assert accepted_count(bob) == 0
    assert told("answer.unaccepted") == 1


def test_an_accepted_answer_that_is_deleted_or_hidden_is_no_longer_accepted(
    alice, bob, carol, mod, thread, answer, make_reply
):
    accept_answer(actor=alice, post=answer)
    delete_post(actor=bob, post=fresh(answer))
    assert (fresh(thread).is_solved, accepted_count(bob)) == (False, 0)

    other = fresh(make_reply(carol, thread))
    accept_answer(actor=alice, post=other)
    set_post_state(actor=mod, post=other, state="removed", reason="Unsafe advice")
    assert (fresh(thread).is_solved, accepted_count(carol)) == (False, 0)
    assert told("answer.unaccepted") == 2


def test_a_suspended_asker_may_not(alice, mallory, space, answer, thread):
    type(thread).objects.filter(pk=thread.pk).update(author=mallory)

    with pytest.raises(Refused, match="paused"):
        accept_answer(actor=mallory, post=fresh(answer))


def test_an_asker_who_was_taken_out_of_the_space_finds_nothing(
    alice, bob, private_space, make_thread, make_reply
):
    inside = [SpaceMembership.objects.create(space=private_space, member=member) for member in (alice, bob)]
    thread = make_thread(alice, private_space)
    reply = Post.objects.select_related("thread__space").get(pk=make_reply(bob, thread).pk)
    inside[0].delete()

    with pytest.raises(NotFound):
        accept_answer(actor=alice, post=reply)

    assert not fresh(thread).is_solved


def test_an_archive_keeps_its_answers_and_a_closed_thread_still_takes_one(alice, mod, thread, answer, space):
    type(thread).objects.update(is_locked=True)
    accept_answer(actor=alice, post=fresh(answer))

    Space.objects.filter(pk=space.pk).update(is_archived=True)
    for who in (alice, mod):
        with pytest.raises(Refused) as refusal:
            unaccept_answer(actor=who, thread=fresh(thread))
        assert refusal.value.code == "space_archived"
        with pytest.raises(Refused):
            accept_answer(actor=who, post=fresh(answer))

    assert fresh(thread).accepted_post_id == answer.pk
