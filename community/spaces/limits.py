"""How often spaces may be followed and changed."""

from community.limits import Limit

FOLLOW_SPACE = Limit("spaces.follow", ("30/min", "60/min", "60/min", "60/min"))
# Moderators of one space who are not staff add people to it.
ADD_MEMBER = Limit("spaces.add_member", ("60/h", "120/h", "120/h", "240/h"))

NAME_MIN, NAME_MAX = 2, 60
DESCRIPTION_MAX = 240
TAG_NAME_MAX = 40
