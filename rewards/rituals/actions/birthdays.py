"""The birthday that a member shares, if they like."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from community.members.permissions import can_edit_profile
from rewards.rituals.limits import CHOOSE
from rewards.rituals.models import RitualChoices
from rewards.rituals.verbs import RITUAL_CHOICES_CHANGED

# A year that has 29 February.
_LEAP = 2024


@transaction.atomic
def save_birthday(
    *, actor: Member, day: int | None, month: int | None, shows_birthday: bool = False
) -> RitualChoices:
    """Keep on which day and month `actor` was born, or forget it (both None). There is no year. Raises `Refused`, `Invalid` or `RateLimited`."""
    can_edit_profile(actor, actor).require()
    CHOOSE.spend(actor)
    _check(day, month)
    RitualChoices.objects.bulk_create([RitualChoices(member=actor)], ignore_conflicts=True)
    choices = RitualChoices.objects.select_for_update().get(member=actor)
    wanted = {"birth_day": day, "birth_month": month, "shows_birthday": shows_birthday and day is not None}
    changed = sorted(name for name, value in wanted.items() if getattr(choices, name) != value)
    if changed:
        for name in changed:
            setattr(choices, name, wanted[name])
        choices.save(update_fields=changed)
        record(RITUAL_CHOICES_CHANGED, actor=actor, target=actor, payload={"fields": changed})
    return choices


def _check(day: int | None, month: int | None) -> None:
    if day is None and month is None:
        return
    if day is None or month is None:
        name = "day" if day is None else "month"
        raise Invalid(
            "birthday_unusable",
            _("Enter the day and the month, or neither."),
            fields={name: _("Fill this in.")},
        )
    try:
        dt.date(_LEAP, month, day)
    except (ValueError, OverflowError):
        sentence = _("There is no such day. Look at day and month once more.")
        raise Invalid("birthday_unusable", sentence, fields={"day": sentence}) from None
