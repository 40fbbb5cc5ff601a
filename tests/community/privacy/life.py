"""A member who leaves something in every corner, in words that nobody else would use."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from community.importing.models import EarnedElsewhere, ExternalReference
from community.integrations.actions import create_api_key
from community.integrations.models import KeptAnswer
from community.members.actions import block_member, edit_profile, follow_member
from community.members.models import ConsentRecord, Group, GroupMembership, Member
from community.messages.actions import begin_conversation, join_room, open_room, say_in_room, send_message
from community.moderation.actions import penalise_member, report_post
from community.notifications.models import InboundMail, OutboundMail, PushSubscription
from community.privacy.models import FormerHandle
from community.search.actions import remember_search
from community.spaces.models import SpaceMembership
from community.threads.actions import (
    accept_answer,
    add_reaction,
    bookmark_post,
    cast_vote,
    edit_post,
    follow_thread,
    put_poll,
    reply_to_thread,
    start_thread,
)
from community.threads.models import Post
from community.threads.polling import PollSpec
from community.writing.actions import add_image, save_draft
from rewards.badges.actions import give_badge
from rewards.badges.models import Badge
from rewards.points.actions import adjust
from tests.community.writing.pictures import encoded, photo, upload

HANDLE, FIRST, LAST, MAIL = "zorbwick", "Quillon", "Zephyrine", "canarypost"
IDENTITY = (HANDLE, FIRST.lower(), LAST.lower(), MAIL, "biocanary", "placecanary", "sitecanary")
# What goes with the account whatever becomes of posts.
OWN = (
    "draftcanary",
    "seekcanary",
    "keycanary",
    "notecanary",
    "agentcanary",
    "pushcanary",
    "filecanary",
    "203.0.113.77",
)
# What goes with posts and messages only where that was chosen.
WRITTEN = (
    "titlecanary",
    "openercanary",
    "replycanary",
    "formercanary",
    "directcanary",
    "roomcanary",
    "pollcanary",
    "imagecanary",
)


@dataclass
class Life:
    """Who it is, and some of what they touched."""

    member: Member
    thread: Any
    answer: Any
    mention: Any
    uploads: list[Any]


def live(
    make_member: Any,
    bob: Any,
    mod: Any,
    manager: Any,
    admin: Any,
    space: Any,
    private: Any,
    deliver_all: Any,
    sign_in: Any,
) -> Life:
    """Fill a member with everything there is."""
    me = make_member(HANDLE, name=f"{FIRST} {LAST}", email=f"{MAIL}@nowhere.example", trust_level=3)
    _arrive(me, sign_in)
    thread, answer, mention, uploads = _write(me, bob, space)
    _write_in_private(me, bob, private)
    _talk(me, bob, mod, space)
    _press(me, bob, thread, answer)
    _rest(me, bob, mod, manager, admin)
    deliver_all()
    _machine_words(me, bob)
    return Life(me, thread, answer, mention, uploads)


def _arrive(me: Member, sign_in: Any) -> None:
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator
    from allauth.usersessions.models import UserSession

    edit_profile(
        actor=me,
        member=me,
        changes={
            "bio_md": f"I am {FIRST} and a biocanary.",
            "location": "placecanary",
            "website": "https://sitecanary.example/",
        },
    )
    EmailAddress.objects.create(user=me, email=me.email, verified=True, primary=True)
    EmailAddress.objects.create(user=me, email=f"second.{MAIL}@nowhere.example", verified=True)
    Authenticator.objects.create(user=me, type="totp", data={"secret": "keycanary"})
    client = sign_in(me)
    UserSession.objects.create(
        user=me,
        ip="203.0.113.77",
        user_agent="agentcanary",
        session_key=client.session.session_key,
        data={},
    )
    ConsentRecord.objects.create(member=me, purpose="terms", given=True, source="seekcanary")
    group = Group.objects.create(name="Testers", slug="testers", member_count=1)
    GroupMembership.objects.create(group=group, member=me)


def _write(me: Member, bob: Member, space: Any) -> tuple[Any, Any, Any, list[Any]]:
    portrait = add_image(actor=me, file=upload(encoded(photo(90, 90)), "filecanary.png"), kind="avatar")
    edit_profile(actor=me, member=me, changes={"avatar_url": portrait.url_for("240")})
    picture = add_image(actor=me, file=upload(encoded(photo(90, 60)), "imagecanary.png"))
    loose = add_image(actor=me, file=upload(encoded(photo(60, 60)), "filecanary.png"))
    thread = start_thread(
        actor=me,
        space=space,
        title="Why does my titlecanary leak at the seam?",
        body=f"An openercanary of words, long enough to be taken. {picture.markdown}",
        kind="question",
        tags=["tents"],
    )
    opener = Post.objects.get(thread=thread, position=1)
    put_poll(actor=me, post=opener, spec=PollSpec("Is it the pollcanary?", ("Yes", "No")))
    mention = reply_to_thread(
        actor=bob,
        thread=thread,
        body=f"Look here, @{HANDLE}, I sealed mine with tape. Write to {me.email} of course.",
    )
    quote = f"> [@{HANDLE}](/p/{opener.pk}/): said so.\n\nI read this otherwise, and so would most."
    edited = reply_to_thread(
        actor=bob, thread=thread, body=f"`@{HANDLE}` in code, and a link /@{HANDLE}/ too."
    )
    edit_post(actor=bob, post=edited, body=quote)
    answer = reply_to_thread(
        actor=me, thread=thread, body="A replycanary before the edit, with formercanary in it."
    )
    edit_post(actor=me, post=answer, body="A replycanary after the edit, and nothing else of note.")
    accept_answer(actor=me, post=mention)
    return thread, answer, mention, [portrait, picture, loose]


def _write_in_private(me: Member, bob: Member, private: Any) -> None:
    for member in (me, bob):
        SpaceMembership.objects.create(space=private, member=member)
    hidden = start_thread(
        actor=bob,
        space=private,
        title="Secretheading of the prototype",
        body="Nobody may know of it yet, really.",
        kind="discussion",
        tags=[],
    )
    reply_to_thread(actor=me, thread=hidden, body="My own replycanary in a private place.")
    SpaceMembership.objects.filter(space=private, member=me).delete()


def _talk(me: Member, bob: Member, mod: Member, space: Any) -> None:
    talk = begin_conversation(actor=me, members=[bob], body="A directcanary between us two.")
    send_message(actor=bob, conversation=talk, body=f"Strangerwords for you, @{HANDLE}.")
    room = open_room(actor=mod, name="Hut evening", space=space)
    join_room(actor=me, room=room)
    say_in_room(actor=me, room=room, body="A roomcanary for everyone.")


def _press(me: Member, bob: Member, thread: Any, answer: Any) -> None:
    theirs = start_thread(
        actor=bob,
        space=thread.space,
        title="Which stove burns longest in the cold?",
        body="I would like to know before winter comes to the hills.",
        kind="question",
        tags=[],
    )
    post = Post.objects.get(thread=theirs, position=1)
    add_reaction(actor=me, post=post, kind="thanks")
    bookmark_post(actor=me, post=post)
    follow_thread(actor=me, thread=theirs)
    put_poll(actor=bob, post=post, spec=PollSpec("Gas or spirit?", ("Gas", "Spirit")))
    post.refresh_from_db()
    cast_vote(actor=me, post=post, options=[post.poll.options.all()[0].pk])
    add_reaction(actor=bob, post=answer, kind="helpful")
    report_post(actor=me, post=post, reason="other", note="A notecanary about it.")


def _rest(me: Member, bob: Member, mod: Member, manager: Member, admin: Member) -> None:
    follow_member(actor=me, member=bob)
    follow_member(actor=bob, member=me)
    block_member(actor=me, member=Member.objects.create_user("carl", name="Carl", email="c@example.org"))
    save_draft(actor=me, key="new-thread", title="A draftcanary", body="draftcanary again")
    remember_search(actor=me, text="seekcanary")
    create_api_key(actor=admin, member=me, name="keycanary", scopes=["me:read"])
    PushSubscription.objects.create(member=me, endpoint="https://push.example/pushcanary", label="pushcanary")
    give_badge(actor=manager, badge=Badge.objects.active()[0], member=me, reason="For the notecanary.")
    adjust(actor=manager, member=me, earned=25, spendable=25, reason=f"For {FIRST} {LAST}, who helped.")
    penalise_member(actor=mod, member=me, kind="warn", reason="A notecanary of the team.", days=None)
    ExternalReference.objects.create(source="old", kind="member", external_id="12", target_pk=me.pk)
    EarnedElsewhere.objects.create(member=me, source="old", name="notecanary", first_at=timezone.now())


def _machine_words(me: Member, bob: Member) -> None:
    """What lower rooms write by themselves in the course of days."""
    KeptAnswer.objects.create(
        member=bob,
        route="GET /x",
        key="k",
        body_hash="h",
        status=200,
        body=f'{{"handle": "{HANDLE}", "by": "{me.name}"}}',
    )
    LogEntry.objects.create(
        user=bob,
        content_type=ContentType.objects.get_for_model(Member),
        object_id=str(me.pk),
        object_repr=str(me),
        action_flag=CHANGE,
        change_message="",
    )
    OutboundMail.objects.filter(member=bob).update(
        subject=f"{me.name} answered you",
        html=f"<p>{me.name}</p>",
        text=f"{me.name} (@{HANDLE}) answered",
        to=bob.email,
    )
    InboundMail.objects.create(
        message_id="a@b",
        source="imap",
        member=None,
        raw=f"From: {me.email}\n\nHello".encode(),
        sender=me.email,
    )
    FormerHandle.objects.create(handle=f"old-{HANDLE}", member=me)
