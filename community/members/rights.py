"""What levels of trust open among members, said beside the numbers that decide it."""

from django.utils.translation import gettext_lazy as _

from community.members import limits
from community.members.invitations.limits import INVITE_FROM
from community.members.trust.rights import add_right


def register() -> None:
    """Say it to the page about trust."""
    add_right("members.invite", INVITE_FROM, _("Invite people"))
    add_right("members.ignore", limits.IGNORE_FROM, _("Ignore somebody for a while"))
