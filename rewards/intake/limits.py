"""How much an event may carry, how long it waits for its member, and how often types are changed."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from community.limits import Limit
from community.numbers.number import Number
from community.numbers.units import Unit

CHANGE_TYPES = Limit(
    "intake.types", ("60/h", "60/h", "60/h", "60/h"), exempt_staff=False, what=_("Change types of events")
)
WAIT = Number(
    "intake.wait_days",
    _("How long an event waits for its member"),
    _("Customers who are no members yet get what they did when they join within this time."),
    default=90,
    least=1,
    most=730,
    unit=Unit.DAYS,
)
MOST_AT_ONCE = 500
# Ten billion of a currency with cents: no order is larger, and sums of them stay within what the database can count.
LARGEST_AMOUNT = 10**12
LARGEST_NUMBER = 10**12
LONGEST_TEXT = 120
# What lies further back is history: it earns, and nobody is told.
NEWS = dt.timedelta(days=7)
