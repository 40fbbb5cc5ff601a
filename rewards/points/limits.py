"""How often points may be moved by hand or spent."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit
from community.numbers.number import Number
from community.numbers.units import Unit

ADJUST = Limit(
    "points.adjust", ("60/h", "60/h", "60/h", "60/h"), exempt_staff=False, what=_("Correct points by hand")
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
LARGEST_ADJUSTMENT = Number(
    "points.largest_adjustment",
    _("Points one correction moves, at most"),
    _("For managers who give or take points by hand, so that a slip of the finger stays small."),
    default=10_000,
    least=10,
    most=1_000_000,
    unit=Unit.POINTS,
)
SHORTEST_REASON = 10
