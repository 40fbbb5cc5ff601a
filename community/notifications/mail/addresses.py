"""Addresses that only we can make: one per e-mail for what comes back, one per notice for replies.

They are the address of our mailbox with a signed part after a plus sign, in small letters, because some servers change case:
`replies+r42-…@example.org`. A reply's is bound to the member and the thread.
"""

import base64
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.crypto import salted_hmac

from community.notifications.models import OutboundMail

SALT = "porchlight.notifications.addresses"
_NAMED = re.compile(r"\+([br])(\d{1,18})-([a-z2-7]{16})$")


class Use(StrEnum):
    """What an address is for."""

    BOUNCE = "b"
    REPLY = "r"


@dataclass(frozen=True, slots=True)
class Addressed:
    """What a signed address says: what it is for, and which e-mail it went out with."""

    use: Use
    mail: OutboundMail


def is_open() -> bool:
    """Return whether mail can come in at all."""
    return "@" in settings.INBOUND_ADDRESS


def bounce_address(mail: OutboundMail) -> str:
    """Return where an e-mail comes back to; empty while no mail can come in."""
    return _address(Use.BOUNCE, mail) if is_open() else ""


def reply_address(mail: OutboundMail) -> str:
    """Return where an e-mail is answered; empty when it cannot be."""
    return _address(Use.REPLY, mail) if is_open() and mail.can_reply else ""


def read_addresses(addresses: Iterable[str]) -> Addressed | None:
    """Return what the first address of ours among these says, or None. A signature is compared in constant time."""
    local, _at, domain = settings.INBOUND_ADDRESS.lower().rpartition("@")
    for address in addresses:
        before, _at, host = address.strip().strip("<>").lower().rpartition("@")
        found = _NAMED.search(before) if host == domain and before.startswith(f"{local}+") else None
        addressed = _verified(found) if found is not None else None
        if addressed is not None:
            return addressed
    return None


def is_ours(address: str) -> bool:
    """Return whether an address is one that we send from or take mail at."""
    sent_from = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].strip("<> ")
    local, _at, domain = settings.INBOUND_ADDRESS.lower().rpartition("@")
    before, _at, host = address.lower().rpartition("@")
    is_mailbox = host == domain and before.partition("+")[0] == local
    return bool(address.lower() == sent_from.lower() or is_mailbox)


def _verified(found: re.Match[str]) -> Addressed | None:
    mail = OutboundMail.objects.select_related("member", "notice").filter(pk=int(found[2])).first()
    if mail is None:
        return None
    use = Use(found[1])
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    signed = [hmac.compare_digest(_signature(use, mail, key), found[3]) for key in keys]
    return Addressed(use, mail) if any(signed) else None


def _address(use: Use, mail: OutboundMail) -> str:
    local, _at, domain = settings.INBOUND_ADDRESS.rpartition("@")
    return f"{local}+{use.value}{mail.pk}-{_signature(use, mail, settings.SECRET_KEY)}@{domain}"


def _signature(use: Use, mail: OutboundMail, key: str) -> str:
    thread = mail.notice.thread_id if use is Use.REPLY and mail.notice is not None else None
    value = f"{use.value}:{mail.pk}:{mail.member_id}:{thread}"
    digest = salted_hmac(SALT, value, secret=key, algorithm="sha256").digest()[:10]
    return base64.b32encode(digest).decode().lower()
