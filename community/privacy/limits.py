"""How often and how long."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from community.limits import Limit
from community.numbers.number import Number
from community.numbers.units import Unit

REASON_LENGTH = 300
PROVE = Limit(
    "privacy.prove",
    ("5/15min,20/day",),
    exempt_staff=False,
    what=_("Give the password once more, by a program"),
)
EXPORT_AGAIN = Number(
    "privacy.export_again_hours",
    _("How soon a member may ask for another copy of their data"),
    _("Making one reads everything they have here."),
    default=24,
    least=1,
    most=336,
    unit=Unit.HOURS,
)
LINK_LASTS = Number(
    "privacy.export_hours",
    _("How long a copy of one’s data can be fetched"),
    _("It can be fetched once; then, or after this time, the file is removed."),
    default=48,
    least=1,
    most=336,
    unit=Unit.HOURS,
)
COOLING_OFF = Number(
    "privacy.cooling_off_days",
    _("How long an account waits before it is erased"),
    _("Signing in during this time keeps it."),
    default=14,
    least=1,
    most=30,
    unit=Unit.DAYS,
)
REMIND_BEFORE = Number(
    "privacy.remind_days",
    _("How long before an account is erased its owner is reminded"),
    _("The last e-mail that says how to keep it."),
    default=2,
    least=1,
    most=14,
    unit=Unit.DAYS,
)
# A worker that was killed in the middle leaves its work to another after this time.
LEASE = dt.timedelta(minutes=15)
TRIES = 3
