"""A rate in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.limits import Rate


def say_rate(rate: Rate) -> str:
    """Say "30 an hour"."""
    known = {
        1: _("%(n)s a second"),
        60: _("%(n)s a minute"),
        3600: _("%(n)s an hour"),
        86400: _("%(n)s a day"),
    }
    if rate.seconds in known:
        return known[rate.seconds] % {"n": rate.count}
    for size in (86400, 3600, 60, 1):
        if rate.seconds % size == 0:
            return _span(size, rate.seconds // size) % {"n": rate.count, "span": rate.seconds // size}
    return ""


def _span(size: int, n: int) -> str:
    words = {
        86400: ngettext("%(n)s in %(span)s day", "%(n)s in %(span)s days", n),
        3600: ngettext("%(n)s in %(span)s hour", "%(n)s in %(span)s hours", n),
        60: ngettext("%(n)s in %(span)s minute", "%(n)s in %(span)s minutes", n),
        1: ngettext("%(n)s in %(span)s second", "%(n)s in %(span)s seconds", n),
    }
    return words[size]
