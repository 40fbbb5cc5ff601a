"""Who may decide a level by hand, and what a level opens."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from community.members.models import Member
from community.verdict import YES, Verdict, no


def can_set_trust(actor: Member, member: Member) -> Verdict:
    """Whether `actor` may grant or lock the level of `member`: managers, never their own, nor above their head."""
    if not actor.is_at_least("manager"):
        return no("managers_only", _("Only community managers decide a level by hand."))
    if actor.pk == member.pk:
        return no("own_trust", _("Somebody else decides your own level."))
    if member.is_at_least("admin") and not actor.is_at_least("admin"):
        return no("above_you", _("Only an administrator can change this."))
    return YES


def can_see_trust(viewer: Member, member: Member) -> Verdict:
    """Whether `viewer` may see how `member` stands: the member, and people of the team."""
    if viewer.pk == member.pk or viewer.is_at_least("moderator"):
        return YES
    return no("not_yours", _("Only the member and the team see this."))


def is_trusted(actor: Member, level: Callable[[], int]) -> bool:
    """Whether a level (a number managers may change) is reached; the team always is."""
    return actor.is_staff or actor.trust_level >= level()
