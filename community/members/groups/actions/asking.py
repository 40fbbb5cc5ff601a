"""Asking to join a group, inviting into it, and answering both."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid, Refused
from community.members.groups import limits
from community.members.groups.actions.joining import put_in
from community.members.groups.permissions import can_ask, can_come_and_go, can_lead_group
from community.members.groups.verbs import GROUP_ANSWERED, GROUP_ASKED, GROUP_INVITED
from community.members.models import AskState, Group, GroupAsk, GroupMembership, Member, Source
from community.members.permissions import can_take_part
from community.writing.lines import one_line, too_long


@transaction.atomic
def ask_to_join(*, actor: Member, group: Group, words: str = "") -> GroupAsk:
    """Ask to come into a group. Asking twice changes nothing. Raises `Refused`, `RateLimited`, `Invalid` or `Conflict`."""
    can_ask(actor, group).require()
    limits.ASK.spend(actor)
    return _open(actor, group, actor, words, invitation=False)


@transaction.atomic
def invite_member(*, actor: Member, group: Group, member: Member) -> GroupAsk:
    """Invite `member` into a group: they decide. Who has asked already is let in. Raises `Refused` or `RateLimited`."""
    (can_lead_group(actor, group) and can_come_and_go(group)).require()
    if not member.is_active:
        raise Refused("account_closed", _("This account is closed."))
    limits.INVITE.spend(actor)
    ask = _open(actor, group, member, "", invitation=True)
    if not ask.is_invitation:
        return answer_request(actor=actor, ask=ask, accept=True)
    return ask


def _open(actor: Member, group: Group, member: Member, words: str, *, invitation: bool) -> GroupAsk:
    """Write down what waits, unless the same waits already; an invitation that waits is not asked for."""
    words = _checked(words)
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    if GroupMembership.objects.filter(group=group, member=member).exists():
        raise Conflict("in_group_already", _("They are in this group already."))
    fresh = GroupAsk(group=group, member=member, words=words, is_invitation=invitation, asked_by=actor)
    ask, is_new = GroupAsk.objects.get_or_create(
        group=group,
        member=member,
        state=AskState.OPEN,
        defaults={"words": words, "is_invitation": invitation, "asked_by": actor},
    )
    if is_new:
        payload = {"member_id": member.pk, "group_id": group.pk, "group": group.name, "words": fresh.words}
        record(GROUP_INVITED if invitation else GROUP_ASKED, actor=actor, target=ask, payload=payload)
    return ask


def _checked(words: str) -> str:
    words = one_line(words)
    if sentence := too_long(words, limits.WORDS_LENGTH):
        raise Invalid("words_too_long", sentence, fields={"words": sentence})
    return words


@transaction.atomic
def withdraw_ask(*, actor: Member, group: Group) -> bool:
    """Take one's own request back. Returns whether one was waiting."""
    rows = GroupAsk.objects.select_for_update().filter(group=group, member=actor, state=AskState.OPEN)
    ask = rows.filter(is_invitation=False).first()
    if ask is None:
        return False
    _settle(actor, ask, AskState.WITHDRAWN)
    return True


@transaction.atomic
def answer_request(*, actor: Member, ask: GroupAsk, accept: bool) -> GroupAsk:
    """Let somebody in who asked, or not: owners and managers, and moderators from the queue.

    Raises `Refused`, or `Conflict` when somebody answered first.
    """
    group = ask.group
    if not actor.is_at_least("moderator"):
        can_lead_group(actor, group).require()
    if ask.member_id == actor.pk:
        raise Refused("own_request", _("Somebody else decides about your request."))
    held = _hold(ask, invitation=False)
    _settle(actor, held, AskState.ACCEPTED if accept else AskState.DECLINED)
    if accept:
        put_in(actor, group, held.member, Source.REQUEST)
    return held


@transaction.atomic
def answer_invitation(*, actor: Member, group: Group, accept: bool) -> GroupAsk:
    """Follow an invitation into a group, or not. Raises `Refused`, or `Conflict` when none waits."""
    can_take_part(actor).require()
    ask = GroupAsk.objects.filter(group=group, member=actor, state=AskState.OPEN).first()
    if ask is None:
        raise _gone()
    held = _hold(ask, invitation=True)
    _settle(actor, held, AskState.ACCEPTED if accept else AskState.DECLINED)
    if accept:
        put_in(actor, group, actor, Source.INVITATION)
    return held


def _hold(ask: GroupAsk, *, invitation: bool) -> GroupAsk:
    """Return what waits, locked: of two answers at once the second finds nothing any more."""
    Group.objects.select_for_update(no_key=True).get(pk=ask.group_id)
    rows = GroupAsk.objects.select_for_update(of=("self",)).select_related("group", "member")
    held = rows.filter(pk=ask.pk, state=AskState.OPEN, is_invitation=invitation).first()
    if held is None:
        raise _gone()
    return held


def _gone() -> Conflict:
    return Conflict("answered_already", _("Nothing waits for an answer any more."))


def _settle(actor: Member, ask: GroupAsk, state: AskState) -> None:
    ask.state, ask.answered_by, ask.answered_at = state, actor, timezone.now()
    ask.save(update_fields=["state", "answered_by", "answered_at"])
    if ask.is_invitation:
        return
    payload = {
        "member_id": ask.member_id,
        "group_id": ask.group_id,
        "group": ask.group.name,
        "accepted": state == AskState.ACCEPTED,
    }
    record(GROUP_ANSWERED, actor=actor, target=ask, payload=payload)
