"""Who may change journeys."""

from django.utils.translation import gettext as _

from community.members.models import Member
from community.verdict import YES, Verdict, no


def can_change_journeys(actor: Member) -> Verdict:
    """Whether `actor` may change what newcomers are asked."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers change what newcomers are asked."))
