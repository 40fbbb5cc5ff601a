"""Which step comes next for a member, and why: a warning, short pauses in writing, then pauses of the account."""

from dataclasses import dataclass

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.members.models import Member
from community.moderation import limits
from community.moderation.models import Penalty, PenaltyKind
from community.moderation.queries import suggested_days

# After so many pauses in writing the account is paused.
SILENCES = 2
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Step:
    """What is proposed: the penalty, its days (none for a warning), and the reason of the proposal."""

    kind: str
    days: int | None
    why: str


def propose_step(member: Member) -> Step:
    """Return the next step for `member` by what the team laid on them before and did not lift."""
    forgets = limits.LADDER_FORGETS
    earlier = Penalty.objects.filter(
        member=member, lifted_at=None, given_by__isnull=False, given_at__gt=timezone.now() - forgets.span()
    )
    found = list(earlier.order_by("-pk")[:_LOOKED_AT])
    pauses = sum(penalty.kind != PenaltyKind.WARN for penalty in found)
    if not found:
        why = _("Nothing was laid on them in the last %(n)d days, so a word comes first.") % {"n": forgets()}
        return Step(str(PenaltyKind.WARN), None, why)
    if not pauses:
        day = formats.date_format(timezone.localtime(found[0].given_at), "DATE_FORMAT")
        why = _("They were warned on %(day)s, so a short pause comes next.") % {"day": day}
    else:
        why = ngettext(
            "%(n)d pause in the last %(days)d days makes the next one longer.",
            "%(n)d pauses in the last %(days)d days make the next one longer.",
            pauses,
        ) % {"n": pauses, "days": forgets()}
    kind = PenaltyKind.SUSPEND if pauses >= SILENCES else PenaltyKind.SILENCE
    return Step(str(kind), suggested_days(member), why)
