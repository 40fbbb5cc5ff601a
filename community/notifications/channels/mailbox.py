"""A mailbox over IMAP: what is unread is handed over, and marked as read once it is written down."""

import imaplib
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

TIMEOUT = 20.0


class MailboxFailed(Exception):
    """The mailbox did not answer, or answered with a refusal."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where mail for us is kept: `imaps://name:password@host:993/INBOX`, or `imap://` with STARTTLS where offered."""

    host: str
    port: int
    name: str
    password: str
    folder: str
    is_secure: bool


def mailbox_of(url: str) -> Mailbox:
    """Return the mailbox that an address names. Raises `ValueError`."""
    parts = urlsplit(url)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname:
        raise ValueError("the mailbox is imaps://name:password@host/INBOX")
    is_secure = parts.scheme == "imaps"
    return Mailbox(
        host=parts.hostname,
        port=parts.port or (993 if is_secure else 143),
        name=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        is_secure=is_secure,
    )


def fetch_unread(
    mailbox: Mailbox,
    take: Callable[[bytes], object],
    *,
    at_most: int = 100,
    most_bytes: int = 5 * 1024 * 1024,
) -> int:
    """Hand over what is unread, one by one. What was taken, or is too large, is marked as read. Returns how many were taken."""
    try:
        with _signed_in(mailbox) as server:
            return sum(_hand_over(server, uid, take, most_bytes) for uid in _unread(server)[:at_most])
    except (imaplib.IMAP4.error, OSError, ssl.SSLError) as error:
        raise MailboxFailed(f"{type(error).__name__}: {error}") from error


def _signed_in(mailbox: Mailbox) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    server: imaplib.IMAP4
    if mailbox.is_secure:
        server = imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=context, timeout=TIMEOUT)
    else:
        server = imaplib.IMAP4(mailbox.host, mailbox.port, timeout=TIMEOUT)
        if "STARTTLS" in server.capabilities:
            server.starttls(context)
    server.login(mailbox.name, mailbox.password)
    _ok(server.select(_quoted(mailbox.folder)))
    return server


def _unread(server: imaplib.IMAP4) -> list[str]:
    (found,) = _ok(server.uid("SEARCH", "UNSEEN"))[:1] or [b""]
    return found.decode().split() if isinstance(found, bytes) else []


def _hand_over(server: imaplib.IMAP4, uid: str, take: Callable[[bytes], object], most_bytes: int) -> bool:
    raw = next(_literals(_ok(server.uid("FETCH", uid, f"(BODY.PEEK[]<0.{most_bytes + 1}>)"))), b"")
    fits = 0 < len(raw) <= most_bytes
    if fits:
        take(raw)
    _ok(server.uid("STORE", uid, "+FLAGS", r"(\Seen)"))
    return fits


def _literals(answer: list[Any]) -> Iterator[bytes]:
    """Return the contents among the pieces of an answer: imaplib gives them as pairs of heading and content."""
    for piece in answer:
        if isinstance(piece, tuple) and len(piece) > 1 and isinstance(piece[1], bytes):
            yield piece[1]


def _ok(answer: tuple[str, list[Any]]) -> list[Any]:
    state, pieces = answer
    if state != "OK":
        raise MailboxFailed(f"the mailbox said {state}: {pieces!r}"[:300])
    return pieces


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
