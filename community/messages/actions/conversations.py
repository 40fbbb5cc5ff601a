"""Beginning conversations, and who is in them."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from community.messages import composing, limits
from community.messages.actions.counts import settle_unread
from community.messages.actions.messages import insert_message, send_message
from community.messages.actions.reading import CONVERSATION
from community.messages.composing import Composed
from community.messages.locks import lock_conversation, lock_participation
from community.messages.models import Conversation, Participation, pair_of
from community.messages.permissions import can_arrange, can_begin, can_gather, can_leave
from community.messages.queries.access import others_in
from community.messages.verbs import (
    CONVERSATION_BEGUN,
    CONVERSATION_LEFT,
    CONVERSATION_RENAMED,
    MEMBERS_ADDED,
)
from community.notifications.actions import mark_subject_read


def begin_conversation(
    *, actor: Member, members: Sequence[Member], body: str, title: str = ""
) -> Conversation:
    """Write to one or a few members. To one, it goes on where the two have written before.

    Raises `Refused`, `Invalid` or `RateLimited`; then nothing changed.
    """
    can_begin(actor).require()
    people = list({member.pk: member for member in members}.values())
    if not people:
        sentence = _("Say to whom you write.")
        raise Invalid("nobody", sentence, fields={"to": sentence})
    pair = pair_of(actor.pk, people[0].pk) if len(people) == 1 else ""
    known = Conversation.objects.filter(pair=pair).first() if pair else None
    if known is not None:
        send_message(actor=actor, conversation=known, body=body)
        return known
    can_gather(actor, people).require()
    body = composing.check_body(body)
    title = "" if pair else composing.check_title(title)
    limits.spend_begin(actor)
    limits.SEND.spend(actor)
    return _begin(actor, people, pair, title, composing.compose(actor, body))


@transaction.atomic
def _begin(actor: Member, people: list[Member], pair: str, title: str, composed: Composed) -> Conversation:
    conversation, is_new = _create(actor, pair, title)
    if is_new:
        now = timezone.now()
        Participation.objects.bulk_create(
            Participation(conversation=conversation, member=member, joined_at=now)
            for member in (actor, *people)
        )
        ids = sorted(member.pk for member in people)
        record(CONVERSATION_BEGUN, actor=actor, target=conversation, payload={"member_ids": ids})
    insert_message(actor, conversation.pk, composed)
    conversation.refresh_from_db()
    return conversation


def _create(actor: Member, pair: str, title: str) -> tuple[Conversation, bool]:
    """Create a conversation. Two people who write to each other at the same moment meet in one, by its constraint."""
    if not pair:
        return Conversation.objects.create(begun_by=actor, title=title), True
    fresh = Conversation(begun_by=actor, pair=pair)
    Conversation.objects.bulk_create([fresh], ignore_conflicts=True)
    conversation = Conversation.objects.select_for_update(no_key=True).get(pair=pair)
    return conversation, not Participation.objects.filter(conversation=conversation).exists()


@transaction.atomic
def add_members(*, actor: Member, conversation: Conversation, members: Iterable[Member]) -> list[Member]:
    """Add others to a group; they read what is written from now on. Returns who is new in it.

    Raises `Refused`, `RateLimited` or `NotFound`.
    """
    can_arrange(actor, conversation).require()
    fresh = lock_conversation(conversation.pk)
    lock_participation(fresh, actor)
    inside = others_in(fresh, actor)
    known = {member.pk for member in inside} | {actor.pk}
    people = list({member.pk: member for member in members if member.pk not in known}.values())
    if not people:
        return []
    can_gather(actor, people, already=len(inside)).require()
    limits.ARRANGE.spend(actor)
    for member in people:
        Participation.objects.update_or_create(
            conversation=fresh,
            member=member,
            defaults={
                "joined_at": timezone.now(),
                "left_at": None,
                "from_position": fresh.last_position,
                "last_read_position": fresh.last_position,
                "is_unread": True,
                "last_message_at": fresh.last_message_at,
            },
        )
    ids = sorted(member.pk for member in people)
    record(MEMBERS_ADDED, actor=actor, target=fresh, payload={"member_ids": ids})
    settle_unread(actor=actor, member_ids=ids)
    return people


@transaction.atomic
def leave_conversation(*, actor: Member, conversation: Conversation) -> None:
    """Leave a group: from now on it is as if it were not there. Raises `Refused` for a conversation of two."""
    can_leave(actor, conversation).require()
    fresh = lock_conversation(conversation.pk)
    place = lock_participation(fresh, actor)
    place.left_at, place.is_unread = timezone.now(), False
    place.save(update_fields=["left_at", "is_unread"])
    record(CONVERSATION_LEFT, actor=actor, target=fresh, payload={})
    mark_subject_read(actor=actor, subject=(CONVERSATION, fresh.pk))
    settle_unread(actor=actor, member_ids=[actor.pk])


@transaction.atomic
def mute_conversation(*, actor: Member, conversation: Conversation, muted: bool = True) -> Participation:
    """Hear nothing of a conversation any more, or hear of it again. It stays in the inbox."""
    fresh = lock_conversation(conversation.pk)
    place = lock_participation(fresh, actor)
    if place.is_muted != muted:
        place.is_muted = muted
        place.save(update_fields=["is_muted"])
        if muted:
            mark_subject_read(actor=actor, subject=(CONVERSATION, fresh.pk))
        settle_unread(actor=actor, member_ids=[actor.pk])
    return place


@transaction.atomic
def rename_conversation(*, actor: Member, conversation: Conversation, title: str) -> Conversation:
    """Give a group another title; none names it by who is in it. Raises `Refused`, `Invalid` or `RateLimited`."""
    can_arrange(actor, conversation).require()
    title = composing.check_title(title)
    fresh = lock_conversation(conversation.pk)
    lock_participation(fresh, actor)
    if fresh.title != title:
        limits.ARRANGE.spend(actor)
        fresh.title = title
        fresh.save(update_fields=["title"])
        record(CONVERSATION_RENAMED, actor=actor, target=fresh, payload={})
    return fresh
