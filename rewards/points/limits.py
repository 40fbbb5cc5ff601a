"""How often points may be moved by hand or spent."""

import datetime as dt

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.errors import Invalid
from community.limits import Limit
from community.numbers.number import Number
from community.numbers.units import Unit

ADJUST = Limit(
    "points.adjust", ("60/h", "60/h", "60/h", "60/h"), exempt_staff=False, what=_("Correct points by hand")
)
CHANGE_PROGRAMME = Limit(
    "points.programme",
    ("30/h", "30/h", "30/h", "30/h"),
    exempt_staff=False,
    what=_("Change how long points count"),
)
SPEND = Limit(
    "points.spend",
    ("10/min,60/day", "10/min,60/day", "10/min,60/day", "10/min,60/day"),
    what=_("Spend points"),
)

DAILY_CAP = Number(
    "points.daily_cap",
    _("Points one member earns in a day, at most"),
    _(
        "So that nobody collects points all day long. Rules that say so do not count towards it. The day is UTC."
    ),
    default=60,
    least=1,
    most=10_000,
    unit=Unit.POINTS,
    setting="POINTS_DAILY_CAP",
)
ALONE = Number(
    "points.alone",
    _("Points one manager moves alone, at most"),
    _("A larger correction is proposed by one manager and confirmed by another."),
    default=2_000,
    least=1,
    most=1_000_000,
    unit=Unit.POINTS,
)
LARGEST_ADJUSTMENT = Number(
    "points.largest_adjustment",
    _("Points one correction moves, at most"),
    _("For managers who give or take points by hand, so that a slip of the finger stays small."),
    default=10_000,
    least=10,
    most=1_000_000,
    unit=Unit.POINTS,
)
REVIEW = Number(
    "points.review_days",
    _("How long points are held back while a person looks at them, at most"),
    _("When nobody decides by then, they are free again by themselves."),
    default=14,
    least=1,
    most=90,
    unit=Unit.DAYS,
)
SHORTEST_REASON = 10
# How long before points reach their date their owner is told, once each.
FIRST_WARNING, LAST_WARNING = dt.timedelta(days=30), dt.timedelta(days=7)
LONGEST_HOLD = dt.timedelta(days=366)


def check_reason(reason: str) -> str:
    """Return a reason on one line. Raises `Invalid` when it says nothing."""
    memo = " ".join(reason.split())
    if len(memo) < SHORTEST_REASON:
        sentence = gettext("Say in a sentence why; the member reads it.")
        raise Invalid("reason_needed", sentence, fields={"reason": sentence})
    return memo[:300]
