"""The cast in front of every address."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils import timezone

from community.brand.queries import current_brand, theme_of
from community.importing.models import ExternalReference
from community.integrations.actions import create_api_key
from community.members.invitations.actions import begin_batch, invite_by_link
from community.members.invitations.codes import code_of
from community.members.models import Admission, Invitation, Member, ProfileField, TermsVersion
from community.messages.actions import (
    begin_conversation,
    delete_message,
    invite_to_room,
    join_room,
    leave_room,
    open_room,
    say_in_room,
    send_message,
)
from community.messages.models import Conversation, Message
from community.moderation.actions import decide_case, penalise_member, report_post, save_canned_reason
from community.moderation.models import Case, Held, WatchedWord
from community.notifications.models import Notice, PushSubscription
from community.notifications.registry import all_kinds
from community.notifications.stops import stop_token
from community.privacy.models import Export, ExportState
from community.spaces.entering.actions import ask_to_enter
from community.spaces.models import Space, SpaceMembership, TagGroup
from community.threads.actions import (
    NewThread,
    accept_answer,
    add_reaction,
    bookmark_post,
    delete_post,
    put_poll,
    split_thread,
)
from community.threads.models import Post, Thread
from community.threads.polling import PollSpec
from community.writing.actions import add_image, save_draft
from rewards.badges.models import Award, Badge, Credential
from rewards.leaderboards.models import Board
from rewards.quests.models import Quest
from rewards.rituals.models import Season
from tests.access.filling import fill_events, fill_groups, fill_thanks, fill_webhooks
from tests.access.world import ABSENT, World
from tests.community.writing.pictures import encoded, photo, upload
from tests.standing import Maker, Undone, deliver_all, standing


@pytest.fixture(scope="package")
def db(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """One transaction around all tests of this folder."""
    with standing(django_db_blocker, tmp_path_factory.mktemp("files")):
        yield


@pytest.fixture(scope="package")
def world(db: None) -> World:
    """Everyone, and one open and one closed thing of each kind, for all tests of this folder."""
    people = Maker().cast()
    world = World(people, Maker())
    fill(world)
    people.pop("carol")
    world.begin_sessions()
    return world


@pytest.fixture
def undone() -> Undone:
    """`with undone: …`: whatever is called inside leaves no trace."""
    return Undone()


def fill_conversations(world: World) -> tuple[Conversation, Conversation]:
    """Alice and Carol in a group with Dora; Carol and Dora alone in another that nobody else may know of."""
    alice, carol, dora = world.people["alice"], world.people["carol"], Member.objects.get(handle="dora")
    talk = begin_conversation(actor=alice, members=[carol, dora], body="Shall we meet?", title="Hut")
    send_message(actor=carol, conversation=talk, body="On Friday.")
    secret = begin_conversation(actor=carol, members=[dora], body="Not with Bob.")
    return talk, secret


def fill_rooms(world: World, space: Space) -> None:
    """A room of the open space that Alice joined and the moderator keeps; another into which Carol was let."""
    alice, carol, mod, admin = (world.people[name] for name in ("alice", "carol", "mod", "admin"))
    room = open_room(actor=mod, name="Hut evening", space=space)
    join_room(actor=alice, room=room)
    secret = open_room(actor=admin, name="Not for Bob")
    invite_to_room(actor=admin, room=secret, members=[carol])
    leave_room(actor=admin, room=secret)
    for start in ("/rooms/", "/api/v1/rooms/"):
        world.add(start, "pk", room.pk, secret.pk, ABSENT)
    world.add("/api/v1/rooms/<int:pk>/members/", "handle", "alice", "departed-kim", "nobody-hereabouts")
    said = say_in_room(actor=mod, room=room, body="Welcome.")
    gone = say_in_room(actor=alice, room=room, body="Never mind.")
    delete_message(actor=alice, message=gone)
    hidden = say_in_room(actor=carol, room=secret, body="Not with Bob either.")
    for start in ("/messages/said/<int:pk>/hide/", "/api/v1/messages/<int:pk>/hide"):
        world.add(start, "pk", said.pk, hidden.pk, ABSENT)
    for start in ("/messages/said/<int:pk>/restore/", "/api/v1/messages/<int:pk>/restore"):
        world.add(start, "pk", gone.pk, hidden.pk, ABSENT)


def held_by(author: Member, thread: Thread) -> int:
    """Something of an author that waits for the team."""
    held = Held.objects.create(
        kind="reply", author=author, space=thread.space, thread=thread, body_md="Wait.", fingerprint="1"
    )
    return held.pk


def fill_desk(world: World, thread: Any) -> None:
    """Alice was warned, once for a post and once without; so was Carol. The team has a reason to insert."""
    alice, carol, mod, admin = (world.people[name] for name in ("alice", "carol", "mod", "admin"))
    warned = {
        who: penalise_member(actor=mod, member=who, kind="warn", reason="Be kind") for who in (alice, carol)
    }
    world.add("/appeals/penalty/", "pk", warned[alice].pk, warned[carol].pk, ABSENT)
    cases = []
    for who in (alice, carol):
        post = world.maker.reply(who, thread)
        case = report_post(actor=mod, post=post, reason="spam").case
        cases.append(decide_case(actor=mod, case=case, decision="hide", reason="Not here"))
    world.add("/appeals/case/", "pk", cases[0].pk, cases[1].pk, ABSENT)
    world.add("/appeals/post/", "pk", cases[0].post_id, cases[1].post_id, ABSENT)
    world.add("/api/v1/moderation/penalties/", "pk", warned[alice].pk, None, ABSENT)
    reason = save_canned_reason(actor=admin, title="Advertising", text="It advertises something.")
    world.add("/api/v1/moderation/reasons/", "pk", reason.pk, None, ABSENT)


def fill_old_addresses(world: World, threads: Any, posts: Any, people: Any) -> None:
    """Numbers that these had in the community they came from; of each pair the second is hidden."""
    kinds = {"thread": threads, "post": posts, "member": people}
    ExternalReference.objects.bulk_create(
        ExternalReference(source="elsewhere", kind=kind, external_id=str(number), target_pk=row.pk)
        for kind, pair in kinds.items()
        for number, row in enumerate(pair, 51)
    )
    for start in ("/questions/<", "/q/", "/a/", "/users/", "/t/<str:slug>/"):
        world.add(start, "number", 51, 52, ABSENT)
    world.add("/questions/", "answer", 51, 52, ABSENT)
    world.add("/t/<str:slug>/", "position", 2)
    world.add("", "by", 7)
    world.add("/u/", "handle", people[0].handle, people[1].handle, "nobody-hereabouts")


def fill(world: World) -> None:
    """Carol alone is inside the private space."""
    maker, alice, bob, carol = world.maker, *(world.people[name] for name in ("alice", "bob", "carol"))
    admin = world.people["admin"]
    space = Space.objects.create(slug="help", name="Help and how-to", kind="question")
    room = Space.objects.create(slug="testers", name="Prototype testers", access="private", position=9)
    SpaceMembership.objects.create(space=room, member=carol)
    picture, secret_picture = (
        add_image(actor=who, file=upload(encoded(photo(90, 60)), f"{who.handle}.png"))
        for who in (alice, carol)
    )
    thread = maker.thread(alice, space, tags=["tents"], body=f"Look at this pole.\n\n{picture.markdown}\n")
    answer = maker.reply(bob, thread)
    deleted = maker.reply(alice, thread)
    body = f"It leaks.\n\n{secret_picture.markdown}\n"
    closed = maker.thread(carol, room, tags=["prototype"], kind="discussion", body=body)
    asked = PollSpec("Does it leak?", ("Yes", "No"), shows_voters=True)
    polls = [
        put_poll(actor=author, post=Post.objects.get(thread=row, position=1), spec=asked)
        for author, row in ((alice, thread), (carol, closed))
    ]
    add_reaction(actor=alice, post=answer, kind="helpful")
    accept_answer(actor=alice, post=answer)
    delete_post(actor=alice, post=deleted)
    bookmark_post(actor=alice, post=answer)
    report_post(actor=carol, post=answer, reason="spam", note="Sells poles.")
    for person in world.people.values():
        if person is not None:
            save_draft(actor=person, key="new-thread", title="Not yet", body="Still thinking.")
    fill_webhooks(world)
    key, _secret = create_api_key(actor=admin, member=alice, name="Shop", scopes=["threads:read"])
    gone = maker.member("departed-kim", is_active=False)
    dora = maker.member("dora")
    SpaceMembership.objects.create(space=room, member=dora)
    secret_reply = maker.reply(dora, closed)
    report_post(actor=carol, post=secret_reply, reason="unkind", note="Not here.")
    deliver_all()

    first, secret_post = (Post.objects.get(thread=row, position=1) for row in (thread, closed))
    notice = Notice.objects.filter(member=alice).first()
    assert notice is not None
    browser = PushSubscription.objects.create(
        member=alice, endpoint="https://push.example.net/a", label="Firefox"
    )
    for name, value in (("slug", "anything"), ("kind", "helpful"), ("choice", "follow")):
        world.add("", name, value)
    for start in ("/t/", "/api/v1/threads/"):
        world.add(start, "pk", thread.pk, closed.pk, ABSENT)
    for start in ("/p/", "/api/v1/posts/"):
        world.add(start, "pk", first.pk, secret_post.pk, ABSENT)
        world.add(start, "option", *(poll.options.all()[0].pk for poll in polls), ABSENT)
    on_replies = (
        "/p/<int:pk>/accept/",
        "/p/<int:pk>/react/",
        "/p/<int:pk>/report/",
        "/api/v1/posts/<int:pk>/re",
    )
    for start in on_replies:
        world.add(start, "pk", answer.pk, secret_post.pk, ABSENT)
    world.add("/p/<int:pk>/deleted/", "pk", deleted.pk, secret_post.pk, ABSENT)
    for start in ("/me/points/why/", "/api/v1/me/points/why/"):
        world.add(start, "pk", first.pk, secret_post.pk, ABSENT)
    own_held = held_by(alice, thread)
    copy = Export.objects.create(member=alice, state=ExportState.READY)
    # What is someone's own is hidden from everyone else.
    for start, own in (
        ("/me/settings/privacy/data/copy/", copy.pk),
        ("/api/v1/me/exports/", copy.pk),
        ("/notifications/", notice.pk),
        *((start, own_held) for start in ("/waiting/", "/api/v1/me/held/")),
        ("/api/v1/me/notices/", notice.pk),
        ("/me/settings/keys/", key.pk),
        ("/me/settings/notifications/push/", browser.pk),
        ("/api/v1/me/push/browsers/", browser.pk),
    ):
        world.add(start, "pk", own, own, ABSENT)
    for start in ("/@", "/api/v1/members/"):
        world.add(start, "handle", "alice", gone.handle, "nobody-hereabouts", staff_look=True)
    invited = invite_by_link(actor=admin)
    mine = Invitation.objects.create(inviter=alice, expires_at=invited.expires_at)
    world.add("/invite/", "code", code_of(invited.pk), None, "1-" + "0" * 32)
    world.add("/api/v1/invitation-codes/", "code", code_of(invited.pk), None, "1-" + "0" * 32)
    world.add("/me/invitations/", "pk", mine.pk, mine.pk, ABSENT)
    world.add("/api/v1/invitations/", "pk", mine.pk, mine.pk, ABSENT)
    batch = begin_batch(actor=admin, addresses=["nina@example.org"])
    world.add("/api/v1/invitation-batches/", "pk", batch.pk, None, ABSENT)
    field = ProfileField.objects.create(key="terrain", name="Terrain", kind="choices", choices=["Forest"])
    world.add("/api/v1/profile-fields/", "key", field.key, None, "no_such_field")
    for start in ("/s/", "/api/v1/spaces/"):
        world.add(start, "slug", space.slug, room.slug, "nowhere")
    hut = Space.objects.create(slug="hut", name="Hut", access="private", is_listed=True, position=10)
    ask_to_enter(actor=dora, space=hut, words="I have two tents.")
    for start in (
        "/s/<slug:slug>/ask",
        "/api/v1/spaces/<str:slug>/door",
        "/api/v1/spaces/<str:slug>/requests",
    ):
        world.add(start, "slug", hut.slug, room.slug, "nowhere")
        world.add(start, "handle", "dora", gone.handle, "nobody-hereabouts")
    in_spaces = "/api/v1/spaces/<str:slug>/members/"
    world.add(in_spaces, "handle", "alice", gone.handle, "nobody-hereabouts", staff_look=True)
    for start in ("/tags/", "/api/v1/tags/"):
        world.add(start, "slug", "tents", "prototype", "nothing-such")
    groups = "/api/v1/tag-groups/"
    world.add(groups, "pk", TagGroup.objects.create(name="Models").pk, None, ABSENT)
    world.add("/^icons", "kind", "192", None, "nothing")
    world.add("/^theme", "hash", theme_of(current_brand()).hash, None, "0" * 12)
    world.add("/^logo", "hash", "0" * 12, None, "1" * 12)
    world.add("/^preview", "hash", "0" * 12, None, "1" * 12)
    world.add("/t/<int:pk>/^-/preview", "hash", "0" * 12)
    fill_old_addresses(world, (thread, closed), (answer, secret_post), (alice, gone))
    world.add("/^files", "key", picture.key, secret_picture.key, "0" * 32)
    world.add("/^files", "size", picture.largest)
    world.add("/badges/", "key", Badge.objects.active()[0].key, None, "no-such-badge")
    today = timezone.now().date()
    running = Season.objects.create(key="runs", name="Autumn", words="Mend.", starts_on=today, ends_on=today)
    next_week = today + timedelta(days=9)
    planned = Season.objects.create(
        key="planned", name="Spring", words="Out.", starts_on=next_week, ends_on=next_week
    )
    for start in ("/seasons/", "/api/v1/seasons/"):
        world.add(start, "key", running.key, planned.key, "no-such-season")
    world.add("/api/v1/badges/", "key", Badge.objects.active()[0].key, None, "no-such-badge")
    for start in ("/badges/<slug:key>/propose/", "/api/v1/badges/<str:key>/nominations"):
        world.add(start, "key", "good-deed", None, "no-such-badge")
    # A badge that nobody has by what they do in here.
    tester = Award.objects.create(badge=Badge.objects.get(key="field-tester"), member=world.people["alice"])
    carried = Credential.objects.create(award=tester)
    world.add("/open-badges/achievements/", "key", "hello", None, "no-such-badge")
    world.add("/open-badges/credentials/", "number", str(carried.number), None, str(UUID(int=7)))
    for start in ("/badges/<slug:key>/carry/", "/api/v1/me/badges/<str:key>/credential"):
        world.add(start, "key", "field-tester", None, "no-such-badge")
    fill_thanks(world, answer)
    Board.objects.create(key="behind", name="Behind doors", space=room)
    for start in ("/people/helpful/", "/api/v1/leaderboards/"):
        world.add(start, "key", "helpful", "behind", "no-such-list")
    mission, secret_mission = (
        Quest.objects.create(key=key, name="Mend", about="Mend.", state="open", audience=audience)
        for key, audience in (("mend", []), ("mend-behind", ["trust:4"]))
    )
    for start in ("/quests/", "/api/v1/quests/"):
        world.add(start, "key", mission.key, secret_mission.key, "no-such-quest")
    apart, secret_apart = (
        split_thread(actor=admin, thread=row, posts=[post.pk], into=NewThread("Split off here"))
        for row, post in (
            (begun, maker.reply(who, begun))
            for who, begun in ((bob, maker.thread(bob, space)), (carol, maker.thread(carol, room)))
        )
    )
    undoing = "/api/v1/threads/<int:pk>/regroupings/"
    world.add(undoing, "pk", apart.source_id, secret_apart.source_id, ABSENT)
    world.add(undoing, "entry", apart.pk, secret_apart.pk, ABSENT)
    world.add("/api/v1/threads/<int:pk>/timers/", "timer", "close")
    world.add("/api/v1/numbers/", "key", "threads.new_days", None, "threads.nothing")
    world.add("/api/v1/me/drafts/", "key", "new-thread", None, "reply:1")
    cases = (Case.objects.get(post=post).pk for post in (answer, secret_reply))
    world.add("/api/v1/moderation/cases/", "pk", *cases, ABSENT)
    word = WatchedWord.objects.create(word="casino", action="hold")
    world.add("/api/v1/moderation/words/", "pk", word.pk, None, ABSENT)
    fill_desk(world, thread)
    talk, secret_talk = fill_conversations(world)
    for start in ("/messages/", "/api/v1/conversations/"):
        world.add(start, "pk", talk.pk, secret_talk.pk, ABSENT)
    mine, theirs, secret = (
        Message.objects.get(conversation=talk, position=1).pk,
        Message.objects.get(conversation=talk, position=2).pk,
        Message.objects.get(conversation=secret_talk, position=1).pk,
    )
    for start in ("/messages/said/", "/api/v1/messages/"):
        world.add(start, "pk", mine, secret, ABSENT)
    for start in ("/messages/said/<int:pk>/report/", "/api/v1/messages/<int:pk>/report"):
        world.add(start, "pk", theirs, secret, ABSENT)
    fill_rooms(world, space)
    wish = Admission.objects.create(
        member=maker.member("priya", is_active=False), why="Two tents.", ready_at=timezone.now()
    )
    world.add("/api/v1/admissions/", "pk", wish.pk, None, ABSENT)
    abroad = UserSession.objects.create(user=alice, session_key="s" * 32, ip="203.0.113.9")
    for start in ("/me/settings/devices/", "/api/v1/me/sessions/"):
        world.add(start, "pk", abroad.pk, abroad.pk, ABSENT)
    world.add("/account/via/", "provider_id", "tarn")
    TermsVersion.objects.create(
        document="terms", version=1, round=0, body_md="Be kind.", changes="The first."
    )
    world.add("/terms/", "document", "terms", None, "nothing")
    world.add("/terms/", "number", 1)
    link = SocialAccount.objects.create(user=alice, provider="tarn", uid="1")
    world.add("/account/links/", "pk", link.pk, link.pk, ABSENT)
    fill_groups(world)
    fill_events(world)
    world.add("/stop/", "token", stop_token(alice, list(all_kinds())[:1]), None, "absent")
