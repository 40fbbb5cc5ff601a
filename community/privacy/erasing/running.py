"""What the clock does about erasures: letters, and the work itself, which a killed worker leaves to the next."""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from community.activity.record import record
from community.notifications.mail.message import language_of
from community.privacy import letters, limits
from community.privacy.erasing.identity import begin, leaving_of
from community.privacy.erasing.journal import note
from community.privacy.erasing.steps import go_on
from community.privacy.models import Erasure, ErasureState
from community.privacy.verbs import MEMBER_ERASED
from community.revision import change_mark

logger = logging.getLogger(__name__)
SECONDS = 40.0
LETTERS = 200


def write_letters() -> int:
    """Tell those who asked what will happen, and once more before it does. Returns how many letters went out."""
    now = timezone.now()
    waiting = Erasure.objects.filter(state=ErasureState.WAITING).select_related("member").order_by("pk")
    asked = list(waiting.filter(told_at=None)[:LETTERS])
    near = waiting.filter(
        reminded_at=None, told_at__isnull=False, due_at__lt=now + limits.REMIND_BEFORE.span()
    )
    for erasure in asked:
        with translation.override(language_of(erasure.member)):
            letters.erasure_was_asked(erasure)
        Erasure.objects.filter(pk=erasure.pk).update(told_at=now)
    reminded = list(near[:LETTERS])
    for erasure in reminded:
        with translation.override(language_of(erasure.member)):
            letters.erasure_is_near(erasure)
        Erasure.objects.filter(pk=erasure.pk).update(reminded_at=now)
    return len(asked) + len(reminded) + _tell_who_stays()


def _tell_who_stays() -> int:
    """Who took their wish back hears that it was heard. The mark is the time of the letter before."""
    kept = Erasure.objects.filter(state=ErasureState.CANCELLED, lease_until=None, told_at__isnull=False)
    rows = list(kept.select_related("member").filter(asked_by=None).order_by("pk")[:LETTERS])
    for erasure in rows:
        letters.erasure_was_cancelled(erasure.member)
        Erasure.objects.filter(pk=erasure.pk).update(lease_until=timezone.now())
    return len(rows)


def erase_due(*, seconds: float = SECONDS) -> int:
    """Go on with erasures whose time has come, the oldest first. Returns how many were finished."""
    end, finished = timezone.now() + dt.timedelta(seconds=seconds), 0
    while timezone.now() < end and (erasure := _claim()) is not None:
        left = (end - timezone.now()).total_seconds()
        if not erase(erasure, seconds=max(left, 1.0)):
            break
        finished += 1
    return finished


@transaction.atomic
def _claim() -> Erasure | None:
    now = timezone.now()
    due = Erasure.objects.filter(
        Q(lease_until=None) | Q(lease_until__lt=now),
        state__in=[ErasureState.WAITING, ErasureState.UNDER_WAY],
        due_at__lte=now,
    )
    erasure = due.select_for_update(skip_locked=True, of=("self",)).order_by("due_at").first()
    if erasure is not None:
        erasure.lease_until = now + limits.LEASE
        erasure.save(update_fields=["lease_until"])
    return erasure


def erase(erasure: Erasure, *, seconds: float = SECONDS) -> bool:
    """Erase one member as far as the time goes. Returns whether it is done; done twice, it changes nothing."""
    if erasure.state == ErasureState.WAITING:
        begin(erasure)
    if erasure.state != ErasureState.UNDER_WAY:
        return erasure.state == ErasureState.DONE
    done = go_on(erasure, leaving_of(erasure), seconds=seconds)
    change_mark()
    if not done:
        Erasure.objects.filter(pk=erasure.pk).update(lease_until=None)
        erasure.refresh_from_db()
        return False
    _finish(erasure)
    return True


def _finish(erasure: Erasure) -> None:
    """Write the last letter, and then forget where it went."""
    words = erasure.identity
    if words.get("email"):
        letters.erasure_is_done(address=words["email"], language=words.get("language", "en"))
    with transaction.atomic():
        Erasure.objects.filter(pk=erasure.pk).update(
            state=ErasureState.DONE, done_at=timezone.now(), identity={}, progress={}, lease_until=None
        )
        facts = {
            "member_id": erasure.member_id,
            "deletes_posts": erasure.deletes_posts,
            "reason": erasure.reason,
        }
        record(MEMBER_ERASED, actor=erasure.asked_by, target=erasure, payload=facts)
    erasure.refresh_from_db()
    note(erasure)
