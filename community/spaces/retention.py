"""How long answered wishes to enter a space are kept."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from community.members.models import AskState
from community.members.retention import KEEP_WISHES
from community.retention import RetentionRule, add_rule
from community.spaces.models import EntryAsk

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _asks(before: dt.datetime) -> "QuerySet[EntryAsk]":
    return EntryAsk.objects.filter(answered_at__lt=before).exclude(state=AskState.OPEN)


add_rule(
    RetentionRule(
        "spaces.entry_asks",
        _("Wishes to enter a space, answered"),
        _("Who asked, what they wrote and who answered. Who is in the space stays."),
        KEEP_WISHES,
        _asks,
        "answered_at",
        order=122,
    )
)
