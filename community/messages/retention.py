"""How long the words of messages are kept that their authors deleted."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.messages.actions.forgetting import empty_deleted
from community.messages.models import Message, State
from community.numbers.number import Number
from community.numbers.units import Unit
from community.retention import RetentionRule, add_rule, without_held

KEEP_DELETED = Number(
    "messages.deleted_days",
    _("How long the words of deleted messages are kept"),
    _(
        "Messages that their authors took back. Nobody in the conversation sees them; a report could still be about them."
    ),
    default=90,
    least=7,
    most=3650,
    unit=Unit.DAYS,
)


def _deleted(before: dt.datetime) -> "QuerySet[Message]":
    rows = Message.objects.filter(state=State.DELETED, state_at__lt=before).exclude(body_md="")
    return without_held(rows)


add_rule(
    RetentionRule(
        "messages.deleted",
        _("Messages that their authors deleted"),
        _("Their words and pictures. The empty place stays."),
        KEEP_DELETED,
        _deleted,
        "state_at",
        spared=_("Those that an open case is about."),
        remove=lambda pks: empty_deleted(actor=None, pks=pks),
        order=15,
    )
)
