"""What is written down of an answer of the contact gate, and done."""

import datetime as dt

from community.notifications.gate import Decision
from community.notifications.mail.facts import Reader
from community.notifications.models import Answer, ContactDecision, MailState, OutboundMail

LEASE = dt.timedelta(minutes=2)


def remember(mail: OutboundMail, decision: Decision) -> ContactDecision:
    """Return the row that keeps an answer of the gate, not saved yet."""
    return ContactDecision(
        member_id=mail.member_id,
        mail=mail,
        kind=mail.kind,
        purpose=mail.purpose,
        answer=decision.answer,
        code=decision.code,
        due_at=decision.due_at,
    )


def obey(mail: OutboundMail, decision: Decision) -> None:
    """Let a mail wait, or close it."""
    if decision.answer == Answer.DROP:
        drop(mail, decision.code)
        return
    mail.due_at = decision.due_at or mail.due_at
    mail.save(update_fields=["due_at"])


def drop(mail: OutboundMail, error: str) -> None:
    """Close a row that will not be sent; what it would have said is not kept."""
    mail.state, mail.error, mail.lease_until = MailState.DROPPED, error[:500], None
    mail.html = mail.text = mail.subject = ""
    mail.save(update_fields=["state", "error", "lease_until", "html", "text", "subject"])


def lease(mail: OutboundMail, reader: Reader) -> None:
    """Say that a mail is being sent, before the mail server is asked."""
    mail.member = reader.member
    mail.state = MailState.SENDING
    mail.attempts += 1
    mail.lease_until = reader.now + LEASE
    mail.save()
