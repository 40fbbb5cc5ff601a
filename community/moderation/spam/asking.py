"""An outside checker: a service of the brand's choosing that is asked about texts of new members after they were judged here.

Off until `SPAM_CHECKER_URL` and `SPAM_CHECKER_SECRET` are set. The worker asks, by the guarded way out, never a request and never amid a
transaction. It is told the text and what is known of its manner, and neither names nor addresses. What it does not answer changes nothing.
"""

import datetime as dt
import hashlib
import hmac
import json
import logging
import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from community.egress import EgressFailed, EgressRefused, post
from community.moderation.models import Judgement
from community.moderation.spam.heeding import Opinion, heed_checker
from community.moderation.spam.judging import is_asked
from community.writing.lines import one_line

logger = logging.getLogger(__name__)

AT_ONCE, MOST_ATTEMPTS = 10, 5
SECONDS = 5.0
LEASE, FIRST_RETRY = dt.timedelta(minutes=2), dt.timedelta(minutes=1)
# So many failures one after the other, and nobody is asked for a while.
FAILURES, RESTS = 5, 300
_FAILED, _RESTS = "moderation.checker_failed", "moderation.checker_rests"
LONGEST_TEXT, LONGEST_REASON, MOST_LINKS = 20_000, 200, 50


class Unusable(Exception):
    """What came back is no answer."""


def ask_checker() -> int:
    """Ask about a few texts whose turn has come. Returns how many were answered."""
    if not is_asked() or cache.get(_RESTS):
        return 0
    answered = 0
    for judgement in _leased():
        try:
            opinion = _ask(judgement)
        except (EgressFailed, EgressRefused, Unusable) as error:
            _fail(judgement, str(error))
            if cache.get(_RESTS):
                break
        else:
            cache.delete(_FAILED)
            heed_checker(actor=None, judgement=judgement, opinion=opinion)
            answered += 1
    return answered


@transaction.atomic
def _leased() -> list[Judgement]:
    """Claim some: whoever dies with them lets them be claimed again a little later."""
    due = Judgement.objects.filter(check_due_at__lte=timezone.now(), post__isnull=False)
    rows = list(due.order_by("check_due_at").select_for_update(skip_locked=True, of=("self",))[:AT_ONCE])
    pks = [row.pk for row in rows]
    Judgement.objects.filter(pk__in=pks).update(check_due_at=timezone.now() + LEASE)
    return list(Judgement.objects.filter(pk__in=pks).select_related("post__thread", "author").order_by("pk"))


def _ask(judgement: Judgement) -> Opinion:
    body = json.dumps(question_of(judgement), ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Porchlight",
        "Porchlight-Signature": sign(body),
    }
    answer = post(settings.SPAM_CHECKER_URL, body=body, headers=headers, deadline=SECONDS)
    if answer.status != 200:
        raise Unusable(f"it answered {answer.status}")
    return read_opinion(answer.body)


def question_of(judgement: Judgement) -> dict[str, Any]:
    """Return what the checker is told: nothing that names or reaches anybody, but what the text itself says."""
    written, author = judgement.post, judgement.author
    assert written is not None
    title = written.thread.title if written.position == 1 else ""
    return {
        "id": judgement.pk,
        "place": judgement.place,
        "title": title,
        "text": written.body_md[:LONGEST_TEXT],
        "sites": judgement.hosts[:MOST_LINKS],
        "language": author.language or settings.LANGUAGE_CODE,
        "account_age_hours": int((timezone.now() - author.joined_at).total_seconds() // 3600),
        "trust_level": author.trust_level,
        "score": judgement.score,
        "signals": judgement.signals,
    }


def sign(body: bytes, at: int | None = None) -> str:
    """Return the signature of a call: HMAC-SHA256 of its moment, a dot and its body."""
    moment = str(int(time.time()) if at is None else at)
    secret = settings.SPAM_CHECKER_SECRET.encode()
    said = hmac.new(secret, moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={said}"


def read_opinion(body: bytes) -> Opinion:
    """Return what the checker said. Raises `Unusable`."""
    try:
        said = json.loads(body)
        score = said["score"]
        reason = said.get("reason", "")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Unusable("it answered something else than a score") from error
    is_number = isinstance(score, int | float) and not isinstance(score, bool)
    if not is_number or not 0 <= score <= 100 or not isinstance(reason, str):
        raise Unusable("its score is no number from 0 to 100")
    return Opinion(round(score), one_line(reason.replace("\x00", ""))[:LONGEST_REASON])


def _fail(judgement: Judgement, why: str) -> None:
    """Try again ever later, in the end no more; after several failures let the checker rest."""
    attempts = judgement.check_attempts + 1
    over = attempts >= MOST_ATTEMPTS
    wait = FIRST_RETRY * 4 ** (attempts - 1)
    Judgement.objects.filter(pk=judgement.pk).update(
        check_attempts=attempts, check_note=why[:200], check_due_at=None if over else timezone.now() + wait
    )
    logger.warning("The outside checker did not answer: %s", why)
    cache.add(_FAILED, 0, RESTS)
    if cache.incr(_FAILED) >= FAILURES:
        cache.set(_RESTS, 1, RESTS)
        cache.delete(_FAILED)
