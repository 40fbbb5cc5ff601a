"""Derived numbers agree with their rows, or are healed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from community.members.models import Member
from community.spaces.models import Space, Tag
from community.threads.actions import accept_answer, add_reaction, delete_post, set_post_state
from community.threads.counters import recount
from community.threads.models import Post, Thread
from community.threads.tasks import recount as nightly
from tests.community.threads.conftest import fresh


@pytest.fixture
def lived_in(alice, bob, carol, mod, space, private_space, manager, make_thread, make_reply, deliver_all):
    """A community in which a bit of everything has happened."""
    first = make_thread(alice, space, tags=["poles", "winter"])
    second = make_thread(bob, space, tags=["winter"], kind="discussion")
    make_thread(manager, private_space, tags=["heron"])
    replies = [fresh(make_reply(author, first)) for author in (bob, carol, bob)]
    accept_answer(actor=alice, post=replies[0])
    for reader in (alice, carol):
        add_reaction(actor=reader, post=replies[0], kind="helpful")
    delete_post(actor=carol, post=replies[1])
    set_post_state(actor=mod, post=replies[2], state="hidden", reason="Wait")
    set_post_state(
        actor=mod,
        post=Post.objects.select_related("thread__space").get(thread=second),
        state="removed",
        reason="Sells fakes",
    )
    deliver_all()
    return first


def test_what_was_lived_in_has_not_drifted(lived_in):
    assert recount(heal=False) == []


def test_numbers_that_wait_to_be_heard_of_have_not_drifted(bob, lived_in, make_reply):
    make_reply(bob, lived_in)

    assert recount(heal=False) == []


def test_every_number_is_healed_and_reported(alice, lived_in):
    truth = numbers()
    Thread.objects.update(
        reply_count=9, reaction_count=9, last_author=None, last_post_at=timezone.now(), last_position=1
    )
    Post.objects.update(reactions={"thanks": 40})
    Space.objects.update(thread_count=9, last_thread_at=None)
    Tag.objects.update(thread_count=9)
    Member.objects.update(thread_count=9, post_count=9, accepted_count=9, helped_count=9)

    reported = {(drift.table, drift.columns) for drift in recount()}

    assert len(reported) == 7
    assert numbers() == truth
    assert recount() == []


def numbers():
    return [
        list(model.objects.order_by("pk").values_list(*columns))
        for model, columns in (
            (Thread, ("reply_count", "reaction_count", "last_author", "last_post_at", "last_position")),
            (Post, ("reactions",)),
            (Space, ("thread_count", "last_thread_at")),
            (Tag, ("slug", "thread_count")),
            (Member, ("thread_count", "post_count", "accepted_count", "helped_count")),
        )
    ]


def test_the_highest_place_ever_given_is_kept(lived_in):
    Thread.objects.filter(pk=lived_in.pk).update(last_position=77)

    assert recount() == []
    assert fresh(lived_in).last_position == 77


def test_what_was_brought_in_counts_as_help(bob, lived_in):
    post = Post.objects.filter(author=bob, state="visible", position__gt=1).get()
    Post.objects.filter(pk=post.pk).update(imported={"up": 5}, reactions={"helpful": 7})
    Thread.objects.filter(pk=lived_in.pk).update(reaction_count=7)
    Member.objects.filter(pk=bob.pk).update(helped_count=7)

    assert recount(heal=False) == []


def test_checking_says_what_has_drifted_and_changes_nothing(lived_in):
    Thread.objects.filter(pk=lived_in.pk).update(reply_count=50)
    said = StringIO()

    with pytest.raises(CommandError):
        call_command("recount", "--check", stdout=said)

    assert "threads_thread: 1 rows had drifted" in said.getvalue()
    assert fresh(lived_in).reply_count == 50


def test_the_command_heals(lived_in):
    Thread.objects.filter(pk=lived_in.pk).update(reply_count=50)

    call_command("recount", stdout=StringIO())
    said = StringIO()
    call_command("recount", "--check", stdout=said)

    assert "Every number agrees" in said.getvalue()


def test_every_night_drift_is_healed_and_said_aloud(lived_in, caplog):
    Thread.objects.filter(pk=lived_in.pk).update(reply_count=50)

    assert nightly() == 1

    assert "had drifted" in caplog.text
    assert fresh(lived_in).reply_count == 1


def test_an_empty_house_has_nothing_to_count(db):
    assert recount() == []
