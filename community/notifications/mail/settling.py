"""Writing down how it ended: sent, refused, or nobody knows. Only the worker that holds the lease may."""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from community.notifications.mail.bounces import Bounce, forgive, note_bounce
from community.notifications.models import MailState, OutboundMail

logger = logging.getLogger(__name__)

FIRST_WAIT = dt.timedelta(minutes=1)
MOST_ATTEMPTS = 5
MOST_UNKNOWN = 1


@transaction.atomic
def settle_success(mail: OutboundMail) -> bool:
    """It left. Returns False when the lease had ended and another attempt has begun."""
    changed = _mine(mail).update(state=MailState.SENT, sent_at=timezone.now(), lease_until=None, error="")
    if not changed:
        logger.warning("mail %s was sent, but its lease had ended", mail.pk)
        return False
    forgive(mail.member_id)
    return True


def _mine(mail: OutboundMail) -> QuerySet[OutboundMail]:
    """The row, while the lease is still ours: another worker's attempt has another number."""
    return OutboundMail.objects.filter(pk=mail.pk, state=MailState.SENDING, attempts=mail.attempts)


@transaction.atomic
def settle_failure(mail: OutboundMail, reason: str, *, permanent: bool) -> None:
    """It did not leave: try again later, or give up. A refused address is remembered."""
    if permanent:
        note_bounce(member_id=mail.member_id, address=mail.to, bounce=Bounce.REFUSED, detail=reason)
    if permanent or mail.attempts >= MOST_ATTEMPTS:
        _mine(mail).update(state=MailState.FAILED, lease_until=None, error=reason[:500])
        return
    _requeue(mail, reason, FIRST_WAIT * 4 ** (mail.attempts - 1))


@transaction.atomic
def settle_unknown(mail: OutboundMail, reason: str) -> None:
    """It may have left: send it once more, never twice more."""
    if mail.unknown_outcomes >= MOST_UNKNOWN:
        _mine(mail).update(state=MailState.FAILED, lease_until=None, error=f"outcome unknown: {reason}"[:500])
        return
    OutboundMail.objects.filter(carrier=mail).update(unknown_outcomes=F("unknown_outcomes") + 1)
    OutboundMail.objects.filter(pk=mail.pk).update(unknown_outcomes=F("unknown_outcomes") + 1)
    _requeue(mail, reason, FIRST_WAIT)


def _requeue(mail: OutboundMail, reason: str, wait: dt.timedelta) -> None:
    due = timezone.now() + wait
    if _mine(mail).update(
        state=MailState.QUEUED, lease_until=None, due_at=due, error=reason[:500], html="", text="", subject=""
    ):
        OutboundMail.objects.filter(carrier=mail, state=MailState.JOINED).update(
            state=MailState.QUEUED, carrier=None, due_at=due
        )


def release_lost() -> int:
    """Take back what a worker that died was sending. Whether it left is unknown."""
    lost = list(
        OutboundMail.objects.filter(state=MailState.SENDING, lease_until__lt=timezone.now()).order_by("pk")[
            :500
        ]
    )
    for mail in lost:
        settle_unknown(mail, "the worker ended while sending")
    return len(lost)


@transaction.atomic
def retry(pks: list[int]) -> int:
    """Make failed mail due at once; staff asked for it. Returns how many."""
    rows = OutboundMail.objects.filter(pk__in=pks, state__in=[MailState.FAILED, MailState.QUEUED])
    return rows.update(
        state=MailState.QUEUED,
        due_at=timezone.now(),
        created_at=timezone.now(),
        attempts=0,
        unknown_outcomes=0,
        error="",
    )
