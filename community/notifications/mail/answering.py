"""Reading mail that was taken in: replies are posted through the same action as in a browser, returned mail is scored.

One mail is one transaction: what it does and the tick on its row commit together, so that nothing is posted twice.
"""

import datetime as dt
import logging

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.activity.record import record
from community.errors import DomainError, NotFound
from community.notifications.mail.addresses import Addressed, Use, is_ours, read_addresses
from community.notifications.mail.bounces import note_bounce
from community.notifications.mail.message import pk_of_message_id, speaking_to
from community.notifications.mail.reading import Incoming, Returned, read_mail
from community.notifications.models import InboundKind, InboundMail, InboundState, Notice, OutboundMail
from community.notifications.queries.rules import current_rules
from community.notifications.queries.shown import make_words
from community.notifications.registry import find_kind
from community.notifications.verbs import REPLY_REFUSED

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
# Enough for a person, too few for two machines that answer each other.
MOST_REFUSALS_A_DAY = 5
FIRST_WAIT = dt.timedelta(minutes=1)


class Refusal(Exception):
    """Why a reply is not posted, as its writer is told."""


def read_inbound(*, at_most: int = 100) -> int:
    """Read the mail that waits. Several workers share it. Returns how many."""
    done = 0
    for pk in _waiting(at_most):
        try:
            done += read_one(pk)
        except Exception as error:
            logger.exception("incoming mail %s could not be handled", pk)
            _put_off(pk, f"{type(error).__name__}: {error}")
    return done


def _waiting(at_most: int) -> list[int]:
    due = InboundMail.objects.filter(state=InboundState.WAITING, due_at__lte=timezone.now())
    return list(due.order_by("due_at", "id").values_list("pk", flat=True)[:at_most])


@transaction.atomic
def read_one(pk: int) -> bool:
    """Read one mail, unless another worker does. Its text is not kept afterwards."""
    row = (
        InboundMail.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=pk, state=InboundState.WAITING)
        .first()
    )
    if row is None:
        return False
    try:
        _handle(row, read_mail(bytes(row.raw or b""), row.recipient))
    except ValueError as error:
        _close(row, InboundState.IGNORED, str(error))
    row.raw = None
    row.save()
    return True


def _put_off(pk: int, reason: str) -> None:
    row = InboundMail.objects.filter(pk=pk, state=InboundState.WAITING).first()
    if row is None:
        return
    row.attempts += 1
    row.reason = reason[:300]
    row.due_at = timezone.now() + FIRST_WAIT * 4 ** (row.attempts - 1)
    if row.attempts >= MOST_ATTEMPTS:
        row.state = InboundState.FAILED
    row.save(update_fields=["attempts", "reason", "due_at", "state"])


def _handle(row: InboundMail, incoming: Incoming) -> None:
    row.sender = incoming.sender.replace("\x00", "")
    addressed = read_addresses(incoming.recipients)
    if incoming.returned is not None:
        _take_returned(row, incoming.returned, addressed)
    elif addressed is None:
        _close(row, InboundState.IGNORED, "not sent to an address that we made")
    elif addressed.use is Use.BOUNCE:
        _close(row, InboundState.IGNORED, "an answer by a machine, not a report")
    elif incoming.is_automatic or is_ours(incoming.sender):
        _close(row, InboundState.IGNORED, "written by a machine")
    else:
        _take_reply(row, incoming, addressed.mail)


def _take_returned(row: InboundMail, returned: Returned, addressed: Addressed | None) -> None:
    row.kind = InboundKind.BOUNCE
    mail = addressed.mail if addressed is not None and addressed.use is Use.BOUNCE else None
    if mail is None:
        pk = pk_of_message_id(returned.message_id)
        mail = OutboundMail.objects.filter(pk=pk).first() if pk is not None else None
    if mail is None:
        _close(row, InboundState.IGNORED, "a report about a mail that is not ours")
        return
    row.answers, row.member_id = mail, mail.member_id
    if returned.bounce is None:
        _close(row, InboundState.IGNORED, f"not back: {returned.detail}")
        return
    note_bounce(member_id=mail.member_id, address=mail.to, bounce=returned.bounce, detail=returned.detail)
    _close(row, InboundState.DONE, returned.detail)


def _take_reply(row: InboundMail, incoming: Incoming, mail: OutboundMail) -> None:
    """Post a reply as its writer, or tell them why not."""
    member, notice = mail.member, mail.notice
    row.kind, row.answers, row.member = InboundKind.REPLY, mail, member
    if notice is None or not mail.can_reply or not member.is_active:
        _close(row, InboundState.IGNORED, "this mail cannot be answered")
        return
    if mail.to.lower() != member.email.lower():
        # Whoever has the old mailbox now speaks for nobody here.
        _close(row, InboundState.IGNORED, "the address of the member has changed since")
        return
    with speaking_to(member):
        try:
            _check(incoming, mail)
            row.post_pk = _post(notice, mail, incoming.text)
            _close(row, InboundState.DONE, "")
        except Refusal as refusal:
            _close(row, InboundState.REFUSED, str(refusal))
            _tell(row, notice, mail, str(refusal))


def _check(incoming: Incoming, mail: OutboundMail) -> None:
    if incoming.sender.lower() != mail.member.email.lower():
        raise Refusal(
            _("It came from %(sender)s. Write from %(address)s, or reply on the site.")
            % {"sender": incoming.sender, "address": mail.member.email}
        )
    if incoming.is_proven is False:
        raise Refusal(
            _(
                "Its sender could not be proven: DKIM and SPF did not speak for %(address)s. Reply on the site."
            )
            % {"address": mail.member.email}
        )
    if not _is_confirmed(mail):
        raise Refusal(_("Your address is not confirmed yet. Confirm it, or reply on the site."))
    days = current_rules().reply_days
    if (mail.sent_at or mail.created_at) < timezone.now() - dt.timedelta(days=days):
        raise Refusal(
            ngettext(
                "The e-mail you answered is older than %(n)d day. You can reply on the site.",
                "The e-mail you answered is older than %(n)d days. You can reply on the site.",
                days,
            )
            % {"n": days}
        )
    if not incoming.text:
        raise Refusal(_("There were no words of your own in it. Write them above the quoted e-mail."))


def _is_confirmed(mail: OutboundMail) -> bool:
    """Whether the address is the member's own. Accounts made by staff, imports and single sign-on have no row: who made them
    vouched for it."""
    known = EmailAddress.objects.filter(user=mail.member_id, email__iexact=mail.member.email).first()
    return known is None or known.verified or settings.ACCOUNT_EMAIL_VERIFICATION == "none"


def _post(notice: Notice, mail: OutboundMail, text: str) -> int:
    kind = find_kind(notice.kind)
    if kind is None or kind.reply is None:
        raise Refusal(_("This cannot be answered by e-mail. You can reply on the site."))
    try:
        with transaction.atomic():
            return kind.reply(mail.member, notice, text)
    except NotFound as error:
        raise Refusal(_("What you answered can no longer be seen.")) from error
    except DomainError as error:
        raise Refusal(" ".join(error.fields.values()) or error.message) from error


def _tell(row: InboundMail, notice: Notice, mail: OutboundMail, reason: str) -> None:
    """Say why, once a reply and a few times a day."""
    today = InboundMail.objects.filter(
        member=mail.member, state=InboundState.REFUSED, received_at__gt=row.received_at - dt.timedelta(days=1)
    )
    if today.exclude(pk=row.pk).count() >= MOST_REFUSALS_A_DAY:
        return
    words = make_words([notice], mail.member).get(notice.pk)
    record(
        REPLY_REFUSED,
        actor=mail.member,
        target=mail.member,
        payload={
            "reason": reason,
            "url": words.url if words is not None else "",
            "thread_id": notice.thread_id,
        },
    )


def _close(row: InboundMail, state: InboundState, reason: str) -> None:
    row.state, row.reason = state, reason.replace("\x00", "")[:300]
