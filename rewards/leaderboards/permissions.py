"""Who may define lists."""

from django.utils.translation import gettext as _

from community.members.models import Member
from community.verdict import YES, Verdict, no


def can_change_boards(actor: Member) -> Verdict:
    """Whether `actor` may add and change leaderboards."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers change leaderboards."))
