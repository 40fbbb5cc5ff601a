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
    try:
        mailbox = mailbox_of(settings.INBOUND_IMAP_URL)
        return fetch_unread(mailbox, lambda raw: take_in(raw, InboundSource.IMAP), most_bytes=MOST_BYTES)
    except (MailboxFailed, ValueError) as error:
        # The address holds a password, so it is not repeated here.
        logger.warning("the mailbox of INBOUND_IMAP_URL cannot be read: %s", error)
        return 0
