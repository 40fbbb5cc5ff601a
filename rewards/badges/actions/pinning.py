"""Which badges a member shows before their others."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.activity.record import record
from community.errors import Invalid
from community.members import limits
from community.members.models import Member
from community.members.permissions import can_edit_profile
from community.members.profile_changes import profile_change
from community.members.verbs import PROFILE_CHANGED
from rewards.badges.models import MOST_PINNED, PinnedBadge
from rewards.badges.queries import held_badges, pinned_keys


def pin_badges(*, actor: Member, keys: Sequence[str]) -> list[str]:
    """Show these badges of one's own first, in this order; none of them takes all pins away. Returns their keys.

    Raises `Refused`, `RateLimited`, or `Invalid` for too many and for what the actor does not hold; then nothing changed.
    """
    can_edit_profile(actor, actor).require()
    limits.EDIT_PROFILE.spend(actor)
    wanted = list(dict.fromkeys(keys))
    if len(wanted) > MOST_PINNED:
        raise _unfit(
            ngettext("Choose at most %(num)d badge.", "Choose at most %(num)d badges.", MOST_PINNED)
            % {"num": MOST_PINNED}
        )
    return _write(actor, wanted)


@transaction.atomic
def _write(actor: Member, wanted: list[str]) -> list[str]:
    # One after the other for whoever pins, so that two windows do not mix.
    Member.objects.get_queryset().select_for_update(no_key=True).get(pk=actor.pk)
    held = {badge.key: badge for badge in held_badges(actor).filter(key__in=wanted)}
    if len(held) < len(wanted):
        raise _unfit(_("Choose among the badges you hold."))
    if pinned_keys(actor) == wanted:
        return wanted
    PinnedBadge.objects.filter(member=actor).delete()
    PinnedBadge.objects.bulk_create(
        PinnedBadge(member=actor, badge=held[key], place=place) for place, key in enumerate(wanted, 1)
    )
    said = profile_change(actor, {}, actor, ["pinned_badges"])
    record(PROFILE_CHANGED, actor=actor, target=actor, payload=said)
    return wanted


def _unfit(sentence: str) -> Invalid:
    return Invalid("badges_unfit", sentence, fields={"badges": sentence})
