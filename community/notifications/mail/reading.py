"""Reading mail that came in: who sent it, to which of our addresses, what it says, and whether it is mail of ours that came back."""

import email
import email.policy
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses

from community.notifications.mail.bounces import Bounce
from community.notifications.mail.proof import is_proven
from community.notifications.mail.quoting import own_words, words_of_html

TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
BY_MACHINES = frozenset({"bulk", "junk", "list", "auto_reply"})
MACHINES = ("mailer-daemon@", "postmaster@", "no-reply@", "noreply@")
# A full mailbox, a busy server, a network that was away, a filter: the address itself may be good.
FOR_NOW = ("5.2.2", "5.3", "5.4", "5.7")

# What looks like a header with all its lines, wherever it stands. The time that Python's parser takes grows with the square of
# one header, and with their number: a stranger's mail must not keep a worker busy for an hour.
_HEADER = re.compile(rb"^([!-9;-~]{1,200}):[^\n]*(?:\n[ \t][^\n]*)*", re.MULTILINE)
_LONGEST_HEADER, _LONGEST_OF_CONTENT, _MOST_PARTS = 32_768, 2_048, 100
_LONGEST_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Returned:
    """Mail of ours that came back, and why. `message_id` is that of ours, when the report carries it."""

    bounce: Bounce | None
    detail: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """One mail that came in."""

    sender: str
    recipients: tuple[str, ...]
    is_automatic: bool
    returned: Returned | None
    text: str
    # Whether the server that took it in vouches for the sender; None while no such server is named.
    is_proven: bool | None = None


def message_id_of(raw: bytes) -> str:
    """Return the Message-ID of a mail, or one made from its content when it has none."""
    # By the older policy, which takes any header as it stands: whatever came in is written down, and read afterwards.
    head = BytesHeaderParser(policy=email.policy.compat32).parsebytes(raw[:_LONGEST_HEAD])
    found = " ".join(str(head.get("Message-ID", "")).split())
    return found[:255] if found else f"sha256:{hashlib.sha256(raw).hexdigest()}"


def read_mail(raw: bytes, recipient: str = "") -> Incoming:
    """Read a mail. Raises `ValueError` when it is none."""
    try:
        _check_size(raw)
        message = _parsed(raw)
        sender = _sender(message)
        return Incoming(
            sender=sender,
            recipients=tuple(_recipients(message, recipient)),
            is_automatic=_is_automatic(message),
            returned=_returned(message),
            text=own_words(_text(message)),
            is_proven=is_proven(message, sender),
        )
    except (LookupError, TypeError, AttributeError, UnicodeError, RecursionError, MessageError) as error:
        raise ValueError(f"this mail cannot be read: {error}") from error


def _check_size(raw: bytes) -> None:
    """Raise `ValueError` for a mail that would take too long to read."""
    parts = 0
    for header in _HEADER.finditer(raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")):
        of_content = header[1][:8].lower() == b"content-"
        parts += of_content
        if len(header[0]) > (_LONGEST_OF_CONTENT if of_content else _LONGEST_HEADER):
            raise ValueError("a heading of this mail is longer than any of a person's")
    if parts > 3 * _MOST_PARTS:
        raise ValueError("this mail has more parts than any of a person's")


def _sender(message: EmailMessage) -> str:
    """Return the one address that a mail is from. Several are nobody in particular."""
    given = [
        address for _name, address in getaddresses([str(value) for value in message.get_all("From", [])])
    ]
    return given[0][:320] if len(given) == 1 else ""


def _parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def _recipients(message: EmailMessage, recipient: str) -> Iterator[str]:
    if recipient:
        yield recipient
    given = [str(value) for name in TO for value in message.get_all(name, [])]
    yield from (address for _name, address in getaddresses(given) if address)


def _is_automatic(message: EmailMessage) -> bool:
    """Whether a machine wrote it. Machines are never answered, or two of them would go on for ever."""
    submitted = str(message.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    sender = _sender(message).lower()
    return (
        submitted != "no"
        or str(message.get("Precedence", "")).strip().lower() in BY_MACHINES
        or str(message.get("Return-Path", "")).strip() == "<>"
        or any(message.get(name) for name in ("X-Autoreply", "X-Autorespond", "List-Id"))
        or not sender
        or sender.startswith(MACHINES)
    )


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    content = str(part.get_content())
    return words_of_html(content) if part.get_content_type() == "text/html" else content


def _returned(message: EmailMessage) -> Returned | None:
    if message.get_content_type() != "multipart/report":
        return None
    kind = str(message.get_param("report-type", "")).lower()
    ours = _ours(message)
    if kind == "feedback-report":
        return Returned(Bounce.COMPLAINT, "reported as unwanted", ours)
    if kind != "delivery-status":
        return None
    for report in _reports(message):
        action = str(report.get("Action", "")).strip().lower()
        status = str(report.get("Status", "")).strip().split(" ")[0]
        detail = str(report.get("Diagnostic-Code", "")) or status
        if action or status:
            return Returned(_judged(action, status), f"{status} {detail}"[:300], ours)
    return None


def _judged(action: str, status: str) -> Bounce | None:
    """Say what a report means: delayed is not back yet, delivered is good news."""
    if action and action != "failed":
        return None
    return Bounce.HARD if status.startswith("5") and not status.startswith(FOR_NOW) else Bounce.SOFT


def _reports(message: EmailMessage) -> Iterator[Message]:
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            payload = part.get_payload()
            yield from (
                (block for block in payload if isinstance(block, Message))
                if isinstance(payload, list)
                else ()
            )


def _ours(message: EmailMessage) -> str:
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            payload = part.get_payload()
            if isinstance(payload, list) and payload and isinstance(payload[0], Message):
                return str(payload[0].get("Message-ID", "")).strip()
        if part.get_content_type() == "text/rfc822-headers":
            return str(email.message_from_string(str(part.get_payload())).get("Message-ID", "")).strip()
    return ""
