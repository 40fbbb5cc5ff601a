"""When a timer is due."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Invalid

SHORTEST = dt.timedelta(minutes=1)
LONGEST_DAYS = 3650


def check_moment(at: dt.datetime) -> None:
    """Raise `Invalid` for a moment that has passed, or that nobody will remember."""
    if not SHORTEST <= at - timezone.now() + SHORTEST <= dt.timedelta(days=LONGEST_DAYS):
        text = _("Choose a moment that is still to come, within ten years.")
        raise Invalid("timer_when", text, fields={"at": text})


def check_idle_days(days: int) -> None:
    """Raise `Invalid` for a number of days that makes no sense."""
    if not 1 <= days <= LONGEST_DAYS:
        text = _("Choose from 1 to 3,650 days.")
        raise Invalid("timer_days", text, fields={"days": text})


def due_after(last_post_at: dt.datetime, days: int) -> dt.datetime:
    """Return when a thread will have been without a reply for so long."""
    return last_post_at + dt.timedelta(days=days)
