"""Reading what a member chose, and what we sent them and why."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from community.members.models import Member
from community.notifications.gate import reason_of
from community.notifications.mail.bounces import is_stopped
from community.notifications.models import (
    Answer,
    Channel,
    Choice,
    ContactDecision,
    Preference,
    Reach,
    Stopped,
)
from community.notifications.push.kinds import TEST
from community.notifications.registry import all_kinds, find_kind
from community.notifications.sections import DIGEST

RECENT = 20


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one kind does on the site, by e-mail and in browsers. To choose only some, the others are left out."""

    site: Choice | None = None
    email: Choice | None = None
    push: Choice | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One decision of the contact gate, in words."""

    label: str
    channel: str
    answer: str
    reason: str
    decided_at: dt.datetime


def chosen_by(member: Member) -> dict[str, Chosen]:
    """Return what a member hears of each kind: their choice, else the default."""
    rows = Preference.objects.filter(member=member).values_list("kind", "channel", "choice")
    kept = {(kind, channel): Choice(choice) for kind, channel, choice in rows}
    return {
        kind.key: Chosen(
            site=kept.get((kind.key, Channel.SITE), Choice.ON),
            email=kept.get((kind.key, Channel.EMAIL), Choice(kind.mail.value)),
            push=kept.get((kind.key, Channel.PUSH), Choice.ON if kind.push else Choice.OFF),
        )
        for kind in all_kinds()
    }


def paused_until(member: Member) -> dt.datetime | None:
    """Return until when a member asked for no e-mail, or None."""
    until = Reach.objects.filter(member=member).values_list("paused_until", flat=True).first()
    return until if until is not None and until > timezone.now() else None


@dataclass(frozen=True, slots=True)
class StoppedAddress:
    """An address that is left alone, and why."""

    address: str
    why: str
    since: dt.datetime


def stopped_address(member: Member) -> StoppedAddress | None:
    """Return the address of a member while it is left alone because mail to it came back, or None."""
    reach = Reach.objects.filter(member=member, stopped_at__isnull=False).first()
    if reach is None or not is_stopped(reach, member.email, timezone.now()):
        return None
    assert reach.stopped_at is not None
    return StoppedAddress(member.email, str(Stopped(reach.stopped_for).label), reach.stopped_at)


def recent_decisions(member: Member) -> list[Told]:
    """Return what the contact gate last decided about e-mail and notices to a member."""
    rows = ContactDecision.objects.filter(member=member).order_by("-pk")[:RECENT]
    return [in_words(row) for row in rows]


def in_words(row: ContactDecision) -> Told:
    """Return one decision as the member may read it."""
    return Told(
        label=_label(row.kind),
        channel=str(Channel(row.channel).label),
        answer=str(Answer(row.answer).label),
        reason=reason_of(row.channel, row.code),
        decided_at=row.decided_at,
    )


def _label(key: str) -> str:
    if key == DIGEST:
        return _("Digest")
    if key == TEST:
        return _("Test notice")
    kind = find_kind(key)
    return str(kind.label) if kind is not None else key
