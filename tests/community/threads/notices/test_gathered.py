"""What threads bring to digests, by the eyes of their reader."""

import datetime as dt

import pytest
from django.utils import timezone

from community.members.actions import block_member
from community.members.models import Follow, Member
from community.notifications.queries.digests import gather
from community.spaces.models import Space, SpaceFollow, Tag, TagFollow
from community.threads.actions import mark_read, mute_thread
from community.threads.models import State, Thread, ThreadFollow


@pytest.fixture
def talk(make_thread, make_reply, space, alice, carol):
    """A thread by Alice with a reply: something to read."""

    def make(title="How to sew a strap", **fields):
        thread = make_thread(alice, fields.pop("space", space), title=title, kind="discussion", **fields)
        make_reply(carol, thread)
        return thread

    return make


def parts(member, since=None):
    now = timezone.now()
    sections = gather(member, since=since or now - dt.timedelta(days=7), now=now)
    return {section.key: [(entry.title, entry.why) for entry in section.entries] for section in sections}


def test_what_was_talked_about_is_worth_reading_and_says_why(talk, bob):
    talk()

    assert parts(bob) == {"best": [("How to sew a strap", "1 reply so far, in Help and how-to.")]}


def test_what_one_follows_comes_first(talk, make_reply, space, bob, carol):
    other = Space.objects.create(slug="gear", name="Gear")
    talk("Much said")
    Thread.objects.filter(title="Much said").update(reply_count=3)
    talk("In a space I follow", space=other)
    SpaceFollow.objects.create(space=other, member=bob)

    assert parts(bob)["best"] == [
        ("In a space I follow", "In Gear, which you follow."),
        ("Much said", "3 replies so far, in Help and how-to."),
    ]


def test_whom_one_follows_is_the_first_reason(talk, bob, alice):
    Follow.objects.create(follower=bob, followed=alice)
    talk()

    assert parts(bob)["best"] == [
        ("How to sew a strap", "By Alice Arden, whom you follow, in Help and how-to.")
    ]


def test_a_topic_one_follows_is_a_reason(talk, bob):
    talk(tags=["straps"])
    TagFollow.objects.create(tag=Tag.objects.get(slug="straps"), member=bob, level="watching")

    assert parts(bob)["best"] == [
        ("How to sew a strap", "About straps, which you follow, in Help and how-to.")
    ]


def test_a_muted_space_or_topic_is_not_in_it_unless_one_listens_nearer(talk, space, bob):
    thread = talk(tags=["straps"])
    SpaceFollow.objects.create(space=space, member=bob, level="muted")
    assert parts(bob) == {}

    ThreadFollow.objects.create(thread=thread, member=bob, level="watching")
    assert parts(bob)["best"] == [("How to sew a strap", "1 reply so far, in Help and how-to.")]


def test_thanks_speak_for_a_thread(talk, bob):
    talk()
    Thread.objects.update(reaction_count=4)

    assert parts(bob)["best"] == [("How to sew a strap", "It helped 4 readers in Help and how-to.")]


def test_what_was_opened_is_not_in_it(talk, bob):
    mark_read(actor=bob, thread=talk(), position=1)

    assert parts(bob) == {}


def test_ones_own_is_not_in_it(talk, alice):
    talk()

    assert "best" not in parts(alice)


def test_what_is_muted_or_by_someone_blocked_is_not_in_it(talk, bob, alice):
    mute_thread(actor=bob, thread=talk("Muted"))
    assert parts(bob) == {}

    talk("By someone blocked")
    block_member(actor=bob, member=alice)
    assert parts(bob) == {}


def test_what_may_not_be_seen_is_not_in_it(talk, private_space, manager, make_thread, make_reply, bob):
    closed = make_thread(manager, private_space, title="Secret prototype", kind="discussion")
    make_reply(manager, closed, body="Something else entirely.")
    hidden = talk("Hidden")
    Thread.objects.filter(pk=hidden.pk).update(state=State.HIDDEN)

    assert parts(bob) == {}


def test_what_is_older_is_not_in_it(talk, bob):
    talk()

    assert parts(bob, since=timezone.now() + dt.timedelta(seconds=1)) == {}


def test_what_a_newcomer_wrote_today_is_not_in_it(talk, alice, bob):
    Member.objects.filter(pk=alice.pk).update(trust_level=0)
    thread = talk()
    assert parts(bob) == {}

    Thread.objects.filter(pk=thread.pk).update(created_at=timezone.now() - dt.timedelta(days=2))
    assert "best" in parts(bob)


def test_open_questions_come_from_spaces_one_follows(make_thread, space, alice, bob):
    make_thread(alice, space, title="Which pole?")
    assert parts(bob) == {}

    SpaceFollow.objects.create(space=space, member=bob)
    assert parts(bob) == {
        "unanswered": [("Which pole?", "Alice Arden asks in Help and how-to, which you follow.")]
    }


def test_it_is_short(talk, bob):
    for number in range(7):
        talk(f"Talk number {number}")

    assert len(parts(bob)["best"]) == 5


def test_its_cost_does_not_grow(talk, make_thread, space, alice, bob, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    SpaceFollow.objects.create(space=space, member=bob)
    talk("The first one")
    make_thread(alice, space, title="Question one")
    with CaptureQueriesContext(connection) as few:
        parts(bob)
    for number in range(4):
        talk(f"Another {number}")
        make_thread(alice, space, title=f"Question {number}")

    with django_assert_num_queries(len(few)):
        parts(bob)
