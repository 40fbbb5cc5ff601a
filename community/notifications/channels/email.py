"""The mail server, by Django's e-mail backend: one connection a run, and an honest word on how it ended."""

import logging
import smtplib
from dataclasses import dataclass, field
from email.utils import formataddr, parseaddr
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection

logger = logging.getLogger(__name__)

PERMANENT = range(550, 555)


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail ready to leave."""

    to_name: str
    to: str
    from_name: str
    subject: str
    text: str
    html: str
    message_id: str
    # Where it comes back to when it cannot be delivered; empty: to the address it is from.
    envelope_from: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class MailFailed(Exception):
    """It certainly did not leave. `permanent` when the address itself was refused."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent


class OutcomeUnknown(Exception):
    """The connection broke after the letter was handed over: it may have left or not."""


class MailServer:
    """An open connection to the mail server, used as a context; opened at the first letter."""

    def __init__(self) -> None:
        self._connection: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def send(self, letter: Letter) -> None:
        """Hand one letter over. Raises `MailFailed` or `OutcomeUnknown`; the next letter finds a connection that works."""
        self._call()
        try:
            self._connection.send_messages([_message(letter)])
        except smtplib.SMTPServerDisconnected as error:
            self._hang_up()
            raise OutcomeUnknown(str(error)) from error
        except smtplib.SMTPException as error:
            self._hang_up()
            raise _failure(error) from error
        except OSError as error:
            self._hang_up()
            raise OutcomeUnknown(str(error)) from error
        except ValueError as error:
            # Nobody else's letter may wait because of one that cannot be written down.
            raise MailFailed(f"this letter cannot be sent: {error}") from error

    def _call(self) -> None:
        if self._connection is not None:
            return
        connection = get_connection()
        try:
            connection.open()
        except (smtplib.SMTPException, OSError) as error:
            raise MailFailed(f"the mail server did not answer: {error}") from error
        self._connection = connection

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except (smtplib.SMTPException, OSError):
                return


def send_at_once(message: EmailMessage) -> bool:
    """Hand a letter over that waits in no row. Returns whether it is done with: it left, or can never arrive."""
    try:
        message.send()
    except smtplib.SMTPException as error:
        failure = _failure(error)
        logger.warning("a letter about an account did not leave: %s", failure)
        return failure.permanent
    except OSError as error:
        logger.warning("a letter about an account waits: the mail server did not answer: %s", error)
        return False
    except ValueError:
        logger.warning("a letter about an account cannot be sent", exc_info=True)
    return True


def _message(letter: Letter) -> EmailMultiAlternatives:
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    sender = formataddr((_one_line(letter.from_name), address))
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=letter.envelope_from or sender,
        to=[formataddr((_one_line(letter.to_name), letter.to))],
        headers={
            "From": sender,
            "Message-ID": letter.message_id,
            "Auto-Submitted": "auto-generated",
            **letter.headers,
        },
    )
    message.attach_alternative(letter.html, "text/html")
    return message


def _one_line(name: str) -> str:
    """Return a name as a header can hold it."""
    return " ".join(name.split())


def _failure(error: smtplib.SMTPException) -> MailFailed:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        return MailFailed(f"recipient refused: {codes}", permanent=all(code in PERMANENT for code in codes))
    return MailFailed(f"{type(error).__name__}: {error}")
