"""How long it is kept what members looked for."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.numbers.number import Number
from community.numbers.units import Unit
from community.retention import RetentionRule, add_rule
from community.search.models import RecentSearch

KEEP_SEARCHES = Number(
    "search.keep_days",
    _("How long it is kept what members looked for"),
    _("So that they need not type it again. Nobody else sees it, and they can forget it sooner."),
    default=180,
    least=1,
    most=730,
    unit=Unit.DAYS,
)


def _searches(before: dt.datetime) -> "QuerySet[RecentSearch]":
    return RecentSearch.objects.filter(asked_at__lt=before)


add_rule(
    RetentionRule(
        "search.recent",
        _("What members looked for"),
        _("The words of their searches."),
        KEEP_SEARCHES,
        _searches,
        "asked_at",
        order=90,
    )
)
