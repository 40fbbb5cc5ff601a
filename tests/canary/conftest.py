"""A community in which everything private holds a canary."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from community.integrations.actions import create_api_key
from community.integrations.models import KeptAnswer
from community.integrations.scopes import WRITING
from community.members.models import ConsentRecord, Group, GroupMembership, Member
from community.messages.actions import (
    begin_conversation,
    delete_message,
    invite_to_room,
    join_room,
    leave_conversation,
    leave_room,
    open_room,
    say_in_room,
    send_message,
)
from community.moderation.actions import penalise_member, report_message, report_post
from community.notifications.models import OutboundMail
from community.spaces.actions import remove_space_member
from community.spaces.asking.actions import arrange_asking
from community.spaces.models import Space, SpaceFollow, SpaceMembership
from community.threads.actions import (
    add_reaction,
    bookmark_post,
    delete_post,
    edit_post,
    follow_thread,
    put_poll,
    set_post_state,
)
from community.threads.models import Post, Thread
from community.threads.polling import PollSpec
from community.writing.actions import add_image, save_draft
from tests.canary.garden import Garden, Planted
from tests.canary.order import plant_order
from tests.community.writing.pictures import encoded, photo, upload
from tests.standing import Make, Maker, deliver_all, standing

INSIDE = ("carol", "manager", "admin")
STAFF = ("mod", "manager", "admin")


@pytest.fixture(scope="package")
def db(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """One transaction around all tests of this folder."""
    with standing(django_db_blocker, tmp_path_factory.mktemp("files")):
        yield


@pytest.fixture(scope="package")
def planted(db: None) -> Planted:
    """Carol is inside the private space; bob was, and was sent away; mallory is suspended."""
    return plant_everything(Maker())


def plant_everything(maker: Maker) -> Planted:
    """A canary in every private thing, then the end of what bob may see."""
    garden, people = Garden(), maker.cast()
    planted = Planted(garden, people, "")
    alice, bob, carol, mod, manager, admin = (
        people[name] for name in ("alice", "bob", "carol", "mod", "manager", "admin")
    )
    for name, person in people.items():
        if person is not None:
            person.email = f"{garden.plant(f'e-mail of {name}', name, 'manager', 'admin')}@example.org"
            person.save(update_fields=["email"])
    space = Space.objects.create(slug="help", name="Help and how-to", kind="question")
    room = Space.objects.create(slug="room", name="Room", access="private", position=9)

    plant_private_space(garden, room, bob, carol, maker.thread, maker.reply, planted.bait)
    plant_ruled_space(garden, room, people, maker.thread, planted.bait)
    plant_withdrawn_posts(garden, space, alice, carol, mod, maker.thread, maker.reply, planted.bait)
    plant_accounts(garden, alice, carol, people["mallory"], manager, maker.member)
    answer = maker.reply(bob, Thread.objects.filter(space=space).order_by("pk")[0])
    note = garden.plant("note of a report", *STAFF)
    report_post(actor=carol, post=answer, reason="other", note=f"He {note} me.")
    name = garden.plant("name of a key", "alice", "manager", "admin")
    create_api_key(actor=admin, member=alice, name=name, scopes=["me:read"])
    _key, planted.key = create_api_key(actor=admin, member=bob, name="Outsider", scopes=WRITING)
    plant_conversations(garden, people)
    plant_rooms(garden, people, room)
    plant_order(garden, people, maker, space, room)
    deliver_all()
    remove_space_member(actor=manager, space=room, member=bob)
    lose_every_key(bob)
    maker.reply(carol, Thread.objects.filter(space=room)[0], f"{planted.bait} again")
    deliver_all()
    OutboundMail.objects.update(due_at=timezone.now() - dt.timedelta(minutes=1))
    return planted


def plant_conversations(garden: Garden, people: dict[str, Any]) -> None:
    """Carol writes to Alice, and to a group that Bob has left; one message of hers was reported."""
    alice, bob, carol = (people[name] for name in ("alice", "bob", "carol"))
    both = ("alice", "carol")
    picture = add_image(
        actor=carol,
        file=upload(
            encoded(photo(90, 60)), f"{garden.plant('file name of a picture in a message', *both)}.png"
        ),
    )
    talk = begin_conversation(
        actor=carol,
        members=[alice],
        body=f"The {garden.plant('a direct message', *both)} zebrafish leaks.\n\n{picture.markdown}",
    )
    gone = send_message(
        actor=alice, conversation=talk, body=f"No {garden.plant('a deleted message', 'alice')} here."
    )
    delete_message(actor=alice, message=gone)
    group = begin_conversation(
        actor=carol,
        members=[alice, bob],
        title=f"Plan {garden.plant('title of a conversation', *both)}",
        body=f"First {garden.plant('a message before somebody left', *both)} zebrafish.",
    )
    leave_conversation(actor=bob, conversation=group)
    send_message(
        actor=alice,
        conversation=group,
        body=f"Only {garden.plant('a message after somebody left', *both)} now.",
    )
    for number in range(8):
        send_message(actor=carol, conversation=group, body=f"Line {number}.")
    reported = send_message(
        actor=carol,
        conversation=group,
        body=f"A {garden.plant('a reported message', *both, *STAFF)} fool.",
    )
    report_message(actor=alice, message=reported, reason="unkind")


def plant_rooms(garden: Garden, people: dict[str, Any], place: Any) -> None:
    """A room that Alice and Carol were let into and Bob and the team have left; another of the private space."""
    alice, bob, carol, mod, manager = (people[name] for name in ("alice", "bob", "carol", "mod", "manager"))
    both = ("alice", "carol")
    room = open_room(
        actor=mod,
        name=f"Room {garden.plant('name of a room by invitation', *both)}",
        about=f"About {garden.plant('what a room by invitation is about', *both)}",
    )
    invite_to_room(actor=mod, room=room, members=[alice, bob, carol])
    first = garden.plant("said in a room before somebody left", *both)
    say_in_room(actor=carol, room=room, body=f"@bob @alice, the {first} zebrafish.")
    for member in (bob, mod):
        leave_room(actor=member, room=room)
    later = garden.plant("said in a room after somebody left", *both)
    say_in_room(actor=alice, room=room, body=f"@bob @carol, only {later} now.")
    inside = open_room(
        actor=manager,
        name=f"Inside {garden.plant('name of a room of a private space', *INSIDE)}",
        space=place,
    )
    join_room(actor=carol, room=inside)
    hidden = garden.plant("said in a room of a private space", *INSIDE)
    say_in_room(actor=carol, room=inside, body=f"@bob, the {hidden} zebrafish leaks.")


def plant_private_space(
    garden: Garden, place: Any, bob: Any, carol: Any, make_thread: Make, make_reply: Make, bait: str
) -> None:
    """Name, description, address, thread, tag, replies, picture, reactions, bookmarks and notices of a private space."""
    place.name = f"Room {garden.plant('name of a private space', *INSIDE)}"
    place.slug = garden.plant("address of a private space", *INSIDE)
    place.description = f"For {garden.plant('description of a private space', *INSIDE)} only."
    place.save()
    for person in (bob, carol):
        SpaceMembership.objects.create(space=place, member=person)
        SpaceFollow.objects.create(space=place, member=person)
    picture = add_image(
        actor=carol,
        file=upload(encoded(photo(90, 60)), f"{garden.plant('file name of a private picture', *INSIDE)}.png"),
    )
    thread = make_thread(
        carol,
        place,
        kind="discussion",
        title=f"About the {garden.plant('title of a private thread', *INSIDE)} and {bait}",
        tags=[garden.plant("tag of a private thread", *INSIDE)],
        body=f"The {garden.plant('body of a private post', *INSIDE)} {bait} leaks. @bob\n\n{picture.markdown}\n",
        poll=PollSpec(
            f"Which {garden.plant('question of a private poll', *INSIDE)}?",
            (garden.plant("option of a private poll", *INSIDE), "Another"),
            shows_voters=True,
        ),
    )
    reply = make_reply(carol, thread, body=f"A {garden.plant('private reply', *INSIDE)} {bait} for @bob.")
    for post in (reply, Post.objects.get(thread=thread, position=1)):
        bookmark_post(actor=bob, post=post)
        add_reaction(actor=bob, post=post, kind="thanks")
    follow_thread(actor=bob, thread=thread)
    own = make_reply(
        bob, thread, body=f"I said {garden.plant('own words left in a private space', *INSIDE)} there."
    )
    add_reaction(actor=carol, post=own, kind="helpful")


def plant_ruled_space(
    garden: Garden, above: Any, people: dict[str, Any], make_thread: Make, bait: str
) -> None:
    """A secret space below the private one, opened to a group, a tier and a level: Carol holds one of them, Bob held all."""
    bob, carol, manager = people["bob"], people["carol"], people["manager"]
    group = Group.objects.create(name="Sealed", slug="sealed")
    for person in (bob, carol):
        GroupMembership.objects.create(group=group, member=person)
    Member.objects.get_queryset().filter(pk=bob.pk).update(trust_level=4, tier="sealed")
    keys = [f"group:{group.pk}", "tier:sealed", "trust:4"]
    Space.objects.filter(pk=above.pk).update(see_for=keys)
    place = Space.objects.create(
        name=f"Vault {garden.plant('name of a secret space', *INSIDE)}",
        slug=garden.plant("address of a secret space", *INSIDE),
        description=f"For {garden.plant('description of a secret space', *INSIDE)}.",
        access="private",
        see_for=keys,
        parent=above,
        position=10,
    )
    asked = garden.plant("label of a field of a secret space", *INSIDE)
    template = garden.plant("template of a secret space", *INSIDE)
    arrange_asking(
        actor=manager,
        space=place,
        template=f"## {template}",
        fields=[{"label": f"Which {asked}"}, {"label": "Batch", "for_team": True}],
    )
    place.refresh_from_db()
    said = garden.plant("answer in a thread of a secret space", *INSIDE)
    thread = make_thread(
        carol,
        place,
        kind="discussion",
        title=f"Of the {garden.plant('title in a secret space', *INSIDE)} and {bait}",
        body=f"A {garden.plant('body in a secret space', *INSIDE)} {bait} for @bob.",
        details={f"which-{asked}": said},
    )
    follow_thread(actor=bob, thread=thread)
    SpaceFollow.objects.create(space=place, member=bob)


def lose_every_key(member: Any) -> None:
    """Out of every group, without a tier, at the lowest level."""
    GroupMembership.objects.filter(member=member).delete()
    Member.objects.get_queryset().filter(pk=member.pk).update(trust_level=0, tier="")


def plant_withdrawn_posts(
    garden: Garden,
    space: Any,
    alice: Any,
    carol: Any,
    mod: Any,
    make_thread: Make,
    make_reply: Make,
    bait: str,
) -> None:
    """Posts that are hidden, removed or deleted, with what they said before and why."""
    thread = make_thread(alice, space, tags=["tents"])
    for state, where in (("hidden", "a hidden post"), ("removed", "a removed post")):
        before = f"First {garden.plant(f'first text of {where}', 'carol', *STAFF)} then."
        post = make_reply(carol, thread, body=before)
        Post.objects.filter(pk=post.pk).update(created_at=timezone.now() - dt.timedelta(hours=1))
        post.refresh_from_db()
        asked = garden.plant(f"poll in {where}", "carol", *STAFF)
        put_poll(actor=carol, post=post, spec=PollSpec(f"Which {asked}?", ("One", "Another")))
        body = f"The {garden.plant(f'text of {where}', 'carol', *STAFF)} {bait}."
        post = edit_post(actor=carol, post=post, body=body, reason="Better words")
        reason = garden.plant(f"reason of {where}", "carol", *STAFF)
        set_post_state(actor=mod, post=post, state=state, reason=f"Because {reason}.")
    deleted = make_reply(
        carol, thread, body=f"Gone {garden.plant('a deleted post', 'carol', *STAFF)} {bait}."
    )
    delete_post(actor=carol, post=deleted)
    removed = make_thread(
        carol,
        space,
        title=f"Buy {garden.plant('title of a removed thread', 'carol', *STAFF)} {bait} now?",
        tags=[garden.plant("tag of a removed thread", "carol", *STAFF)],
        body=f"Cheap {garden.plant('text of a removed thread', 'carol', *STAFF)} here.",
    )
    set_post_state(
        actor=mod, post=Post.objects.get(thread=removed, position=1), state="removed", reason="Spam."
    )


def plant_accounts(
    garden: Garden, alice: Any, carol: Any, mallory: Any, manager: Any, make_member: Make
) -> None:
    """What belongs to one account: drafts, consent, groups, penalties, kept answers, and all of an account that closed."""
    save_draft(
        actor=alice,
        key="new-thread",
        title=f"My {garden.plant('title of a draft', 'alice')}",
        body=f"Still {garden.plant('text of a draft', 'alice')}.",
    )
    thread = Thread.objects.order_by("pk").filter(space__access="public")[0]
    save_draft(
        actor=alice, key=f"reply:{thread.pk}", body=f"Half {garden.plant('draft of a reply', 'alice')}."
    )
    source = garden.plant("source of a consent", "alice", "manager", "admin")
    ConsentRecord.objects.create(member=alice, purpose="marketing", given=True, source=source)
    group = Group.objects.create(
        name=garden.plant("name of a group", "carol", *STAFF),
        slug="insiders",
        description=garden.plant("words about a group", "carol", *STAFF),
    )
    GroupMembership.objects.create(group=group, member=carol)
    KeptAnswer.objects.create(
        member=alice,
        route="POST /api/v1/threads",
        key="1",
        body_hash="x",
        status=201,
        body=garden.plant("a kept answer"),
    )
    penalise_member(
        actor=manager,
        member=mallory,
        kind="suspend",
        reason=garden.plant("reason of a penalty", "mallory", *STAFF),
        days=9,
    )
    make_member(
        "gone",
        is_active=False,
        name=garden.plant("name of a closed account", *STAFF),
        bio_md=garden.plant("words of a closed account", *STAFF),
        bio_html=f"<p>{garden.plant('page of a closed account', *STAFF)}</p>",
        location=garden.plant("place of a closed account", *STAFF),
    )
    Member.objects.filter(pk=carol.pk).update(
        points_earned=7_318_429,
        points_to_spend=7_318_429,
        tier=garden.plant("tier that its owner hides", "carol", *STAFF),
        show_tier=False,
        show_points=False,
        show_badges=False,
    )
    garden.planted["7318429"] = garden.planted["7,318,429"] = "points that their owner hides"
    garden.audience["7318429"] = garden.audience["7,318,429"] = frozenset({"carol", *STAFF})
