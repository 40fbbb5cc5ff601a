"""Who may thank whom, take thanks back, report them, and make shout-outs."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from community.members.models import Member
from community.members.permissions import can_take_part
from community.members.queries import ids_apart_from
from community.verdict import YES, Verdict, no
from rewards.praise import limits
from rewards.praise.models import Praise, State


def can_thank(actor: Member, receiver: Member) -> Verdict:
    """Whether `actor` may thank `receiver` at all: another member, and nobody whom one of the two blocks."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if actor.pk == receiver.pk:
        return no("own_thanks", _("Thank somebody else: yours is for others to say."))
    if not receiver.is_active:
        return no("receiver_left", _("This member has left."))
    if receiver.pk in ids_apart_from(actor):
        # The same whoever blocks whom, and no word of a block: nobody learns that they are blocked.
        return no("not_open", _("You cannot thank this member."))
    return YES


def may_offer_thanks(viewer: Member | None, receiver: Member | None) -> bool:
    """Whether pages offer to thank somebody: cheap, for menus; the action asks all of it."""
    if viewer is None or receiver is None or viewer.pk == receiver.pk or not receiver.is_active:
        return False
    return bool(can_take_part(viewer))


def can_take_back(actor: Member, praise: Praise) -> Verdict:
    """Whether `actor` may take thanks back: their own, within the time for it."""
    if praise.giver_id != actor.pk:
        return no("not_yours", _("Only who gave them takes thanks back."))
    if praise.state != State.VISIBLE:
        return no("not_shown", _("These thanks are not shown any more."))
    return _in_time(praise.given_at)


def can_give_again(actor: Member, praise: Praise) -> Verdict:
    """Whether `actor` may give thanks again that they took back a moment ago."""
    if praise.giver_id != actor.pk:
        return no("not_yours", _("Only who gave them takes thanks back."))
    if praise.state != State.TAKEN_BACK or praise.state_at is None:
        return no("not_taken_back", _("These thanks were not taken back."))
    verdict = can_thank(actor, praise.receiver)
    return verdict and _in_time(praise.state_at)


def _in_time(moment: dt.datetime) -> Verdict:
    if timezone.now() - moment <= limits.TAKE_BACK.span():
        return YES
    span = limits.TAKE_BACK.unit.say(limits.TAKE_BACK())
    return no("too_late", _("That was possible for %(span)s. Ask the team if it must go.") % {"span": span})


def can_report_praise(actor: Member, praise: Praise) -> Verdict:
    """Whether `actor` may report thanks they read. Silenced members may: a report is not shown to others."""
    if not actor.is_active or actor.is_suspended:
        return can_take_part(actor)
    if praise.giver_id == actor.pk:
        return no("own_thanks", _("These are your own words. You can take them back."))
    if praise.state != State.VISIBLE:
        return no("not_shown", _("These thanks are not shown any more."))
    return YES


def can_moderate_praise(actor: Member, praise: Praise) -> Verdict:
    """Whether `actor` may remove thanks and show them again: those who keep order everywhere, never their own words."""
    if actor.is_suspended or not actor.is_at_least("moderator"):
        return no("moderators_only", _("Only moderators can do this."))
    if praise.giver_id == actor.pk:
        return no("own_thanks", _("These are your own words. Someone else of the team decides."))
    return YES


def can_shout(actor: Member) -> Verdict:
    """Whether `actor` may make shout-outs and pin them: moderators and above."""
    if actor.is_at_least("moderator"):
        return can_take_part(actor)
    return no("moderators_only", _("Only moderators can do this."))


def can_change_kinds(actor: Member) -> Verdict:
    """Whether `actor` may say what thanks are for."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers change what thanks are for."))
