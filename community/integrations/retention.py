"""How long answers for repeated calls are kept, as long as their keys are promised to be known; and the log of webhooks."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.integrations.limits import KEEP_MESSAGES
from community.integrations.models import KeptAnswer, WebhookMessage, WebhookReplay
from community.retention import RetentionRule, add_rule

KEEP_ANSWERS = dt.timedelta(hours=24)


def _answers(before: dt.datetime) -> "QuerySet[KeptAnswer]":
    return KeptAnswer.objects.filter(created_at__lt=before)


def _messages(before: dt.datetime) -> "QuerySet[WebhookMessage]":
    return WebhookMessage.objects.filter(created_at__lt=before).exclude(state="waiting")


def _replays(before: dt.datetime) -> "QuerySet[WebhookReplay]":
    return WebhookReplay.objects.filter(created_at__lt=before).exclude(finished_at=None)


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
add_rule(
    RetentionRule(
        "integrations.webhook_log",
        _("The log of webhooks"),
        _("What was sent to your own systems, with the beginning of what they answered."),
        KEEP_MESSAGES,
        _messages,
        "created_at",
        spared=_("What still waits to be sent."),
        order=311,
    )
)
add_rule(
    RetentionRule(
        "integrations.webhook_replays",
        _("What was sent again to your own systems"),
        _("Who asked for which span."),
        KEEP_MESSAGES,
        _replays,
        "created_at",
        spared=_("What still runs."),
        order=312,
    )
)
