"""What the clock does about erasures: letters, and the work itself, which a killed worker leaves to the next."""

import datetime as dt
import logging
from collections.abc import Callable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from community.activity.record import record
from community.notifications.mail.message import language_of
from community.privacy import letters, limits
from community.privacy.erasing.identity import begin, leaving_of
from community.privacy.erasing.journal import note
from community.privacy.erasing.steps import go_on
from community.privacy.models import Erasure, ErasureState, Export, ExportState
from community.privacy.verbs import MEMBER_ERASED
from community.revision import change_mark

logger = logging.getLogger(__name__)
SECONDS = 40.0
LETTERS = 200
# After so many letters that the mail server does not take, the others wait for the next minute as well.
MOST_FAILED = 3
# So long the last letter is tried, while the address it goes to is all that is left.
LAST_LETTER = dt.timedelta(days=1)


def write_letters() -> int:
    """Tell those who asked what will happen, and once more before it does; who stays, and whose copy is ready, if that could
    not be said before. Returns how many letters went out."""
    now = timezone.now()
    waiting = Erasure.objects.filter(state=ErasureState.WAITING).select_related("member").order_by("pk")
    asked = list(waiting.filter(told_at=None)[:LETTERS])
    near = waiting.filter(
        reminded_at=None, told_at__isnull=False, due_at__lt=now + limits.REMIND_BEFORE.span()
    )
    sent = _write_each(asked, letters.erasure_was_asked, "told_at")
    sent += _write_each(list(near[:LETTERS]), letters.erasure_is_near, "reminded_at")
    ready = Export.objects.filter(state=ExportState.READY, told_at=None).select_related("member")
    for export in ready.order_by("pk")[:MOST_FAILED]:
        letters.export_is_ready(export)
    return sent + _tell_who_stays()


def _write_each(rows: list[Erasure], write: Callable[[Erasure], bool], mark: str) -> int:
    """Write a letter to each, and note that it is done. One that cannot leave now stops nobody else's."""
    sent, failed = 0, 0
    for erasure in rows:
        with translation.override(language_of(erasure.member)):
            done = write(erasure)
        if done:
            Erasure.objects.filter(pk=erasure.pk).update(**{mark: timezone.now()})
            sent += 1
            continue
        failed += 1
        if failed == MOST_FAILED:
            break
    return sent


def _tell_who_stays() -> int:
    """Who took their wish back hears that it was heard. The mark is the time of the letter before."""
    kept = Erasure.objects.filter(state=ErasureState.CANCELLED, lease_until=None, told_at__isnull=False)
    rows = list(kept.select_related("member").filter(asked_by=None).order_by("pk")[:LETTERS])
    return _write_each(rows, letters.erasure_was_cancelled, "lease_until")


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
    return _finish(erasure)


def _finish(erasure: Erasure) -> bool:
    """Write the last letter, and then forget where it went. A mail server that is away delays that, but not for ever."""
    if not _said_goodbye(erasure):
        later = timezone.now() + limits.LEASE
        Erasure.objects.filter(pk=erasure.pk).update(lease_until=later)
        erasure.refresh_from_db()
        return False
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
    return True


def _said_goodbye(erasure: Erasure) -> bool:
    words = erasure.identity
    if not words.get("email"):
        return True
    done = letters.erasure_is_done(address=words["email"], language=words.get("language", "en"))
    return done or erasure.begun_at is None or timezone.now() - erasure.begun_at > LAST_LETTER
