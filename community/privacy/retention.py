"""How long copies of one's data are kept, and the record of what was removed."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from community.numbers.number import Number
from community.numbers.units import Unit
from community.privacy.exporting.building import remove_files
from community.privacy.models import Export, ExportState, RetentionRun
from community.retention import RetentionRule, add_rule

KEEP_EXPORTS = Number(
    "privacy.keep_exports_days",
    _("How long it is kept that a member took a copy"),
    _("The copy itself can be fetched once and is gone much sooner."),
    default=365,
    least=30,
    most=3650,
    unit=Unit.DAYS,
)
_RUNS = dt.timedelta(days=400)


def _files(before: dt.datetime) -> "QuerySet[Export]":
    # Their end was written when they were made, by the number in force then.
    over = Q(state=ExportState.READY, ends_at__lt=before) | Q(state=ExportState.FETCHED, bytes__gt=0)
    return Export.objects.filter(over)


def _exports(before: dt.datetime) -> "QuerySet[Export]":
    done = (ExportState.FETCHED, ExportState.GONE, ExportState.FAILED)
    return Export.objects.filter(asked_at__lt=before, state__in=done, bytes=0)


def _runs(before: dt.datetime) -> "QuerySet[RetentionRun]":
    return RetentionRun.objects.filter(day__lt=before.date())


add_rule(
    RetentionRule(
        "privacy.files",
        _("Files with a copy of one’s data"),
        _("Those that were fetched, and those that ran out."),
        dt.timedelta(0),
        _files,
        "pk",
        remove=remove_files,
        order=250,
    )
)
add_rule(
    RetentionRule(
        "privacy.exports",
        _("Who took a copy of their data"),
        _("Who asked for one and when."),
        KEEP_EXPORTS,
        _exports,
        "asked_at",
        order=251,
    )
)
add_rule(
    RetentionRule(
        "privacy.runs",
        _("What was removed by these rules"),
        _("How much each rule removed on which day."),
        _RUNS,
        _runs,
        "day",
        order=320,
    )
)
