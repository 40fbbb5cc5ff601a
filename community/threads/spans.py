"""Spans of time in words."""

import math

from django.utils.translation import ngettext


def span_said(seconds: int) -> str:
    """Say a span in the largest unit that fits, rounded up."""
    if seconds < 60:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    if seconds < 3600:
        minutes = math.ceil(seconds / 60)
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if seconds < 86_400:
        hours = math.ceil(seconds / 3600)
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = math.ceil(seconds / 86_400)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
