"""Closing, pinning, moving and renaming threads."""

import pytest

from community.activity.models import Activity
from community.errors import Conflict, Invalid, NotFound, Refused
from community.spaces.models import Space, SpaceMembership, Tag, TagGroup
from community.threads import composing
from community.threads.actions import (
    edit_post,
    lock_thread,
    move_thread,
    pin_thread,
    rename_thread,
    unlock_thread,
    unpin_thread,
)
from community.threads.counters import recount
from community.threads.models import PostRevision, Thread
from tests.community.threads.conftest import fresh


def changes():
    told = Activity.objects.filter(verb="thread.changed").order_by("id")
    return [(a.payload["change"], a.payload["before"], a.payload["after"]) for a in told]


@pytest.fixture
def elsewhere(db):
    return Space.objects.create(slug="elsewhere", name="Elsewhere", position=5)


def test_closing_and_opening_is_told_once(mod, thread):
    lock_thread(actor=mod, thread=thread)
    assert lock_thread(actor=mod, thread=thread).is_locked
    assert fresh(thread).is_locked

    unlock_thread(actor=mod, thread=thread)
    assert not fresh(thread).is_locked
    assert changes() == [("lock", "no", "yes"), ("lock", "yes", "no")]


def test_pinning_and_unpinning_is_told_once(mod, thread):
    pinned = pin_thread(actor=mod, thread=thread)
    assert pin_thread(actor=mod, thread=thread).pinned_at == pinned.pinned_at

    assert unpin_thread(actor=mod, thread=thread).pinned_at is None
    assert changes() == [("pin", "no", "yes"), ("pin", "yes", "no")]


@pytest.mark.parametrize("act", [lock_thread, unlock_thread, pin_thread, unpin_thread])
def test_members_keep_no_order(alice, bob, thread, act):
    for actor in (alice, bob):
        with pytest.raises(Refused, match="Only the moderators"):
            act(actor=actor, thread=thread)

    assert changes() == []


def test_a_suspended_moderator_keeps_no_order(mallory, space, thread):
    SpaceMembership.objects.create(space=space, member=mallory, is_moderator=True)

    with pytest.raises(Refused, match="paused"):
        lock_thread(actor=mallory, thread=thread)


def test_moving_moves_the_counts(alice, mod, space, elsewhere, make_thread):
    thread = make_thread(alice, space, tags=["poles"])

    moved = move_thread(actor=mod, thread=thread, space=elsewhere)

    assert (moved.space, fresh(thread).space_id) == (elsewhere, elsewhere.pk)
    assert dict(Space.objects.values_list("slug", "thread_count")) == {"help": 0, "elsewhere": 1}
    assert Tag.objects.get().thread_count == 1
    assert changes() == [("move", str(space.pk), str(elsewhere.pk))]
    assert Activity.objects.get(verb="thread.changed").space_id == elsewhere.pk
    assert recount(heal=False) == []


def test_words_go_from_the_list_with_a_move_into_a_private_space(
    alice, manager, space, private_space, make_thread
):
    thread = make_thread(alice, space, tags=["poles"])

    move_thread(actor=manager, thread=thread, space=private_space)
    assert Tag.objects.get().thread_count == 0

    move_thread(actor=manager, thread=fresh(thread), space=space)
    assert Tag.objects.get().thread_count == 1
    assert recount(heal=False) == []


def test_whoever_moves_keeps_order_in_both_spaces(
    alice, bob, carol, mod, space, elsewhere, private_space, thread
):
    SpaceMembership.objects.create(space=space, member=carol, is_moderator=True)

    with pytest.raises(Refused, match="only into spaces you moderate"):
        move_thread(actor=carol, thread=thread, space=elsewhere)
    with pytest.raises(Refused, match="only into spaces you moderate"):
        move_thread(actor=mod, thread=thread, space=private_space)
    for actor in (alice, bob):
        with pytest.raises(Refused, match="Only the moderators"):
            move_thread(actor=actor, thread=thread, space=elsewhere)
    assert fresh(thread).space_id == space.pk

    SpaceMembership.objects.create(space=elsewhere, member=carol, is_moderator=True)
    assert move_thread(actor=carol, thread=thread, space=elsewhere).space == elsewhere


def test_nothing_moves_into_an_archive_or_where_it_is(mod, space, elsewhere, thread):
    elsewhere.is_archived = True
    elsewhere.save()

    with pytest.raises(Refused, match="archive"):
        move_thread(actor=mod, thread=thread, space=elsewhere)
    assert move_thread(actor=mod, thread=thread, space=space).space == space
    assert changes() == []


def test_a_thread_in_a_closed_space_is_not_there(alice, mod, elsewhere, private_space, make_thread):
    SpaceMembership.objects.create(space=private_space, member=alice)
    thread = make_thread(alice, private_space)

    for act in (lock_thread, pin_thread):
        with pytest.raises(NotFound):
            act(actor=mod, thread=thread)
    with pytest.raises(NotFound):
        move_thread(actor=mod, thread=thread, space=elsewhere)

    assert Thread.objects.get().space == private_space


def test_renaming_keeps_the_old_title(alice, bob, mod, thread):
    assert rename_thread(actor=mod, thread=thread, title="Poles for gales").title == "Poles for gales"
    assert rename_thread(actor=alice, thread=thread, title="Poles for winter").title == "Poles for winter"
    with pytest.raises(Refused):
        rename_thread(actor=bob, thread=thread, title="Buy my poles")

    assert fresh(thread).title == "Poles for winter"
    assert list(PostRevision.objects.values_list("title", flat=True)) == [thread.title, "Poles for gales"]
    assert [change for change, _before, _after in changes()] == ["rename", "rename"]


def test_renaming_does_not_put_an_older_text_back(alice, mod, thread, question, monkeypatch):
    compose = composing.compose

    def compose_while_someone_edits(actor, space, body):
        monkeypatch.setattr(composing, "compose", compose)
        edit_post(actor=alice, post=question, body="The text as it is now, after an edit.")
        return compose(actor, space, body)

    monkeypatch.setattr(composing, "compose", compose_while_someone_edits)
    with pytest.raises(Conflict, match="changed while you wrote"):
        rename_thread(actor=mod, thread=thread, title="Poles for gales")

    assert fresh(question).body_md == "The text as it is now, after an edit."
    assert fresh(thread).title != "Poles for gales"


def test_a_space_that_asks_for_a_topic_asks_whoever_moves_a_thread_there(mod, thread, elsewhere):
    models = TagGroup.objects.create(name="Models")
    Tag.objects.create(slug="lyngen-2", name="Lyngen 2", group=models)
    elsewhere.required_group = models
    elsewhere.save()

    with pytest.raises(Invalid) as refused:
        move_thread(actor=mod, thread=thread, space=elsewhere)
    assert refused.value.code == "tag_required"
    assert fresh(thread).space != elsewhere

    moved = move_thread(actor=mod, thread=thread, space=elsewhere, tags=["Lyngen 2", "poles"])

    assert (moved.space, moved.tags) == (elsewhere, ["lyngen-2", "poles"])
    assert Tag.objects.get(slug="lyngen-2").thread_count == 1


def test_moving_keeps_the_tags_and_their_counts_unless_others_are_given(
    alice, mod, space, elsewhere, make_thread
):
    thread = make_thread(alice, space, tags=["tents", "wind"])

    move_thread(actor=mod, thread=thread, space=elsewhere)
    assert fresh(thread).tags == ["tents", "wind"]
    move_thread(actor=mod, thread=fresh(thread), space=space, tags=["wind"])

    assert dict(Tag.objects.values_list("slug", "thread_count")) == {"tents": 0, "wind": 1}
