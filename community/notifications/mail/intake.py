"""Taking in mail, whatever brings it: each is written down once, and read afterwards."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.errors import Invalid
from community.members.models import Member
from community.notifications.mail.bounces import Bounce, note_bounce
from community.notifications.mail.message import pk_of_message_id
from community.notifications.mail.queue import ring
from community.notifications.mail.reading import message_id_of
from community.notifications.models import (
    InboundKind,
    InboundMail,
    InboundSource,
    InboundState,
    OutboundMail,
)

MOST_BYTES = 5 * 1024 * 1024
EVENTS = {"complaint": Bounce.COMPLAINT}


@transaction.atomic
def take_in(raw: bytes, source: InboundSource, recipient: str = "") -> bool:
    """Write down one mail that came in. Returns False when it is known already, or larger than any reply is."""
    if not raw or len(raw) > MOST_BYTES:
        return False
    row = InboundMail(
        message_id=_storable(message_id_of(raw)), source=source, raw=raw, recipient=_storable(recipient)[:320]
    )
    taken = _write_once(row)
    if taken:
        transaction.on_commit(lambda: ring("notifications.read_inbound"), robust=True)
    return taken


def take_event(event: Mapping[str, Any]) -> bool:
    """Take what a provider tells: a mail as it came in, a bounce, a complaint (docs/self-hosting.md).

    Returns False when it is known already. Raises `Invalid` when it cannot be understood.
    """
    kind = event.get("type")
    if kind == "message":
        return take_in(_raw(event), InboundSource.WEBHOOK, str(event.get("recipient") or ""))
    if kind in ("bounce", "complaint"):
        return _take_bounce(event)
    raise Invalid("type_unknown", _("The type is message, bounce or complaint."))


def _raw(event: Mapping[str, Any]) -> bytes:
    if isinstance(event.get("raw"), str):
        return str(event["raw"]).encode("utf-8", "surrogateescape")
    try:
        return base64.b64decode(str(event.get("raw_base64") or ""), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Invalid("raw_unusable", _("The mail is given as raw, or as raw_base64.")) from error


@transaction.atomic
def _take_bounce(event: Mapping[str, Any]) -> bool:
    given = str(event.get("id") or "")
    member, address, mail = _whose(event)
    if not given:
        raise Invalid("id_missing", _("An event needs an id, so that it counts once."))
    row = InboundMail(
        message_id=_storable(f"event:{given}")[:255],
        source=InboundSource.WEBHOOK,
        kind=InboundKind.BOUNCE,
        state=InboundState.DONE if member is not None else InboundState.IGNORED,
        member=member,
        answers=mail,
        reason=_storable(str(event.get("reason") or ""))[:300],
    )
    if not _write_once(row):
        return False
    if member is not None:
        bounce = EVENTS.get(
            str(event["type"]), Bounce.HARD if event.get("permanent") is True else Bounce.SOFT
        )
        note_bounce(member_id=member.pk, address=address, bounce=bounce, detail=row.reason)
    return True


def _whose(event: Mapping[str, Any]) -> tuple[Member | None, str, OutboundMail | None]:
    """Return whom an event is about: by the Message-ID that we gave, else by the address."""
    pk = pk_of_message_id(str(event.get("message_id") or ""))
    mail = OutboundMail.objects.select_related("member").filter(pk=pk).first() if pk is not None else None
    if mail is not None:
        return mail.member, mail.to, mail
    address = _storable(str(event.get("recipient") or ""))
    member = Member.objects.get_queryset().filter(email__iexact=address).first() if address else None
    return member, address, None


def _write_once(row: InboundMail) -> bool:
    """Write a row unless its Message-ID is known. Returns whether it was new."""
    known = InboundMail.objects.filter(message_id=row.message_id)
    if known.exists():
        return False
    # Two that bring the same mail at once: the constraint lets one through.
    InboundMail.objects.bulk_create([row], ignore_conflicts=True)
    return bool(known.filter(received_at=row.received_at).exists())


def _storable(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
