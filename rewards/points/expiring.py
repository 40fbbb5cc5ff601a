"""What of a member's points to spend has a date, by date."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.members.models import Member
from rewards.points.expiry import ends_at
from rewards.points.models import MAIN, AccountKind, Expiry, Lot, Programme, Transfer, TransferKind

MOST_DATES = 24
ACTIVE = (TransferKind.AWARD, TransferKind.SPENDING)


@dataclass(frozen=True, slots=True)
class Expiring:
    """So many points to spend count until the end of `day` (UTC)."""

    day: dt.date
    points: int

    @property
    def said(self) -> str:
        """The day as its reader writes days."""
        return date_format(self.day, "DATE_FORMAT")


def expiring_of(member: Member, programme: str = MAIN) -> list[Expiring]:
    """Return what of a member's points to spend has a date, the next one first."""
    lots = Lot.objects.open().filter(
        account__owner=member,
        account__programme_id=programme,
        account__kind=AccountKind.MEMBER,
        expires_at__isnull=False,
    )
    sums = lots.values_list("expires_at").annotate(points=Sum("remaining")).order_by("expires_at")
    found = [Expiring(_last_day(at), int(points)) for at, points in sums[:MOST_DATES]]
    return _by_activity(member, programme, found) if found else []


def _by_activity(member: Member, key: str, found: list[Expiring]) -> list[Expiring]:
    """Where inactivity decides, all of it counts as long as its owner takes part: one date, from their last act."""
    programme = Programme.objects.get(key=key)
    if programme.expiry != Expiry.INACTIVITY:
        return found
    mine = Transfer.objects.filter(member=member, programme=programme, kind__in=ACTIVE)
    last = mine.aggregate(at=Max("created_at"))["at"]
    date = ends_at(programme, max(last or programme.switched_at, programme.switched_at))
    days = [one.day for one in found] + ([_last_day(date)] if date else [])
    return [Expiring(max(days), sum(one.points for one in found))]


def _last_day(at: dt.datetime) -> dt.date:
    """The last whole day: points stop at midnight."""
    return (at - dt.timedelta(seconds=1)).astimezone(dt.UTC).date()


def say_expiry() -> str:
    """Say how long points to spend count, for everyone to read."""
    programme = Programme.objects.get(key=MAIN)
    match programme.expiry:
        case Expiry.ROLLING:
            sentence = ngettext(
                "Points to spend count for %(n)s month, to the end of that month.",
                "Points to spend count for %(n)s months, to the end of that month.",
                programme.months,
            )
        case Expiry.INACTIVITY:
            sentence = ngettext(
                "Points to spend count until you neither earned nor spent any for %(n)s month.",
                "Points to spend count until you neither earned nor spent any for %(n)s months.",
                programme.months,
            )
        case Expiry.FIXED:
            sentence = _("Points to spend count until the same day of each year. Your statement says which.")
        case _other:
            sentence = _("Points to spend do not expire.")
    return sentence % {"n": programme.months}
