"""Asking to be let into a private space, and answering."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.models import AskState, Member
from community.spaces.actions import add_space_member
from community.spaces.entering import limits
from community.spaces.entering.permissions import can_answer_entry, can_ask_to_enter
from community.spaces.entering.verbs import ENTRY_ANSWERED, ENTRY_ASKED
from community.spaces.models import EntryAsk, Space
from community.writing.lines import ink, one_line, too_long


@transaction.atomic
def ask_to_enter(*, actor: Member, space: Space, words: str) -> EntryAsk:
    """Ask to be let in, with a reason. Asking twice changes nothing. `space` came from `get_door_for`.

    Raises `Refused`, `RateLimited` or `Invalid`; then nothing changed.
    """
    can_ask_to_enter(actor, space).require()
    words = _checked(words)
    limits.ASK.spend(actor)
    ask, is_new = EntryAsk.objects.get_or_create(
        space=space, member=actor, state=AskState.OPEN, defaults={"words": words}
    )
    if is_new:
        payload = {"member_id": actor.pk, "words": words}
        record(ENTRY_ASKED, actor=actor, target=ask, space_id=space.pk, payload=payload)
    return ask


def _checked(words: str) -> str:
    words = one_line(words)
    sentence = too_long(words, limits.WORDS_LENGTH)
    if not ink(words):
        sentence = _("Say in a sentence why you would like to come in.")
    if sentence:
        raise Invalid("words_unusable", sentence, fields={"words": sentence})
    return words


@transaction.atomic
def withdraw_entry(*, actor: Member, space: Space) -> bool:
    """Take one's own request back. Returns whether one was waiting."""
    rows = EntryAsk.objects.select_for_update().filter(space=space, member=actor, state=AskState.OPEN)
    ask = rows.first()
    if ask is None:
        return False
    _settle(actor, ask, AskState.WITHDRAWN, "")
    return True


@transaction.atomic
def answer_entry(*, actor: Member, ask: EntryAsk, accept: bool, answer: str = "") -> EntryAsk:
    """Let somebody in who asked, or not, with a word that they read.

    Raises `Refused`, or `Conflict` when it was answered or taken back first.
    """
    can_answer_entry(actor, ask).require()
    rows = EntryAsk.objects.select_for_update(of=("self",)).select_related("space", "member")
    held = rows.filter(pk=ask.pk, state=AskState.OPEN).first()
    if held is None:
        raise Conflict("answered_already", _("Nothing waits for an answer any more."))
    _settle(actor, held, AskState.ACCEPTED if accept else AskState.DECLINED, answer)
    if accept:
        add_space_member(actor=actor, space=held.space, member=held.member)
    return held


@transaction.atomic
def settle_entered(*, actor: Member | None, space_id: int, member_id: int) -> bool:
    """End the request of somebody who came in by another way. Returns whether one was waiting."""
    rows = EntryAsk.objects.select_for_update().filter(space=space_id, member=member_id, state=AskState.OPEN)
    ask = rows.first()
    if ask is None:
        return False
    _settle(actor, ask, AskState.ACCEPTED, "")
    return True


def _settle(actor: Member | None, ask: EntryAsk, state: AskState, answer: str) -> None:
    ask.state, ask.answered_by, ask.answered_at = state, actor, timezone.now()
    ask.answer = one_line(answer)[: limits.WORDS_LENGTH]
    ask.save(update_fields=["state", "answered_by", "answered_at", "answer"])
    payload = {"member_id": ask.member_id, "accepted": state == AskState.ACCEPTED, "answer": ask.answer}
    record(ENTRY_ANSWERED, actor=actor, target=ask, space_id=ask.space_id, payload=payload)
