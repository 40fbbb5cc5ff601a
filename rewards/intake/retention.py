"""What waits for a member who never came goes after a while."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.retention import RetentionRule, add_rule
from rewards.intake.limits import WAIT
from rewards.intake.models import BrandEvent


def _waiting(before: dt.datetime) -> "QuerySet[BrandEvent]":
    return BrandEvent.objects.waiting().filter(received_at__lt=before)


add_rule(
    RetentionRule(
        "intake.waiting",
        _("Brand events of nobody"),
        _("Kept so that customers who join get what they did before."),
        WAIT,
        _waiting,
        "received_at",
        order=320,
    )
)
