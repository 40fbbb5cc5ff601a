"""Who may change the numbers."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from community.verdict import YES, Verdict, no

if TYPE_CHECKING:
    from community.members.models import Member


def can_change_numbers(actor: "Member") -> Verdict:
    """Whether a member may read and change the numbers of the community."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers change the numbers."))
