"""Queueing an e-mail beside a notice, for those who want this kind by e-mail."""

import logging
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from community.activity.models import Activity
from community.notifications.models import Channel, Choice, MailState, OutboundMail, Preference
from community.notifications.queries.rules import current_rules
from community.notifications.registry import AT_ONCE, Kind, Mail

logger = logging.getLogger(__name__)


def queue(*, kind: Kind, activity: Activity, notices: Mapping[int, int]) -> int:
    """Queue mail for `notices` (member → notice) where the member wants it. Returns how many rows were written."""
    wanted = wanting(kind, list(notices))
    if not wanted:
        return 0
    now = timezone.now()
    wait = current_rules().wait if kind.mail_delay is None else kind.mail_delay
    # A notice of this Activity that says more now keeps the e-mail it has.
    OutboundMail.objects.filter(notice__in=notices.values(), state=MailState.QUEUED).update(
        kind=kind.key, purpose=kind.purpose, priority=kind.priority
    )
    rows = [
        OutboundMail(
            member_id=member_id,
            notice_id=notices[member_id],
            activity=activity,
            kind=kind.key,
            purpose=kind.purpose,
            priority=kind.priority,
            due_at=now + wait,
        )
        for member_id in wanted
    ]
    OutboundMail.objects.bulk_create(rows, ignore_conflicts=True)
    if wait == AT_ONCE:
        transaction.on_commit(ring, robust=True)
    return len(rows)


def wanting(kind: Kind, member_ids: list[int]) -> list[int]:
    """Return, in order, which of the members want this kind by e-mail."""
    if kind.is_fixed:
        return sorted(member_ids)
    chosen = dict(
        Preference.objects.filter(member__in=member_ids, kind=kind.key, channel=Channel.EMAIL).values_list(
            "member_id", "choice"
        )
    )
    default = Choice.SOON if kind.mail is Mail.SOON else Choice.OFF
    return sorted(pk for pk in member_ids if chosen.get(pk, default) == Choice.SOON)


def ring(task: str = "notifications.send_due") -> None:
    """Ask a worker to send what is due, or to read what came in. A hint: without it the clock does, seconds later."""
    from celery import current_app

    try:
        current_app.send_task(task, ignore_result=True, retry=False, expires=60)
    except Exception as error:  # noqa: BLE001 - whatever the broker's client raises, the mail is already a row
        logger.warning("doorbell not heard: %s", error)
