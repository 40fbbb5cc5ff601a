"""How often spaces may be followed and changed."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit

FOLLOW_SPACE = Limit("spaces.follow", ("30/min", "60/min", "60/min", "60/min"), what=_("Follow spaces"))
# Moderators of one space who are not staff add people to it.
ADD_MEMBER = Limit(
    "spaces.add_member",
    ("60/h", "120/h", "120/h", "240/h"),
    what=_("Add people to a space, for moderators of that space"),
)

NAME_MIN, NAME_MAX = 2, 60
DESCRIPTION_MAX = 240
TAG_NAME_MAX = 40
# To how many groups, tiers and levels a right may be given.
KEYS_MAX = 30
