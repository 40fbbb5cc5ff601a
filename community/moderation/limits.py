"""How often members may report (security-and-reliability 5.6)."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit

REPORT = Limit(
    "moderation.report", ("5/day", "20/day", "30/day", "40/day"), what=_("Report posts and messages")
)

NOTE_LENGTH = 500
REASON_LENGTH = 300
DUE_HOURS = 24
LONGEST_DAYS = 3650
