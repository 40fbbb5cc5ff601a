"""Reading what a member chose, and what we sent them and why."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from community.members.models import Member
from community.notifications.gate import REASONS
from community.notifications.models import Answer, Channel, Choice, ContactDecision, Preference, Reach
from community.notifications.registry import all_kinds, find_kind

RECENT = 20


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one kind does on the site and by e-mail."""

    site: Choice
    email: Choice


@dataclass(frozen=True, slots=True)
class Told:
    """One decision of the contact gate, in words."""

    label: str
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
        )
        for kind in all_kinds()
    }


def paused_until(member: Member) -> dt.datetime | None:
    """Return until when a member asked for no e-mail, or None."""
    until = Reach.objects.filter(member=member).values_list("paused_until", flat=True).first()
    return until if until is not None and until > timezone.now() else None


def recent_decisions(member: Member) -> list[Told]:
    """Return what the contact gate last decided about e-mail to a member."""
    rows = ContactDecision.objects.filter(member=member).order_by("-pk")[:RECENT]
    return [in_words(row) for row in rows]


def in_words(row: ContactDecision) -> Told:
    """Return one decision as the member may read it."""
    return Told(
        label=str(kind.label) if (kind := find_kind(row.kind)) else row.kind,
        answer=str(Answer(row.answer).label),
        reason=str(REASONS.get(row.code, row.code)),
        decided_at=row.decided_at,
    )
