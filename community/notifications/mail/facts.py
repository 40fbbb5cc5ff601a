"""What the contact gate must know about one member, gathered once for all their mail that is due."""

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings

from community.members.models import ConsentRecord, Member
from community.notifications.gate import CAP_WINDOW, Address, Facts
from community.notifications.mail.bounces import is_stopped
from community.notifications.models import (
    Channel,
    Choice,
    Digest,
    MailState,
    OutboundMail,
    Preference,
    Reach,
    Rhythm,
)
from community.notifications.registry import Kind, Mail, Purpose
from community.notifications.zones import zone_of

MARKETING_CONSENT = "marketing"


@dataclass(slots=True)
class Reader:
    """One member as the gate sees them. `sent` grows as mail is let through in the same run."""

    member: Member
    now: dt.datetime
    zone: ZoneInfo
    address: Address
    paused_until: dt.datetime | None
    has_consent: bool
    choices: dict[str, str]
    sent: dict[str, list[dt.datetime]] = field(default_factory=dict)

    def facts(self, mail: OutboundMail, kind: Kind, *, is_visible: bool) -> Facts:
        """Return the facts about one e-mail to this member."""
        default = Choice.SOON if kind.mail is Mail.SOON else Choice.OFF
        return Facts(
            now=self.now,
            purpose=kind.purpose,
            created_at=mail.created_at,
            zone=self.zone,
            address=self.address,
            is_active=self.member.is_active or kind.reaches_closed,
            is_suspended=self.member.is_suspended,
            is_visible=is_visible,
            is_read=mail.notice is not None and mail.notice.read_at is not None,
            is_wanted=self.choices.get(kind.key, default) == Choice.SOON,
            has_consent=self.has_consent,
            paused_until=self.paused_until,
            sent_at=tuple(self.sent.get(kind.purpose, ())),
        )

    def digest_facts(self, mail: OutboundMail, digest: Digest, *, rhythm: str, has_something: bool) -> Facts:
        """Return the facts about a digest: what is in it was looked up just now, by the eyes of this member."""
        return Facts(
            now=self.now,
            purpose=Purpose(mail.purpose),
            created_at=mail.created_at,
            zone=self.zone,
            address=self.address,
            is_active=self.member.is_active,
            is_suspended=self.member.is_suspended,
            is_wanted=rhythm != Rhythm.NEVER,
            paused_until=self.paused_until,
            is_seen=self.member.last_seen_at is not None and self.member.last_seen_at > digest.began_at,
            has_something=has_something,
            counts=mail.counts,
            sent_at=tuple(self.sent.get(mail.purpose, ())),
        )

    def count(self, purpose: Purpose) -> None:
        """Remember that one more mail of a purpose leaves now."""
        self.sent.setdefault(purpose, []).append(self.now)


def reader_of(member: Member, now: dt.datetime) -> Reader:
    """Gather what the gate must know about a member."""
    reach = Reach.objects.filter(member=member).first()
    consent = ConsentRecord.objects.filter(member=member, purpose=MARKETING_CONSENT).order_by("-pk").first()
    return Reader(
        member=member,
        now=now,
        zone=zone_of(member),
        address=_address(member, reach, now),
        paused_until=reach.paused_until if reach else None,
        has_consent=consent is not None and consent.given,
        choices=dict(
            Preference.objects.filter(member=member, channel=Channel.EMAIL).values_list("kind", "choice")
        ),
        sent=_sent(member, now),
    )


def _address(member: Member, reach: Reach | None, now: dt.datetime) -> Address:
    if not member.email:
        return Address.MISSING
    if is_stopped(reach, member.email, now):
        return Address.REFUSED
    if settings.ACCOUNT_EMAIL_VERIFICATION == "none":
        return Address.GOOD
    # Accounts made by staff, imports and single sign-on have no row of their own: whoever made them vouched for it.
    known = EmailAddress.objects.filter(user=member, email__iexact=member.email).first()
    return Address.UNCONFIRMED if known is not None and not known.verified else Address.GOOD


def _sent(member: Member, now: dt.datetime) -> dict[str, list[dt.datetime]]:
    """Return when mail left in the window of the cap, by purpose; what is being sent right now counts."""
    left = OutboundMail.objects.filter(
        member=member, state=MailState.SENT, counts=True, sent_at__gt=now - CAP_WINDOW
    ).values_list("purpose", "sent_at")
    leaving = OutboundMail.objects.filter(member=member, state=MailState.SENDING, counts=True).values_list(
        "purpose", "lease_until"
    )
    sent: dict[str, list[dt.datetime]] = {}
    for purpose, moment in left:
        sent.setdefault(purpose, []).append(moment or now)
    for purpose, _lease in leaving:
        sent.setdefault(purpose, []).append(now)
    return sent
