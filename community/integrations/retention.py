"""How long answers for repeated calls are kept: as long as their keys are promised to be known, which is a day."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.integrations.models import KeptAnswer
from community.retention import RetentionRule, add_rule

KEEP_ANSWERS = dt.timedelta(hours=24)


def _answers(before: dt.datetime) -> "QuerySet[KeptAnswer]":
    return KeptAnswer.objects.filter(created_at__lt=before)


add_rule(
    RetentionRule(
        "integrations.answers",
        _("Answers to programs"),
        _("Kept so that a call that is repeated does nothing twice."),
        KEEP_ANSWERS,
        _answers,
        "created_at",
        order=310,
    )
)
