"""Writing down how it ended, for the notice and for each browser. Only the worker that holds the lease may."""

import datetime as dt
import logging
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from community.notifications.channels.webpush import Ending, Outcome
from community.notifications.models import OutboundPush, PushState, PushSubscription
from community.notifications.push.message import Letter
from community.notifications.queries.browsers import left_behind
from community.notifications.queries.rules import current_push_rules

logger = logging.getLogger(__name__)

FIRST_WAIT = dt.timedelta(minutes=1)
MOST_ATTEMPTS = 5
# So long staff can see what became of it.


@transaction.atomic
def settle(letter: Letter, outcomes: Sequence[Outcome]) -> bool:
    """Write down what the push services said. Returns whether any browser was reached."""
    reached = 0
    for browser, outcome in sorted(zip(letter.browsers, outcomes, strict=True), key=lambda pair: pair[0].pk):
        reached += _settle_browser(browser.pk, outcome)
    later = [outcome.detail for outcome in outcomes if outcome.ending is Ending.LATER]
    if reached:
        _close(letter.push, PushState.SENT, sent_at=timezone.now(), browsers=reached)
    elif not later:
        _close(letter.push, PushState.DROPPED, error="no_browser")
    else:
        _try_later(letter.push, later[0])
    return bool(reached)


def _settle_browser(pk: int, outcome: Outcome) -> bool:
    rows = PushSubscription.objects.filter(pk=pk)
    if outcome.ending is Ending.TAKEN:
        rows.update(last_success_at=timezone.now(), failures=0, detail="")
        return True
    if outcome.ending is Ending.GONE:
        logger.info("browser %s is gone: %s", pk, outcome.detail)
        rows.delete()
        return False
    rows.update(failures=F("failures") + 1, detail=outcome.detail[:200])
    rows.filter(failures__gte=current_push_rules().most_failures).update(retired_at=timezone.now())
    return False


def _try_later(push: OutboundPush, reason: str) -> None:
    if push.attempts >= MOST_ATTEMPTS:
        _close(push, PushState.FAILED, error=reason[:300])
        return
    due = timezone.now() + FIRST_WAIT * 4 ** (push.attempts - 1)
    _close(push, PushState.QUEUED, due_at=due, error=reason[:300])


def _close(push: OutboundPush, state: PushState, **values: object) -> None:
    # Another worker's attempt has another number.
    mine = OutboundPush.objects.filter(pk=push.pk, state=PushState.SENDING, attempts=push.attempts)
    if not mine.update(state=state, lease_until=None, **values):
        logger.warning("the lease of notice %s had ended", push.pk)


@transaction.atomic
def release_lost() -> int:
    """Take back what a worker that died was sending. A browser shows what comes twice in the same place, once."""
    lost = OutboundPush.objects.filter(state=PushState.SENDING, lease_until__lt=timezone.now()).order_by("pk")
    rows = list(lost.select_for_update(skip_locked=True)[:500])
    for push in rows:
        _try_later(push, "the worker ended while sending")
    return len(rows)


def remove_left_behind(*, at_most: int = 1000) -> int:
    """Delete browsers where the member signed out, and those of accounts that are closed or suspended."""
    pks = list(left_behind().order_by("pk").values_list("pk", flat=True)[:at_most])
    deleted, _by_model = PushSubscription.objects.filter(pk__in=pks).delete()
    return deleted
