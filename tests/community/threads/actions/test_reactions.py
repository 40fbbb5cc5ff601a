"""Saying with one press that a post helped."""

import pytest

from community.activity.models import Activity
from community.errors import Invalid, NotFound, RateLimited, Refused
from community.members.models import Member
from community.spaces.models import Space, SpaceMembership
from community.threads.actions import add_reaction, remove_reaction, set_post_state
from community.threads.models import Post, Reaction, Thread
from tests.community.threads.conftest import fresh


def test_a_reaction_is_counted_on_the_post_and_the_thread_and_told(alice, bob, thread, answer):
    assert add_reaction(actor=alice, post=answer, kind="helpful") is True

    assert answer.reactions == {"helpful": 1}
    assert fresh(answer).reactions == {"helpful": 1}
    assert fresh(thread).reaction_count == 1
    told = Activity.objects.get(verb="reaction.added")
    assert (told.actor, told.target_type, told.target_pk) == (
        alice,
        "threads.reaction",
        Reaction.objects.get().pk,
    )
    assert told.payload == {
        "reaction_id": told.target_pk,
        "post_id": answer.pk,
        "post_author_id": bob.pk,
        "thread_id": thread.pk,
        "kind": "helpful",
    }


def test_the_same_press_again_changes_nothing(alice, thread, answer):
    add_reaction(actor=alice, post=answer, kind="helpful")

    assert add_reaction(actor=alice, post=answer, kind="helpful") is False

    assert fresh(answer).reactions == {"helpful": 1}
    assert fresh(thread).reaction_count == 1
    assert Activity.objects.filter(verb="reaction.added").count() == 1


def test_a_reader_may_say_two_things_about_one_post(alice, carol, thread, answer):
    add_reaction(actor=alice, post=answer, kind="helpful")
    add_reaction(actor=alice, post=answer, kind="thanks")
    add_reaction(actor=carol, post=answer, kind="thanks")

    assert fresh(answer).reactions == {"helpful": 1, "thanks": 2}
    assert fresh(thread).reaction_count == 3


def test_taking_back_leaves_nothing_and_is_told(alice, thread, answer):
    add_reaction(actor=alice, post=answer, kind="helpful")
    pk = Reaction.objects.get().pk

    assert remove_reaction(actor=alice, post=answer, kind="helpful") is True
    assert remove_reaction(actor=alice, post=answer, kind="helpful") is False

    assert fresh(answer).reactions == {}
    assert fresh(thread).reaction_count == 0
    assert Activity.objects.get(verb="reaction.removed").payload["reaction_id"] == pk


def test_nobody_reacts_to_their_own_post(bob, answer):
    with pytest.raises(Refused, match="This is yours"):
        add_reaction(actor=bob, post=answer, kind="thanks")

    assert not Reaction.objects.exists()
    assert fresh(answer).reactions == {}


def test_same_question_is_said_only_about_a_question(
    alice, bob, space, thread, question, answer, make_thread
):
    talk = Post.objects.get(thread=make_thread(alice, space, kind="discussion"))

    assert add_reaction(actor=bob, post=question, kind="same") is True
    for actor, post in ((alice, answer), (bob, talk)):
        with pytest.raises(Refused, match="Only a question"):
            add_reaction(actor=actor, post=post, kind="same")

    assert Reaction.objects.count() == 1


def test_an_unknown_reaction_is_refused(alice, answer):
    with pytest.raises(Invalid):
        add_reaction(actor=alice, post=answer, kind="clap")


def test_suspended_members_do_not_react(mallory, answer):
    with pytest.raises(Refused):
        add_reaction(actor=mallory, post=answer, kind="helpful")
    with pytest.raises(Refused):
        remove_reaction(actor=mallory, post=answer, kind="helpful")

    assert not Reaction.objects.exists()


def test_a_post_hidden_meanwhile_is_not_there(alice, mod, answer):
    set_post_state(actor=mod, post=answer, state="hidden", reason="Looks like an advertisement")

    with pytest.raises(NotFound):
        add_reaction(actor=alice, post=answer, kind="helpful")
    with pytest.raises(Refused, match="not shown"):
        add_reaction(actor=mod, post=answer, kind="helpful")

    assert not Reaction.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("press", [add_reaction, remove_reaction])
def test_a_post_that_moves_away_under_the_press_leaves_nothing_half_done(
    alice, bob, space, thread, answer, make_thread, press, monkeypatch
):
    other = make_thread(bob, space)
    if press is remove_reaction:
        add_reaction(actor=alice, post=answer, kind="helpful")
    before = (Reaction.objects.count(), Activity.objects.count(), fresh(thread).reaction_count)
    seen = Post.objects.select_related("thread__space").get(pk=answer.pk)
    seen.thread = other
    monkeypatch.setattr("community.threads.queries.get_post_for", lambda actor, pk: seen)

    with pytest.raises(NotFound):
        press(actor=alice, post=seen, kind="helpful")

    assert (Reaction.objects.count(), Activity.objects.count(), fresh(thread).reaction_count) == before
    assert fresh(other).reaction_count == 0


def test_a_post_in_a_closed_space_is_not_there(alice, bob, private_space, make_thread):
    SpaceMembership.objects.create(space=private_space, member=alice)
    post = Post.objects.get(thread=make_thread(alice, private_space))

    with pytest.raises(NotFound):
        add_reaction(actor=bob, post=post, kind="helpful")

    assert not Reaction.objects.exists()


def test_a_reaction_costs_at_most_six_statements(alice, answer, counted):
    post = Post.objects.get(pk=answer.pk)

    with counted() as statements:
        add_reaction(actor=alice, post=post, kind="helpful")
    assert len(statements()) <= 6, "\n".join(statements())

    with counted() as statements:
        remove_reaction(actor=alice, post=post, kind="helpful")
    assert len(statements()) <= 6, "\n".join(statements())


def test_reacting_and_taking_back_spend_the_same_limit(alice, answer, limits_on):
    limits_on()

    for _press in range(5):
        add_reaction(actor=alice, post=answer, kind="helpful")
        remove_reaction(actor=alice, post=answer, kind="helpful")
    with pytest.raises(RateLimited):
        add_reaction(actor=alice, post=answer, kind="helpful")

    assert fresh(answer).reactions == {}


def test_help_is_counted_for_who_gave_it(alice, bob, carol, answer, deliver_all):
    add_reaction(actor=alice, post=answer, kind="helpful")
    add_reaction(actor=carol, post=answer, kind="helpful")
    add_reaction(actor=carol, post=answer, kind="thanks")
    deliver_all()
    assert Member.objects.get(pk=bob.pk).helped_count == 2

    remove_reaction(actor=carol, post=answer, kind="helpful")
    deliver_all()
    assert Member.objects.get(pk=bob.pk).helped_count == 1


def test_what_was_brought_in_stays_counted(alice, thread, answer):
    Post.objects.filter(pk=answer.pk).update(reactions={"helpful": 7}, imported={"up": 7})
    Thread.objects.filter(pk=thread.pk).update(reaction_count=7)

    add_reaction(actor=alice, post=answer, kind="helpful")
    assert fresh(answer).reactions == {"helpful": 8}

    remove_reaction(actor=alice, post=answer, kind="helpful")
    assert fresh(answer).reactions == {"helpful": 7}


def test_an_archive_is_only_read_and_a_closed_thread_still_takes_thanks(alice, carol, thread, answer, space):
    Thread.objects.update(is_locked=True)
    assert add_reaction(actor=alice, post=fresh(answer), kind="helpful") is True

    Space.objects.filter(pk=space.pk).update(is_archived=True)
    for who, act in ((carol, add_reaction), (alice, remove_reaction)):
        with pytest.raises(Refused) as refusal:
            act(actor=who, post=fresh(answer), kind="helpful")
        assert refusal.value.code == "space_archived"

    assert fresh(answer).reactions == {"helpful": 1}
    assert Reaction.objects.count() == 1
