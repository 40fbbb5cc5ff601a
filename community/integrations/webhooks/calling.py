"""One call to a receiver: signed, through the guarded way out, and an honest word on how it ended."""

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from django.utils import timezone

from community.egress import Answer, EgressFailed, EgressRefused, post
from community.integrations.webhooks.signing import signed_headers

# Seconds: to open the line, and for everything.
PATIENCE = 5.0
DEADLINE = 15.0
# What is kept of an answer; more is not even read.
MOST_BYTES = 1024
MOST_HEADERS = 30
LONGEST_WAIT = dt.timedelta(hours=24)
MASK = "••••"
# Words in names of headers whose values nobody needs to see in a log.
_SECRET = ("auth", "cookie", "token", "secret", "key", "session", "signature", "password", "csrf")


@dataclass(frozen=True, slots=True)
class Call:
    """One message to one address. `held` are the secrets that sign; `before` is how often it was tried."""

    message_id: int
    before: int
    url: str
    key: str
    body: bytes
    held: tuple[str, ...]


@dataclass(slots=True)
class Try:
    """How a call ended. `status` is None when nobody answered; `error` says why."""

    asked: Call
    at: dt.datetime
    took_ms: int = 0
    status: int | None = None
    error: str = ""
    request_headers: dict[str, str] = field(default_factory=dict)
    response_headers: dict[str, str] = field(default_factory=dict)
    response_body: str = ""
    # What the receiver asked for by `Retry-After`.
    wait: dt.timedelta | None = None

    @property
    def is_taken(self) -> bool:
        """Whether the receiver has it: 2xx, said to the end."""
        return self.status is not None and 200 <= self.status < 300 and not self.error


def call(asked: Call) -> Try:
    """Send one message. Never raises for what the other side does; redirects are not followed."""
    at = timezone.now()
    started = time.monotonic()
    told = Try(asked, at)
    if not asked.held:
        told.error = "no_secret"
        return told
    timestamp = int(at.timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Porchlight-Webhooks/1",
        **signed_headers(asked.held, key=asked.key, timestamp=timestamp, body=asked.body),
    }
    told.request_headers = masked(headers)
    try:
        answer = post(
            asked.url,
            body=asked.body,
            headers=headers,
            deadline=DEADLINE,
            most_bytes=MOST_BYTES,
            patience=PATIENCE,
        )
    except EgressRefused as error:
        told.error = f"refused: {error}"[:200]
    except EgressFailed as error:
        told.error = f"failed: {error}"[:200]
    else:
        _read(told, answer)
    told.took_ms = int((time.monotonic() - started) * 1000)
    return told


def _read(told: Try, answer: Answer) -> None:
    told.status = answer.status
    told.response_headers = masked(answer.headers)
    told.response_body = answer.body.decode("utf-8", "replace").replace("\x00", "�")[:MOST_BYTES]
    told.wait = retry_after(answer.headers.get("retry-after", ""), timezone.now())
    length = answer.headers.get("content-length", "")
    # A receiver that says yes and falls over in the middle of it may well not have kept anything.
    if length.isascii() and length.isdigit() and len(answer.body) < min(int(length), MOST_BYTES):
        told.error = "failed: the answer was cut short"


def masked(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers for the log, without what opens anything."""
    kept = list(headers.items())[:MOST_HEADERS]
    return {
        name[:80]: MASK if any(word in name.lower() for word in _SECRET) else value.replace("\x00", "")[:200]
        for name, value in kept
    }


def retry_after(text: str, now: dt.datetime) -> dt.timedelta | None:
    """Return how long a receiver wants to be left alone, in seconds or by a date; at most a day, None for anything else."""
    if text.isascii() and text.isdigit() and len(text) < 10:
        return min(dt.timedelta(seconds=int(text)), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return min(max(until - now, dt.timedelta(0)), LONGEST_WAIT)
