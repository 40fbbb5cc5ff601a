"""How often members may change things about themselves (security-and-reliability 5.6)."""

from community.limits import Limit

EDIT_PROFILE = Limit("members.edit_profile", ("30/h", "60/h", "60/h", "60/h"))
BLOCK = Limit("members.block", ("20/day", "40/day", "60/day", "60/day"))
FOLLOW = Limit("members.follow", ("20/day", "50/day", "75/day", "150/day"))
# Looking for people by a part of their name reads through all of them.
FIND = Limit("members.find", ("30/min", "30/min", "30/min", "60/min"))
FIND_AS_GUEST = "30/min"
