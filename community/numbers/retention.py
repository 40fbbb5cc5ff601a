"""How long the spine keeps promises it has kept. Declared here: `activity` knows no numbers."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.activity.models import Delivery
from community.numbers.number import Number
from community.numbers.units import Unit
from community.retention import RetentionRule, add_rule

KEEP_DELIVERIES = Number(
    "activity.keep_days",
    _("How long finished work in the background is kept"),
    _("To look into what the community did by itself. What failed stays until somebody of the team looks."),
    default=30,
    least=1,
    most=365,
    unit=Unit.DAYS,
)


def _done(before: dt.datetime) -> "QuerySet[Delivery]":
    return Delivery.objects.filter(done_at__lt=before)


add_rule(
    RetentionRule(
        "activity.deliveries",
        _("Finished work in the background"),
        _("The notes of which part of the community has dealt with what. What happened itself stays."),
        KEEP_DELIVERIES,
        _done,
        "done_at",
        order=300,
    )
)
