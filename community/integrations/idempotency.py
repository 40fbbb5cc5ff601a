"""One effect per `Idempotency-Key`: the answer is kept in the transaction of what it answers."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import Conflict, Invalid
from community.integrations.models import KeptAnswer
from community.integrations.retention import KEEP_ANSWERS
from community.members.models import Member
from community.rest.views import viewer_of

LONGEST_KEY = 255
# How long a second call waits for the first before it is told to come back.
PATIENCE = "1s"
# How long a call may be busy outside the database, which for a picture is longer than a transaction may usually idle.
BUSY = "60s"


def answer_once(request: Request, run: Callable[[], Response]) -> Response:
    """Run a call, or return the answer its first run got. Raises `Conflict` while that still runs, `Invalid` when it asks for something else.

    Refusals are not kept: they changed nothing, so asking again is harmless and may by then be allowed.
    """
    key = request.headers["Idempotency-Key"]
    if not 1 <= len(key) <= LONGEST_KEY or not key.isprintable():
        raise Invalid("idempotency_key", _("An Idempotency-Key has 1 to 255 printable characters."))
    caller = viewer_of(request)
    if caller is None:
        return run()
    route = f"{request.method} {request.path}"[:300]
    body_hash = hashlib.sha256(_canonical(request)).hexdigest()
    with transaction.atomic():
        _take_turn(f"{caller.pk} {route} {key}")
        fresh = timezone.now() - KEEP_ANSWERS
        mine = KeptAnswer.objects.filter(member=caller, route=route, key=key)
        kept = mine.first()
        if kept is not None and kept.created_at > fresh:
            return _again(kept, body_hash)
        mine.delete()
        response = run()
        if response.status_code < 300:
            _keep(caller, route, key, body_hash, response)
        return response


def _take_turn(name: str) -> None:
    """Let calls with the same key pass one after the other, until the end of the transaction."""
    number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(%s), set_config('idle_in_transaction_session_timeout', %s, true)",
            [number, BUSY],
        )
        turn = cursor.fetchone()
        if turn and turn[0]:
            return
        cursor.execute(
            "SELECT current_setting('lock_timeout'), set_config('lock_timeout', %s, true)", [PATIENCE]
        )
        usual = cursor.fetchone()
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
        except OperationalError as error:
            raise Conflict(
                "in_progress", _("The first call with this key is still running. Ask again in a moment.")
            ) from error
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [usual[0] if usual else "2s"])


def _canonical(request: Request) -> bytes:
    body = json.dumps(request.data, sort_keys=True, separators=(",", ":"), default=_said)
    # What stands behind the question mark says what to do as well.
    asked = sorted((name, values) for name, values in request.query_params.lists())
    return (body + json.dumps(asked) if asked else body).encode()


def _said(value: Any) -> str:
    """Return what stands for a value that JSON does not know; for a file that is what it holds."""
    if not isinstance(value, UploadedFile):
        return str(value)
    digest = hashlib.sha256()
    for chunk in value.chunks():
        digest.update(chunk)
    value.seek(0)
    return f"{value.name}:{digest.hexdigest()}"


def _again(kept: KeptAnswer, body_hash: str) -> Response:
    if kept.body_hash != body_hash:
        raise Invalid("idempotency_key_reused", _("This Idempotency-Key was used for something else."))
    answer = Response(json.loads(kept.body) if kept.body else None, status=kept.status)
    answer["Idempotency-Replayed"] = "true"
    return answer


def _keep(caller: Member, route: str, key: str, body_hash: str, response: Response) -> None:
    # What is shown once is not kept either.
    data = getattr(response, "data_to_keep", response.data)
    body = "" if data is None else JSONRenderer().render(data).decode()
    KeptAnswer.objects.create(
        member=caller,
        route=route,
        key=key,
        body_hash=body_hash,
        status=response.status_code,
        body=body,
    )
