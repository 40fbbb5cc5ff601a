"""How long the words of posts are kept that their authors deleted."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.numbers.number import Number
from community.numbers.units import Unit
from community.retention import RetentionRule, add_rule, without_held
from community.threads.actions.emptying import empty_deleted
from community.threads.models import Post, State

KEEP_DELETED = Number(
    "threads.deleted_days",
    _("How long the words of deleted posts are kept"),
    _(
        "Posts that their authors deleted. So long the team can bring them back; then their place stays, empty."
    ),
    default=365,
    least=31,
    most=3650,
    unit=Unit.DAYS,
)


def _deleted(before: dt.datetime) -> "QuerySet[Post]":
    rows = Post.objects.filter(state=State.DELETED, deleted_at__lt=before).exclude(body_md="")
    return without_held(rows)


add_rule(
    RetentionRule(
        "threads.deleted",
        _("Posts that their authors deleted"),
        _(
            "Their words, how they read before, and their pictures. The empty place stays, so that replies keep their order."
        ),
        KEEP_DELETED,
        _deleted,
        "deleted_at",
        spared=_("Those that an open case is about."),
        remove=lambda pks: empty_deleted(actor=None, pks=pks),
        order=10,
    )
)
