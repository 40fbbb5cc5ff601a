"""Taking threads out of the lists, archiving them, and slowing them down."""

import pytest

from community.activity.models import Activity
from community.errors import Invalid, RateLimited, Refused
from community.notifications.models import Notice
from community.search.models import SearchDocument
from community.spaces.models import Tag
from community.threads import queries
from community.threads.actions import (
    add_reaction,
    archive_thread,
    edit_post,
    list_thread,
    reply_to_thread,
    set_post_state,
    set_slow_mode,
    unarchive_thread,
    unlist_thread,
)
from community.threads.counters import recount
from community.threads.models import Post, Thread
from tests.community.threads.conftest import fresh


def listed(viewer):
    return [row.pk for row in queries.list_threads(viewer).threads]


def first_of(thread):
    return Post.objects.select_related("thread__space").get(thread=thread, position=1)


def test_an_unlisted_thread_is_read_by_its_address_and_stands_nowhere(
    alice, bob, mod, space, thread, make_reply, deliver_all
):
    unlist_thread(actor=mod, thread=thread, reason="A duplicate")
    make_reply(bob, fresh_of(bob, thread))
    deliver_all()

    for viewer in (None, alice, bob, mod):
        assert queries.get_thread_for(viewer, thread.pk).pk == thread.pk
        assert thread.pk not in listed(viewer)
    assert [row.pk for row in queries.public_addresses()] == []
    assert not SearchDocument.objects.filter(thread_id=thread.pk).exists()
    assert not Notice.objects.filter(kind="thread.answered").exists()
    assert queries.list_new(bob).threads == []
    assert space_count(space) == 0
    assert recount(heal=False) == []


def fresh_of(viewer, thread):
    return queries.get_thread_for(viewer, thread.pk)


def space_count(space):
    space.refresh_from_db()
    return space.thread_count


def test_listing_it_again_brings_everything_back(bob, mod, space, make_thread, deliver_all):
    thread = make_thread(bob, space, tags=["poles"])
    unlist_thread(actor=mod, thread=thread)
    assert Tag.objects.get().thread_count == 0

    list_thread(actor=mod, thread=thread)
    deliver_all()

    assert listed(None) == [thread.pk]
    assert (Tag.objects.get().thread_count, space_count(space)) == (1, 1)
    assert SearchDocument.objects.filter(thread_id=thread.pk).exists()
    assert not fresh(thread).is_steered
    assert recount(heal=False) == []


def test_its_author_is_told_with_the_reason(alice, mod, thread, deliver_all):
    unlist_thread(actor=mod, thread=thread, reason="A duplicate")
    deliver_all()

    told = Notice.objects.exclude(kind="badge.earned").get(member=alice)
    assert (told.kind, told.payload) == ("thread.ordered", {"what": "unlist", "reason": "A duplicate"})
    assert Activity.objects.get(verb="thread.changed").payload["reason"] == "A duplicate"


def test_an_archived_thread_is_only_read_and_search_finds_it(alice, bob, mod, thread, answer, deliver_all):
    archive_thread(actor=mod, thread=thread)
    deliver_all()

    for act in (
        lambda: reply_to_thread(actor=bob, thread=fresh_of(bob, thread), body="One more thing"),
        lambda: reply_to_thread(actor=mod, thread=fresh_of(mod, thread), body="One more thing"),
        lambda: add_reaction(actor=alice, post=fresh(answer), kind="helpful"),
        lambda: edit_post(actor=bob, post=fresh(answer), body="Something else entirely"),
    ):
        with pytest.raises(Refused):
            act()
    assert listed(bob) == []
    assert SearchDocument.objects.filter(thread_id=thread.pk).exists()
    assert [row.pk for row in queries.public_addresses()] == [thread.pk]
    assert recount(heal=False) == []

    unarchive_thread(actor=mod, thread=thread)
    assert listed(bob) == [thread.pk]
    reply_to_thread(actor=bob, thread=fresh_of(bob, thread), body="One more thing")


def test_a_removed_thread_comes_back_as_it_was_listed(mod, thread):
    unlist_thread(actor=mod, thread=thread)
    first = first_of(thread)

    set_post_state(actor=mod, post=first, state="removed", reason="Spam")
    assert Thread.objects.get().state == "removed"
    list_or_not = set_post_state(actor=mod, post=fresh(first), state="visible", reason="")

    assert list_or_not.thread.state == "unlisted"
    assert recount(heal=False) == []


@pytest.mark.parametrize("act", [unlist_thread, list_thread, archive_thread, unarchive_thread])
def test_members_and_leaders_decide_nothing_of_this(bob, make_member, thread, act):
    for actor in (bob, make_member("leader", trust_level=4)):
        with pytest.raises(Refused):
            act(actor=actor, thread=thread)

    assert fresh(thread).state == "visible"
    assert not Activity.objects.filter(verb="thread.changed").exists()


def test_slow_mode_says_when_the_next_reply_is_possible(bob, mod, thread, make_reply, time_machine_at):
    set_slow_mode(actor=mod, thread=thread, seconds=300)
    make_reply(bob, fresh(thread))

    with pytest.raises(RateLimited, match="5 minutes") as refusal:
        make_reply(bob, fresh(thread))

    assert 290 < refusal.value.retry_after <= 300
    assert fresh(thread).reply_count == 1
    make_reply(mod, fresh(thread))
    make_reply(mod, fresh(thread))
    with time_machine_at(seconds=301):
        make_reply(bob, fresh(thread))


def test_a_slow_space_slows_each_of_its_threads(bob, carol, space, thread, make_thread, make_reply):
    space.slow_seconds = 60
    space.save()
    other = make_thread(carol, space)
    make_reply(bob, fresh_of(bob, thread))

    make_reply(bob, fresh_of(bob, other))

    with pytest.raises(RateLimited):
        make_reply(bob, fresh_of(bob, other))


def test_a_wait_is_bounded_and_can_end(bob, mod, thread):
    for seconds in (-1, 604_801):
        with pytest.raises(Invalid):
            set_slow_mode(actor=mod, thread=thread, seconds=seconds)
    with pytest.raises(Refused):
        set_slow_mode(actor=bob, thread=thread, seconds=60)

    set_slow_mode(actor=mod, thread=thread, seconds=60)
    set_slow_mode(actor=mod, thread=thread, seconds=0)
    assert not fresh(thread).is_steered


def test_what_is_archived_and_unlisted_is_both(bob, mod, thread, deliver_all):
    unlist_thread(actor=mod, thread=thread)
    archive_thread(actor=mod, thread=thread)
    deliver_all()

    assert not SearchDocument.objects.filter(thread_id=thread.pk).exists()
    assert queries.public_addresses() == []
    with pytest.raises(Refused):
        reply_to_thread(actor=bob, thread=fresh_of(bob, thread), body="One more thing")

    list_thread(actor=mod, thread=thread)
    assert fresh(thread).state == "archived"
