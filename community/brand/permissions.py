"""Who may change the brand."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from community.verdict import YES, Verdict, no

if TYPE_CHECKING:
    from community.members.models import Member


def can_change_brand(actor: "Member") -> Verdict:
    """Whether a member may change the name and look of the community."""
    if actor.is_at_least("admin"):
        return YES
    return no("brand_is_admins", _("Only administrators change the name and look."))
