"""What the contact gate must know about one member and their browsers, gathered once for all that is due."""

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from community.members.models import ConsentRecord, Member
from community.notifications.gate import Address, Cap, Facts
from community.notifications.mail.facts import MARKETING_CONSENT
from community.notifications.models import (
    Channel,
    Choice,
    OutboundPush,
    Preference,
    PushRules,
    PushState,
    PushSubscription,
    Reach,
)
from community.notifications.queries.browsers import browsers_of
from community.notifications.queries.rules import current_push_rules
from community.notifications.registry import Kind, Purpose
from community.notifications.zones import zone_of

# What interrupts must be fresh: nobody wants to hear tomorrow of what they were spared today.
PATIENCE = dt.timedelta(hours=1)
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


@dataclass(slots=True)
class Listener:
    """One member as the gate sees them. `sent` grows as notices are let through in the same run."""

    member: Member
    now: dt.datetime
    zone: ZoneInfo
    rules: PushRules
    browsers: list[PushSubscription]
    paused_until: dt.datetime | None
    has_consent: bool
    choices: dict[str, str]
    sent: dict[str, list[dt.datetime]] = field(default_factory=dict)

    def facts(self, push: OutboundPush, kind: Kind | None, *, is_visible: bool) -> Facts:
        """Return the facts about one notice to this member; without a kind it is the test they asked for."""
        default = Choice.ON if kind is None or kind.push else Choice.OFF
        purpose = Purpose.ESSENTIAL if kind is None else kind.purpose
        return Facts(
            now=self.now,
            purpose=purpose,
            created_at=push.created_at,
            zone=self.zone,
            address=Address.GOOD if self.browsers else Address.NO_BROWSER,
            is_active=self.member.is_active,
            is_suspended=self.member.is_suspended,
            is_visible=is_visible,
            is_read=push.notice is not None and push.notice.read_at is not None,
            is_wanted=self.choices.get(push.kind, default) == Choice.ON,
            has_consent=self.has_consent,
            paused_until=self.paused_until,
            sent_at=tuple(self.sent.get(purpose, ())),
            cap=cap_of(purpose, self.rules),
            expires_after=self.rules.kept,
        )

    def count(self, purpose: str) -> None:
        """Remember that one more notice of a purpose leaves now."""
        self.sent.setdefault(purpose, []).append(self.now)


def cap_of(purpose: Purpose, rules: PushRules) -> Cap | None:
    """Return how many notices of a purpose may reach a member's browsers."""
    return {
        Purpose.SERVICE: Cap(rules.service_per_day, DAY, PATIENCE),
        Purpose.COMMUNITY: Cap(rules.community_per_day, DAY, PATIENCE),
        Purpose.MARKETING: Cap(rules.marketing_per_week, WEEK, PATIENCE),
    }.get(purpose)


def listener_of(member: Member, now: dt.datetime) -> Listener:
    """Gather what the gate must know about a member."""
    consent = ConsentRecord.objects.filter(member=member, purpose=MARKETING_CONSENT).order_by("-pk").first()
    chosen = Preference.objects.filter(member=member, channel=Channel.PUSH).values_list("kind", "choice")
    return Listener(
        member=member,
        now=now,
        zone=zone_of(member),
        rules=current_push_rules(),
        browsers=browsers_of(member),
        paused_until=Reach.objects.filter(member=member).values_list("paused_until", flat=True).first(),
        has_consent=consent is not None and consent.given,
        choices=dict(chosen),
        sent=_sent(member, now),
    )


def _sent(member: Member, now: dt.datetime) -> dict[str, list[dt.datetime]]:
    """Return when notices left in the last week, by purpose; what is being sent right now counts."""
    rows = OutboundPush.objects.filter(member=member)
    left = rows.filter(state=PushState.SENT, sent_at__gt=now - WEEK).values_list("purpose", "sent_at")
    leaving = rows.filter(state=PushState.SENDING).values_list("purpose", flat=True)
    sent: dict[str, list[dt.datetime]] = {}
    for purpose, moment in left:
        sent.setdefault(purpose, []).append(moment or now)
    for purpose in leaving:
        sent.setdefault(purpose, []).append(now)
    return sent
