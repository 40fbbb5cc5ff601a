"""What is written down of an answer of the contact gate about a notice to browsers, and done."""

import datetime as dt

from community.notifications.gate import Decision
from community.notifications.models import Answer, Channel, ContactDecision, OutboundPush, PushState

LEASE = dt.timedelta(minutes=3)


def remember(push: OutboundPush, decision: Decision) -> ContactDecision:
    """Return the row that keeps an answer of the gate, not saved yet."""
    return ContactDecision(
        member_id=push.member_id,
        push=push,
        kind=push.kind,
        purpose=push.purpose,
        channel=Channel.PUSH,
        answer=decision.answer,
        code=decision.code,
        due_at=decision.due_at,
    )


def obey(push: OutboundPush, decision: Decision) -> None:
    """Let a notice wait, or close it."""
    if decision.answer == Answer.DROP:
        push.state, push.error = PushState.DROPPED, decision.code
    else:
        push.due_at = decision.due_at or push.due_at
    push.save(update_fields=["state", "error", "due_at"])


def lease(push: OutboundPush, now: dt.datetime) -> None:
    """Say that a notice is being sent, before anybody is called."""
    push.state = PushState.SENDING
    push.attempts += 1
    push.lease_until = now + LEASE
    push.save(update_fields=["state", "attempts", "lease_until"])
