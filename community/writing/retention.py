"""How long drafts and unused pictures are kept."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.numbers.number import Number
from community.numbers.units import Unit
from community.retention import RetentionRule, add_rule
from community.writing.actions import remove_unused
from community.writing.limits import ORPHANS_KEPT
from community.writing.models import Draft, Upload

KEEP_DRAFTS = Number(
    "writing.draft_days",
    _("How long drafts are kept"),
    _("Counted from the last change. What was sent is not a draft any more."),
    default=365,
    least=30,
    most=3650,
    unit=Unit.DAYS,
)


def _drafts(before: dt.datetime) -> "QuerySet[Draft]":
    return Draft.objects.filter(updated_at__lt=before)


add_rule(
    RetentionRule(
        "writing.drafts",
        _("Drafts"),
        _("Texts that were begun and not sent, and not touched for so long."),
        KEEP_DRAFTS,
        _drafts,
        "updated_at",
        order=20,
    )
)
add_rule(
    RetentionRule(
        "writing.uploads",
        _("Pictures in no text"),
        _("Added and never sent, with their files; portraits and banners that were replaced."),
        ORPHANS_KEPT,
        Upload.objects.unused,
        "created_at",
        remove=lambda pks: remove_unused(actor=None, pks=pks),
        order=30,
    )
)
