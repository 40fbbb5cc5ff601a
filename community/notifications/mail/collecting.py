"""Looking into the mailbox of the settings."""

import logging

from django.conf import settings

from community.notifications.channels.mailbox import MailboxFailed, fetch_unread, mailbox_of
from community.notifications.mail.intake import MOST_BYTES, take_in
from community.notifications.models import InboundSource

logger = logging.getLogger(__name__)


def fetch_mail() -> int:
    """Take in what is unread in the mailbox; nothing while there is none. Returns how many were handed over."""
    if not settings.INBOUND_IMAP_URL:
        return 0
    mailbox = mailbox_of(settings.INBOUND_IMAP_URL)
    try:
        return fetch_unread(mailbox, lambda raw: take_in(raw, InboundSource.IMAP), most_bytes=MOST_BYTES)
    except MailboxFailed as error:
        logger.warning("the mailbox at %s cannot be read: %s", mailbox.host, error)
        return 0
