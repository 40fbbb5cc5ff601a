"""How long notices and mail are kept (docs/notices.md), and what goes with what they were about."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.activity.queries import first_activity_since
from community.members.actions import move_unread_counts
from community.notifications.limits import KEEP_NOTICES, KEEP_WORDS
from community.notifications.models import (
    ContactDecision,
    Digest,
    InboundMail,
    MailState,
    Notice,
    NoticeCause,
    OutboundMail,
    OutboundPush,
    PushState,
    PushSubscription,
)
from community.numbers.number import Number
from community.numbers.units import Unit
from community.retention import RetentionRule, Rows, add_rule

KEEP_BROWSERS = Number(
    "notifications.keep_browsers_days",
    _("How long browsers that no longer take notices are kept"),
    _("To see why somebody hears nothing there any more."),
    default=30,
    least=1,
    most=365,
    unit=Unit.DAYS,
)
_OVER = (MailState.SENT, MailState.JOINED, MailState.FAILED, MailState.DROPPED)


def _notices(before: dt.datetime) -> "QuerySet[Notice]":
    return Notice.objects.filter(updated_at__lt=before, read_at__isnull=False)


def _causes(before: dt.datetime) -> "QuerySet[NoticeCause]":
    # By the key of what happened, which no index of times is needed for: later ones have higher keys.
    return NoticeCause.objects.filter(activity_id__lt=first_activity_since(before))


def _decisions(before: dt.datetime) -> "QuerySet[ContactDecision]":
    return ContactDecision.objects.filter(decided_at__lt=before)


def _digests(before: dt.datetime) -> "QuerySet[Digest]":
    return Digest.objects.filter(planned_at__lt=before)


def _mails(before: dt.datetime) -> "QuerySet[OutboundMail]":
    return OutboundMail.objects.filter(created_at__lt=before, state__in=_OVER)


def _mail_words(before: dt.datetime) -> "QuerySet[OutboundMail]":
    return OutboundMail.objects.filter(state=MailState.SENT, sent_at__lt=before).exclude(html="")


def _pushes(before: dt.datetime) -> "QuerySet[OutboundPush]":
    told = OutboundPush.objects.filter(created_at__lt=before)
    return told.exclude(state__in=[PushState.QUEUED, PushState.SENDING])


def _incoming(before: dt.datetime) -> "QuerySet[InboundMail]":
    return InboundMail.objects.filter(received_at__lt=before)


def _incoming_words(before: dt.datetime) -> "QuerySet[InboundMail]":
    return InboundMail.objects.filter(received_at__lt=before, raw__isnull=False)


def _browsers(before: dt.datetime) -> "QuerySet[PushSubscription]":
    return PushSubscription.objects.filter(retired_at__lt=before)


def _empty_mails(pks: list[int]) -> int:
    return OutboundMail.objects.filter(pk__in=pks).update(html="", text="")


def _empty_incoming(pks: list[int]) -> int:
    return InboundMail.objects.filter(pk__in=pks).update(raw=None)


def _add(
    key: str, title: Any, what: Any, keeps: Number, rows: Rows, age: str, order: int, **more: Any
) -> None:
    add_rule(RetentionRule(f"notifications.{key}", title, what, keeps, rows, age, order=order, **more))


_add(
    "notices",
    _("Notifications"),
    _("Those that were read, with the e-mails about them."),
    KEEP_NOTICES,
    _notices,
    "updated_at",
    40,
    spared=_("What waits unread stays."),
)
_add(
    "causes",
    _("What notifications were about"),
    _("Kept so that nobody is told twice."),
    KEEP_NOTICES,
    _causes,
    "pk",
    41,
)
_add(
    "digests",
    _("Digests"),
    _("When each member got one, and what stood in it."),
    KEEP_NOTICES,
    _digests,
    "planned_at",
    42,
)
_add(
    "mails",
    _("Log of e-mails"),
    _("To whom an e-mail went, when, and what became of it."),
    KEEP_NOTICES,
    _mails,
    "created_at",
    43,
)
_add(
    "decisions",
    _("Why somebody was written to or not"),
    _("What the rules for e-mail and notices to browsers decided."),
    KEEP_NOTICES,
    _decisions,
    "decided_at",
    44,
)
_add(
    "incoming",
    _("Log of e-mails that came in"),
    _("From whom, when, and what became of it."),
    KEEP_NOTICES,
    _incoming,
    "received_at",
    45,
)
_add(
    "mail_words",
    _("Words of e-mails"),
    _("The e-mail itself is emptied; that it was sent stays in the log."),
    KEEP_WORDS,
    _mail_words,
    "sent_at",
    50,
    remove=_empty_mails,
)
_add(
    "incoming_words",
    _("Words of e-mails that came in"),
    _("The e-mail itself is emptied; what became of it stays in the log."),
    KEEP_WORDS,
    _incoming_words,
    "received_at",
    51,
    remove=_empty_incoming,
)
_add(
    "pushes",
    _("Log of notices to browsers"),
    _("How each went. What they were about stays among the notifications."),
    KEEP_WORDS,
    _pushes,
    "created_at",
    52,
)
_add(
    "browsers",
    _("Browsers that no longer take notices"),
    _("Where somebody turned them off, or the browser did."),
    KEEP_BROWSERS,
    _browsers,
    "retired_at",
    60,
)


def heal_counts() -> int:
    """Set the count at the bell to what waits, for members where it has drifted. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH truth AS (SELECT m.id, count(n.id) AS waiting FROM members_member m"
            " LEFT JOIN notifications_notice n ON n.member_id = m.id AND n.read_at IS NULL AND NOT n.is_hidden"
            " GROUP BY m.id), held AS (SELECT m.id, truth.waiting FROM members_member m JOIN truth USING (id)"
            " WHERE m.unread_notices <> truth.waiting ORDER BY m.id FOR NO KEY UPDATE OF m SKIP LOCKED)"
            " UPDATE members_member m SET unread_notices = held.waiting FROM held WHERE m.id = held.id"
        )
        return int(cursor.rowcount)


@transaction.atomic
def forget_subjects(subject_type: str, pks: Iterable[int]) -> int:
    """Delete every notice about these, with the mail and the pushes that told of it. Returns how many."""
    rows = Notice.objects.filter(subject_type=subject_type, subject_pk__in=list(pks))
    waiting = Counter(rows.unread().values_list("member_id", flat=True))
    deleted = rows.delete()[1].get(Notice._meta.label, 0)
    move_unread_counts(actor=None, deltas={pk: -count for pk, count in waiting.items()})
    return deleted
