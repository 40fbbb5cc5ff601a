"""Who may change rituals, and for whom weeks are counted."""

from django.utils.translation import gettext as _

from community.members.models import Member, Role
from community.verdict import YES, Verdict, no


def can_change_rituals(actor: Member) -> Verdict:
    """Whether `actor` may say which rituals there are."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers change rituals."))


def has_rhythm(member: Member) -> bool:
    """Whether weeks in a row are a matter for this member at all: people of the team collect nothing."""
    return member.is_active and member.role == Role.MEMBER
