"""How many may be invited, by whom, and for how long."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit
from community.numbers.number import Number
from community.numbers.units import Unit

INVITE = Limit("members.invite", ("10/day", "10/day", "10/day", "20/day"), what=_("Invite somebody"))
# Guessing codes leads nowhere, and costs the one who tries.
LOOK = Limit("members.invitation_look", ("60/h",), what=_("Open invitations, from one network"))
INVITE_FROM = Number(
    "members.invite_from",
    _("From which trust level on members may invite"),
    _("People of the team always may."),
    default=2,
    least=0,
    most=4,
)
LINK_USES = Number(
    "members.invite_uses",
    _("How many may come by one link of a member"),
    _("What a member may choose at most for a link of theirs."),
    default=10,
    least=1,
    most=5000,
)
STAFF_LINK_USES = Number(
    "members.invite_uses_staff",
    _("How many may come by one link of the team"),
    _("What people of the team may choose at most for a link of theirs."),
    default=5000,
    least=1,
    most=100_000,
)
LASTS = Number(
    "members.invite_days",
    _("How long an invitation lasts"),
    _("Who made it can take it back sooner."),
    default=90,
    least=1,
    most=3650,
    unit=Unit.DAYS,
)
MOST_ROWS = 50_000
MOST_BYTES = 4 * 1024 * 1024
MESSAGE_LENGTH = 300
REPORTED = 1_000
AT_ONCE = 500
MAIL_TRIES = 5
