"""Rights of groups, tiers and levels: who writes, what is lost with them, and what managers are told."""

from typing import Any

import pytest

from community.errors import Invalid, NotFound, Refused
from community.members.models import Group, GroupMembership, Member
from community.notifications.models import Notice
from community.spaces.actions import add_space_member, change_space, create_space
from community.spaces.models import Space
from community.spaces.rights import count_rights, kinds_of_readers, sentences, standing_in
from community.threads.actions import bookmark_post, follow_thread, reply_to_thread, start_thread
from community.threads.models import Post, Thread
from community.threads.queries import list_bookmarks
from config.live.rights import _visible


@pytest.fixture
def insiders(bob: Any) -> Group:
    group = Group.objects.create(name="Insiders", slug="insiders")
    GroupMembership.objects.create(group=group, member=bob)
    return group


def key(group: Group) -> str:
    return f"group:{group.pk}"


def test_an_empty_list_is_nobody(manager: Any, alice: Any, mod: Any, space: Any, make_thread: Any) -> None:
    thread = make_thread(alice, space)
    space = change_space(
        actor=manager,
        space=space,
        changes={"access": "private", "see_for": [], "posting": "chosen", "replying": "chosen"},
    )

    assert [space in Space.objects.visible_to(who) for who in (None, alice, mod)] == [False, False, False]
    add_space_member(actor=manager, space=space, member=alice)
    thread = Thread.objects.select_related("space").get(pk=thread.pk)
    before = Post.objects.count()
    for write in (
        lambda: start_thread(
            actor=alice, space=space, title="May I begin?", body="Some words.", kind="discussion"
        ),
        lambda: reply_to_thread(actor=alice, thread=thread, body="May I reply?"),
    ):
        with pytest.raises(Refused):
            write()
    assert Post.objects.count() == before


def test_each_right_is_given_apart(
    manager: Any, alice: Any, bob: Any, carol: Any, space: Any, insiders: Group, make_thread: Any
) -> None:
    Member.objects.get_queryset().filter(pk=carol.pk).update(tier="gold")
    thread = make_thread(alice, space)
    change_space(
        actor=manager,
        space=space,
        changes={
            "posting": "chosen",
            "create_for": [key(insiders)],
            "replying": "chosen",
            "reply_for": ["trust:4"],
        },
    )
    Member.objects.get_queryset().filter(pk=alice.pk).update(trust_level=4)
    space.refresh_from_db()
    thread = Thread.objects.select_related("space").get(pk=thread.pk)

    assert start_thread(
        actor=bob, space=space, title="I may begin here", body="Some words of mine.", kind="discussion"
    )
    assert reply_to_thread(actor=alice, thread=thread, body="I may reply here.")
    with pytest.raises(Refused):
        reply_to_thread(actor=bob, thread=thread, body="I may not reply.")
    with pytest.raises(Refused):
        start_thread(actor=alice, space=space, title="I may not begin", body="Some words.", kind="discussion")


def test_a_moderator_of_the_space_writes_there_and_nowhere_else(manager: Any, alice: Any, space: Any) -> None:
    other = create_space(actor=manager, name="Other", posting="chosen")
    space = change_space(actor=manager, space=space, changes={"posting": "staff"})
    add_space_member(actor=manager, space=space, member=alice, is_moderator=True)

    assert start_thread(
        actor=alice, space=space, title="News of the week", body="Some words.", kind="discussion"
    )
    with pytest.raises(Refused):
        start_thread(actor=alice, space=other, title="News of others", body="Other words.", kind="discussion")


@pytest.mark.parametrize("how", ["group", "rule", "closed"])
def test_who_loses_a_right_loses_what_came_of_it(
    how: str,
    manager: Any,
    alice: Any,
    bob: Any,
    insiders: Group,
    make_thread: Any,
    make_reply: Any,
    deliver_all: Any,
) -> None:
    room = create_space(actor=manager, name="Room", access="private", see_for=[key(insiders)])
    if how == "closed":
        room = change_space(actor=manager, space=room, changes={"access": "members"})
    add_space_member(actor=manager, space=room, member=alice)
    thread = make_thread(alice, room, kind="discussion", body="For @bob alone.")
    follow_thread(actor=bob, thread=thread)
    bookmark_post(actor=bob, post=Post.objects.get(thread=thread))
    make_reply(alice, thread)
    deliver_all()
    assert Notice.objects.filter(member=bob).exists()
    bob.refresh_from_db()
    assert bob.unread_notices > 0
    assert _visible(bob, [f"thread-{thread.pk}"])

    if how == "group":
        GroupMembership.objects.all().delete()
    else:
        change_space(actor=manager, space=room, changes={"access": "private", "see_for": []})
    make_reply(alice, thread)
    deliver_all()

    assert not _visible(bob, [f"thread-{thread.pk}"])
    assert not Thread.objects.visible_to(bob).exists()
    assert list_bookmarks(bob, None).posts == []
    if how != "group":
        bob.refresh_from_db()
        assert bob.unread_notices == 0


def test_keys_that_stand_for_nothing_are_refused(manager: Any, space: Any) -> None:
    for name in ("see_for", "reply_for", "create_for"):
        with pytest.raises(Invalid) as refusal:
            change_space(actor=manager, space=space, changes={name: ["group:987654"]})
        assert name in refusal.value.fields


def test_a_manager_is_told_who_may_do_what(
    manager: Any, alice: Any, bob: Any, mallory: Any, mod: Any, insiders: Group
) -> None:
    room = create_space(
        actor=manager,
        name="Room",
        access="private",
        see_for=[key(insiders)],
        replying="chosen",
        reply_for=["trust:3"],
    )

    counts = count_rights(manager, room)

    assert counts.see == Member.objects.get_queryset().filter(role__in=["manager", "admin"]).count() + 1
    assert counts.reply == counts.see - 1
    said = " ".join(sentences(room, counts))
    assert "Group: Insiders" in said
    assert "It is secret" in said
    rows = {row.words: row[1:] for row in kinds_of_readers(room)}
    assert rows["A guest"] == rows["A new member"] == rows["Trust level 4"] == (False, False, False)
    assert rows["Group: Insiders"] == (True, False, True)
    assert [bool(one) for one in standing_in(manager, room, bob)] == [True, False, True]
    assert [bool(one) for one in standing_in(manager, room, alice)] == [False, False, False]
    with pytest.raises(Refused):
        count_rights(mod, room)


def test_absent_and_secret_look_alike(alice: Any, private_space: Any) -> None:
    from community.spaces.queries import get_space_for

    for slug in (private_space.slug, "nowhere"):
        with pytest.raises(NotFound):
            get_space_for(alice, slug)
