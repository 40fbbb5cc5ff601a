"""How often points may be moved by hand or spent."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit

ADJUST = Limit(
    "points.adjust", ("60/h", "60/h", "60/h", "60/h"), exempt_staff=False, what=_("Correct points by hand")
)
SPEND = Limit(
    "points.spend",
    ("10/min,60/day", "10/min,60/day", "10/min,60/day", "10/min,60/day"),
    what=_("Spend points"),
)

# The most that one correction moves, so that a slip of the finger stays small.
LARGEST_ADJUSTMENT = 10_000
SHORTEST_REASON = 10
