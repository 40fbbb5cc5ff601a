"""Who may tell what happened in the brand's systems, and say which kinds of it there are."""

from django.utils.translation import gettext as _

from community.members.models import Member
from community.verdict import YES, Verdict, no


def can_send_events(actor: Member) -> Verdict:
    """Whether `actor` may send and read brand events, and link customers: community managers, mostly by a key."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers send events of the brand."))


def can_change_types(actor: Member) -> Verdict:
    """Whether `actor` may declare and change types of events."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers declare types of events."))
