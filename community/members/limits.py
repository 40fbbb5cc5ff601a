"""How often members may change things about themselves (security-and-reliability 5.6)."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit

EDIT_PROFILE = Limit("members.edit_profile", ("30/h", "60/h", "60/h", "60/h"), what=_("Change one’s profile"))
BLOCK = Limit("members.block", ("20/day", "40/day", "60/day", "60/day"), what=_("Block someone"))
FOLLOW = Limit("members.follow", ("20/day", "50/day", "75/day", "150/day"), what=_("Follow someone"))
# Looking for people by a part of their name reads through all of them.
FIND = Limit("members.find", ("30/min", "30/min", "30/min", "60/min"), what=_("Look for people"))
FIND_AS_GUEST = Limit(
    "members.find_guest", ("30/min",), what=_("Look for people, from one network without signing in")
)
