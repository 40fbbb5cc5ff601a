"""Shout-outs of the team: made, pinned and unpinned, taken back and shown again."""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.models import Member
from rewards.praise import limits, remembered
from rewards.praise.models import MOST_NAMED, MOST_SHOUT, Named, ShoutOut, State
from rewards.praise.permissions import can_shout
from rewards.praise.verbs import SHOUT_OUT_CHANGED, SHOUT_OUT_MADE
from rewards.praise.wording import checked_words


@transaction.atomic
def make_shout_out(
    *, actor: Member, members: Sequence[Member], words: str, pinned_until: dt.datetime | None = None
) -> ShoutOut:
    """Thank members in the name of the team, and pin it until a moment if one is given. Those named get it by e-mail too.

    Raises `Refused`, `RateLimited`, `Invalid`, or `Conflict` when as many are pinned as may be; then nothing changed.
    """
    can_shout(actor).require()
    named = _checked_members(actor, members)
    limits.SHOUT.spend(actor)
    made = ShoutOut.objects.create(by=actor, words=checked_words(actor, words, MOST_SHOUT))
    Named.objects.bulk_create([Named(shout_out=made, member=member) for member in named])
    if pinned_until is not None:
        _pin(made, _checked_end(pinned_until))
    payload = {
        "member_ids": [member.pk for member in named],
        "pinned_until": made.pinned_until.isoformat() if made.pinned_until else None,
    }
    record(SHOUT_OUT_MADE, actor=actor, target=made, payload=payload)
    return made


@transaction.atomic
def pin_shout_out(*, actor: Member, shout_out: ShoutOut, until: dt.datetime) -> ShoutOut:
    """Pin a shout-out until a moment, or until another one. Raises `Refused`, `Invalid` or `Conflict`."""
    held = _held(actor, shout_out)
    if held.state != State.VISIBLE:
        raise Conflict("not_shown", _("Show it again first: a shout-out that was taken back is not pinned."))
    before = _look(held)
    _pin(held, _checked_end(until))
    return _say(actor, held, before)


@transaction.atomic
def unpin_shout_out(*, actor: Member, shout_out: ShoutOut) -> ShoutOut:
    """Let a shout-out go from the top; it stays among the others. Doing it twice changes nothing. Raises `Refused`."""
    held = _held(actor, shout_out)
    before = _look(held)
    held.pin_place = held.pinned_until = None
    held.save(update_fields=["pin_place", "pinned_until"])
    return _say(actor, held, before)


@transaction.atomic
def withdraw_shout_out(*, actor: Member, shout_out: ShoutOut) -> ShoutOut:
    """Take a shout-out back: nobody reads it any more, and it is pinned no longer. Doing it twice changes nothing. Raises `Refused`."""
    held = _held(actor, shout_out)
    before = _look(held)
    held.state, held.pin_place, held.pinned_until = State.TAKEN_BACK, None, None
    held.save(update_fields=["state", "pin_place", "pinned_until"])
    return _say(actor, held, before)


@transaction.atomic
def restore_shout_out(*, actor: Member, shout_out: ShoutOut) -> ShoutOut:
    """Show a shout-out again that was taken back; it is not pinned. Doing it twice changes nothing. Raises `Refused`."""
    held = _held(actor, shout_out)
    before = _look(held)
    held.state = State.VISIBLE
    held.save(update_fields=["state"])
    return _say(actor, held, before)


def _held(actor: Member, shout_out: ShoutOut) -> ShoutOut:
    can_shout(actor).require()
    return ShoutOut.objects.select_for_update().get(pk=shout_out.pk)


def _checked_members(actor: Member, members: Sequence[Member]) -> list[Member]:
    named = list({member.pk: member for member in members}.values())
    sentence = ""
    if not named:
        sentence = _("Name at least one member.")
    elif len(named) > MOST_NAMED:
        sentence = _("Name at most %(n)d members.") % {"n": MOST_NAMED}
    elif actor.pk in {member.pk for member in named}:
        sentence = _("Leave yourself out: somebody else of the team can thank you.")
    else:
        private = [m.name for m in named if not (m.show_thanks and m.is_active) or m.hides_profile]
        if private:
            sentence = _("%(names)s would rather not be thanked in public. Thank them for themselves.") % {
                "names": ", ".join(private)
            }
    if sentence:
        raise Invalid("members_unfit", sentence, fields={"members": sentence})
    return named


def _checked_end(until: dt.datetime) -> dt.datetime:
    now = timezone.now()
    longest = limits.LONGEST_PIN()
    if now < until <= now + dt.timedelta(days=longest):
        return until
    sentence = ngettext(
        "Choose a day after today, at most %(n)s day ahead.",
        "Choose a day after today, at most %(n)s days ahead.",
        longest,
    ) % {"n": longest}
    raise Invalid("pin_end", sentence, fields={"pinned_until": sentence})


def _pin(shout_out: ShoutOut, until: dt.datetime) -> None:
    """Take the first free place. That places are unique lets one of two at once wait, and then see that it is taken."""
    # Whose time is over holds no place. They are let go in one order, so two at once never wait for each other.
    over = ShoutOut.objects.filter(Q(pin_place__isnull=False, pinned_until__lte=Now()))
    for pk in over.order_by("pk").values_list("pk", flat=True).select_for_update():
        ShoutOut.objects.filter(pk=pk).update(pin_place=None)
    if shout_out.pin_place is None:
        taken = ShoutOut.objects.exclude(pk=shout_out.pk).filter(pin_place__isnull=False)
        places = set(taken.values_list("pin_place", flat=True))
        free = [place for place in range(1, limits.PINNED() + 1) if place not in places]
        if not free:
            raise _full()
        shout_out.pin_place = free[0]
    shout_out.pinned_until = until
    try:
        with transaction.atomic():
            shout_out.save(update_fields=["pin_place", "pinned_until"])
    except IntegrityError as error:
        raise _full() from error
    remembered.forget()


def _full() -> Conflict:
    first = ShoutOut.objects.pinned().order_by("pinned_until").values_list("pinned_until", flat=True).first()
    day = formats.date_format(timezone.localtime(first), "DATE_FORMAT") if first else ""
    sentence = _(
        "Another shout-out is pinned until %(day)s, so that one at a time is read. Unpin it first, or make this one without a pin."
    )
    return Conflict("pins_full", sentence % {"day": day})


def _look(shout_out: ShoutOut) -> dict[str, str | None]:
    until = shout_out.pinned_until
    return {"state": str(shout_out.state), "pinned_until": until.isoformat() if until else None}


def _say(actor: Member, shout_out: ShoutOut, before: dict[str, str | None]) -> ShoutOut:
    after = _look(shout_out)
    if after != before:
        record(SHOUT_OUT_CHANGED, actor=actor, target=shout_out, payload={"before": before, "after": after})
    return shout_out
