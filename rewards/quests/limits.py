"""How often members may join and leave, and how large quests are."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit

JOIN = Limit("quests.join", ("20/h", "20/h", "20/h", "20/h"), what=_("Join and leave quests"))
MOST_STEPS = 8
