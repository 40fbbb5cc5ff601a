"""How often members may change things about themselves (security-and-reliability 5.6)."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit
from community.numbers.number import Number

EDIT_PROFILE = Limit("members.edit_profile", ("30/h", "60/h", "60/h", "60/h"), what=_("Change one’s profile"))
BLOCK = Limit("members.block", ("20/day", "40/day", "60/day", "60/day"), what=_("Block someone"))
FOLLOW = Limit("members.follow", ("20/day", "50/day", "75/day", "150/day"), what=_("Follow someone"))
# Looking for people by a part of their name reads through all of them.
FIND = Limit("members.find", ("30/min", "30/min", "30/min", "60/min"), what=_("Look for people"))
FIND_AS_GUEST = Limit(
    "members.find_guest", ("30/min",), what=_("Look for people, from one network without signing in")
)
IGNORE = Limit("members.ignore", ("20/day", "40/day", "60/day", "60/day"), what=_("Ignore someone"))
IGNORE_FROM = Number(
    "members.ignore_from",
    _("From which trust level on members may ignore someone"),
    _("Ignoring folds somebody’s posts for a while or for good. Blocking is open to everybody."),
    default=2,
    least=0,
    most=4,
)
IGNORED_BY = Number(
    "members.ignored_by",
    _("How many must ignore somebody before the team is told"),
    _(
        "A sign that something is wrong between a member and others. The team is told once for each such number."
    ),
    default=5,
    least=2,
    most=1000,
)
PROOF_COST = Number(
    "members.proof_cost",
    _("How much a browser does when it is asked for a small sum"),
    _("2,000 takes a phone about a second. More keeps programs out better, and people waiting longer."),
    default=2_000,
    least=100,
    most=50_000,
)
IGNORE_DAYS = (7, 30, 120)
