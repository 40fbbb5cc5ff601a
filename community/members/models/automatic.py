"""Groups that keep themselves: who is in one follows from role and trust level, and is written down nowhere else.

So the column that moves is the place in the group, at once and for everyone; there are no rows that could lag behind it.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community.members.models.member import Member, Role

if TYPE_CHECKING:
    from community.members.models.member import MemberQuerySet

_TEAM = (Role.MODERATOR, Role.MANAGER, Role.ADMIN)
_TRUST = "trust_"
# Nothing stands above it.
HIGHEST_LEVEL = 4


class Rule(StrEnum):
    """Whom an automatic group holds: by role, or from a trust level on."""

    TEAM = "team"
    MODERATORS = "moderators"
    TRUST_1 = "trust_1"
    TRUST_2 = "trust_2"
    TRUST_3 = "trust_3"
    TRUST_4 = "trust_4"


def words_for_rule(rule: str) -> str:
    """Say whom a rule holds."""
    if (level := level_of(rule)) == HIGHEST_LEVEL:
        return _("Trust level %(n)d") % {"n": level}
    if level:
        return _("Trust level %(n)s and above") % {"n": level}
    return _("The team") if rule == Rule.TEAM else _("Moderators")


def level_of(rule: str) -> int:
    """Return the trust level a rule begins at; 0 where it asks for a role."""
    return int(rule.removeprefix(_TRUST)) if rule.startswith(_TRUST) else 0


def rules_met(member: Member) -> list[str]:
    """Return the rules `member` meets now. It asks the database nothing."""
    met = [f"{_TRUST}{level}" for level in range(1, min(member.trust_level, 4) + 1)]
    if member.is_at_least("moderator"):
        met.append(Rule.TEAM)
    return [*met, Rule.MODERATORS] if member.acting_role == Role.MODERATOR else met


def people_by(rule: str) -> "MemberQuerySet":
    """Return who meets a rule now, of those who can be met. Nobody of the team is that while suspended."""
    present = Member.objects.get_queryset().present()
    if level := level_of(rule):
        return present.filter(trust_level__gte=level)
    serving = present.filter(Q(suspended_until=None) | Q(suspended_until__lte=timezone.now()))
    return serving.filter(role__in=_TEAM if rule == Rule.TEAM else (Role.MODERATOR,))


def right_of(rule: str) -> str:
    """Return the key under which spaces know those whom a rule holds. Managers enter every space: so the team does."""
    return f"trust:{level}" if (level := level_of(rule)) else "team"
