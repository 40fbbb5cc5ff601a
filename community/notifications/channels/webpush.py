"""The push services of browser makers: one sealed call per browser, and an honest word on how it ended."""

from dataclasses import dataclass
from enum import StrEnum

from community.egress import Answer, EgressFailed, EgressRefused, post
from community.notifications.push.sealing import UnusableKeys, seal


class Ending(StrEnum):
    """How a call ended."""

    TAKEN = "taken"
    # The browser is gone, or the service will never take this again.
    GONE = "gone"
    # Not now: the service is away, too busy, or says that something is wrong with the call.
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Call:
    """One notice to one browser. `topic` lets a service keep only the latest of several that wait; `lasts` is in seconds."""

    authorization: str
    endpoint: str
    p256dh: str
    auth: str
    text: bytes
    topic: str
    urgency: str
    lasts: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended, and what was said."""

    ending: Ending
    detail: str = ""


def deliver(call: Call) -> Outcome:
    """Hand one notice to the push service of a browser. Never raises for what the other side does."""
    try:
        body = seal(call.text, p256dh=call.p256dh, auth=call.auth)
        headers = {
            "Authorization": call.authorization,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(call.lasts),
            "Urgency": call.urgency,
        }
        if call.topic:
            headers["Topic"] = call.topic
        return _outcome(post(call.endpoint, body=body, headers=headers))
    except (UnusableKeys, EgressRefused) as error:
        return Outcome(Ending.GONE, str(error))
    except EgressFailed as error:
        return Outcome(Ending.LATER, str(error))


def _outcome(answer: Answer) -> Outcome:
    if 200 <= answer.status < 300:
        return Outcome(Ending.TAKEN)
    said = f"{answer.status} {answer.body[:120].decode('utf-8', 'replace')}".strip()
    # 404 and 410: unsubscribed. Other refusals may be ours (401, 403: another key; 413: too long), so they only count.
    return Outcome(Ending.GONE if answer.status in (404, 410) else Ending.LATER, said)
