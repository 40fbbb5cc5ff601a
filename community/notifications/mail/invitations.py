"""Letters of invitation. Whoever gets one is no member, so what the contact gate asks of members is asked of the invitation:
it must still stand, its inviter may still invite, its reader has not asked to be left alone, and it leaves once."""

import datetime as dt
import uuid
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from community.brand.queries import current_brand
from community.members.invitations import limits
from community.members.invitations.addresses import is_uninvited
from community.members.invitations.codes import link_of
from community.members.invitations.permissions import standing
from community.members.invitations.queries import place_of
from community.members.models import Invitation, MailWanted, Member
from community.notifications.channels.email import Letter, MailFailed, MailServer, OutcomeUnknown
from community.notifications.mail.message import mail_frame, render
from community.notifications.registry import NoticeWords

LEASE = dt.timedelta(minutes=10)


def send_invitations(*, at_most: int = 200) -> int:
    """Send the letters that are due. Returns how many left."""
    sent = 0
    with MailServer() as server:
        for invitation in _take(at_most):
            sent += _deliver(server, invitation)
    return sent


@transaction.atomic
def _take(at_most: int) -> list[Invitation]:
    """Take some that are due, so that nobody else does; whoever is stopped meanwhile leaves them to be taken again."""
    due = Invitation.objects.filter(mail=MailWanted.QUEUED, mail_due_at__lte=timezone.now())
    rows = due.select_for_update(skip_locked=True, of=("self",)).select_related("inviter", "group")
    taken = list(rows.order_by("mail_due_at", "pk")[:at_most])
    Invitation.objects.filter(pk__in=[row.pk for row in taken]).update(mail_due_at=timezone.now() + LEASE)
    return taken


def _deliver(server: MailServer, invitation: Invitation) -> bool:
    if not standing(invitation) or is_uninvited(invitation.email):
        return _settle(invitation, MailWanted.NONE)
    try:
        server.send(write_letter(invitation))
    except MailFailed as error:
        failed = error.permanent or invitation.mail_tries + 1 >= limits.MAIL_TRIES
        return _settle(invitation, MailWanted.FAILED if failed else MailWanted.QUEUED)
    except OutcomeUnknown:
        # It may have arrived: better once too few than twice.
        return _settle(invitation, MailWanted.SENT)
    _settle(invitation, MailWanted.SENT)
    return True


def _settle(invitation: Invitation, state: MailWanted) -> bool:
    tries = invitation.mail_tries + 1
    Invitation.objects.filter(pk=invitation.pk, mail=MailWanted.QUEUED).update(
        mail=state, mail_tries=tries, mail_due_at=timezone.now() + dt.timedelta(minutes=2**tries)
    )
    return False


def write_letter(invitation: Invitation) -> Letter:
    """Return the letter: who invites, to what, one button, and how to hear nothing more."""
    brand, inviter = current_brand(), invitation.inviter
    assert inviter is not None
    with translation.override(_language(inviter)):
        frame = {
            **mail_frame(brand),
            "words": _words(invitation, inviter),
            "why": _(
                "You get this because %(name)s gave us your address. It is kept for this invitation alone."
            )
            % {"name": inviter.name},
            "can_stop": False,
            "stop_url": "",
            "stops_thread": False,
        }
        frame["subject"] = frame["words"].title
        return Letter(
            to_name="",
            to=invitation.email,
            from_name=brand.name,
            subject=" ".join(frame["words"].title.split()),
            text=render("email/account.txt", frame),
            html=render("email/account.html", frame),
            message_id=f"<invitation-{invitation.pk}.{uuid.uuid4().hex}@{_host()}>",
            headers={"Auto-Submitted": "auto-generated"},
        )


def _words(invitation: Invitation, inviter: Member) -> NoticeWords:
    place = place_of(invitation)
    what = {"name": inviter.name, "community": current_brand().name, "place": place or ""}
    title = _("%(name)s invites you to “%(place)s”") if place else _("%(name)s invites you to %(community)s")
    return NoticeWords(
        title=title % what,
        text=invitation.message or _("%(name)s would like to see you in %(community)s.") % what,
        url=link_of(invitation.pk),
        button=_("See the invitation"),
        hint=_(
            "If you would rather not, there is nothing to do; the page behind the link also stops such letters."
        ),
    )


def _language(inviter: Member) -> str:
    known = {code for code, _name in settings.LANGUAGES}
    return inviter.language if inviter.language in known else settings.LANGUAGE_CODE


def _host() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
