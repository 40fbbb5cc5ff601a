"""How long thanks are kept that were taken back."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.numbers.number import Number
from community.numbers.units import Unit
from community.retention import RetentionRule, add_rule
from rewards.praise.models import Praise, State

KEEP_TAKEN_BACK = Number(
    "praise.keep_taken_back_days",
    _("How long thanks are kept that were taken back"),
    _("Nobody reads them; until then they still count for their day."),
    default=30,
    least=8,
    most=365,
    unit=Unit.DAYS,
)


def _taken_back(moment: dt.datetime) -> "QuerySet[Any]":
    return Praise.objects.filter(state=State.TAKEN_BACK, state_at__lt=moment)


add_rule(
    RetentionRule(
        "praise.taken_back",
        _("Thanks that were taken back"),
        _("The words, and who gave them to whom"),
        KEEP_TAKEN_BACK,
        _taken_back,
        "state_at",
    )
)
