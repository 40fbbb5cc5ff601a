"""Mail that came back: what it says about an address, and when the address is left alone.

The score is Discourse's: something for every mail that came back, a little off for every one that left, a limit, and a
month after which all is forgotten. A server that says there is no such address ends it at once.
"""

import datetime as dt
from decimal import Decimal
from enum import StrEnum

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from community.activity.record import record
from community.members.models import Member
from community.notifications.models import MailRules, Reach, Stopped
from community.notifications.queries.rules import current_rules
from community.notifications.verbs import ADDRESS_STOPPED


class Bounce(StrEnum):
    """How a mail came back: for now, refused while it was handed over, for good, or reported as unwanted."""

    SOFT = "soft"
    REFUSED = "refused"
    HARD = "hard"
    COMPLAINT = "complaint"


_FOR_GOOD = {Bounce.HARD: Stopped.HARD, Bounce.COMPLAINT: Stopped.COMPLAINT}


@transaction.atomic
def note_bounce(*, member_id: int, address: str, bounce: Bounce, detail: str) -> Reach:
    """Write down that a mail to `address` came back, and stop writing to it when it is enough."""
    rules = current_rules()
    now = timezone.now()
    reach, _created = Reach.objects.select_for_update().get_or_create(member_id=member_id)
    if not _is_about(reach, address) or _is_forgotten(reach, now, rules):
        reach.bounce_score, reach.stopped_at, reach.stopped_for = Decimal(0), None, ""
    reach.refused_address, reach.bounced_at, reach.changed_at = address, now, now
    reach.detail = " ".join(detail.split())[:300]
    reach.bounce_score += rules.hard_score if bounce is Bounce.REFUSED else rules.soft_score
    _stop_if_enough(reach, rules, bounce, now)
    reach.save()
    return reach


def _stop_if_enough(reach: Reach, rules: MailRules, bounce: Bounce, now: dt.datetime) -> None:
    why = _FOR_GOOD.get(bounce)
    if why is None and reach.bounce_score >= rules.score_limit:
        why = Stopped.HARD if bounce is Bounce.REFUSED else Stopped.SOFT
    if why is None or reach.stopped_at is not None:
        return
    reach.stopped_at, reach.stopped_for = now, why
    member = Member.objects.get_queryset().get(pk=reach.member_id)
    record(ADDRESS_STOPPED, actor=None, target=member, payload={"reason": why.value})


def forgive(member_id: int) -> None:
    """A mail left: take a little off the score."""
    scored = Reach.objects.filter(member=member_id, bounce_score__gt=0)
    if scored.exists():
        scored.update(bounce_score=Greatest(F("bounce_score") - current_rules().score_off, 0))


def is_stopped(reach: Reach | None, address: str, now: dt.datetime) -> bool:
    """Return whether an address is left alone. What came back for now is tried again after a month."""
    if reach is None or reach.stopped_at is None or not _is_about(reach, address):
        return False
    return reach.stopped_for != Stopped.SOFT or not _is_forgotten(reach, now, current_rules())


def _is_about(reach: Reach, address: str) -> bool:
    return reach.refused_address.lower() == address.lower()


def _is_forgotten(reach: Reach, now: dt.datetime, rules: MailRules) -> bool:
    if reach.stopped_for in (Stopped.HARD, Stopped.COMPLAINT):
        return False
    return reach.bounced_at is None or reach.bounced_at < now - dt.timedelta(days=rules.score_days)
