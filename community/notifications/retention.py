"""How long notices and mail are kept (docs/notices.md)."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone

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
)

AT_MOST = 5_000


def purge_old(*, at_most: int = AT_MOST) -> int:
    """Delete what is kept long enough, and the texts of mail sooner; a bounded number at a time."""
    now = timezone.now()
    old_mail = OutboundMail.objects.filter(state=MailState.SENT, sent_at__lt=now - KEEP_WORDS.span()).exclude(
        html=""
    )
    OutboundMail.objects.filter(pk__in=old_mail.values("pk")[:at_most]).update(html="", text="")
    unread = InboundMail.objects.filter(received_at__lt=now - KEEP_WORDS.span(), raw__isnull=False)
    InboundMail.objects.filter(pk__in=unread.values("pk")[:at_most]).update(raw=None)
    limit = now - KEEP_NOTICES.span()
    notices = Notice.objects.filter(updated_at__lt=limit, read_at__isnull=False).order_by("updated_at")
    deleted, _by_model = Notice.objects.filter(
        pk__in=list(notices.values_list("pk", flat=True)[:at_most])
    ).delete()
    causes = NoticeCause.objects.filter(activity__occurred_at__lt=limit).order_by("pk")
    NoticeCause.objects.filter(pk__in=list(causes.values_list("pk", flat=True)[:at_most])).delete()
    decisions = ContactDecision.objects.filter(decided_at__lt=limit).order_by("pk")
    ContactDecision.objects.filter(pk__in=list(decisions.values_list("pk", flat=True)[:at_most])).delete()
    # What a push was about lives on in the inbox; the row only tells staff how it went.
    told = OutboundPush.objects.filter(created_at__lt=now - KEEP_WORDS.span()).order_by("pk")
    told = told.exclude(state__in=[PushState.QUEUED, PushState.SENDING])
    OutboundPush.objects.filter(pk__in=list(told.values_list("pk", flat=True)[:at_most])).delete()
    incoming = InboundMail.objects.filter(received_at__lt=limit).order_by("pk")
    InboundMail.objects.filter(pk__in=list(incoming.values_list("pk", flat=True)[:at_most])).delete()
    digests = Digest.objects.filter(planned_at__lt=limit).order_by("pk")
    Digest.objects.filter(pk__in=list(digests.values_list("pk", flat=True)[:at_most])).delete()
    return deleted


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
