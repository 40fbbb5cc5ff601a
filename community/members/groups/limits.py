"""How often members may join, ask, invite and call."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit
from community.numbers.number import Number

JOIN = Limit("members.group_join", ("10/day", "20/day", "30/day", "30/day"), what=_("Join or leave groups"))
ASK = Limit("members.group_ask", ("5/day", "10/day", "10/day", "10/day"), what=_("Ask to join a group"))
INVITE = Limit(
    "members.group_invite", ("20/day", "40/day", "60/day", "100/day"), what=_("Invite into a group")
)
CALL = Limit("members.group_call", ("3/day",), what=_("Call a whole group by its name"))
CALL_MOST = Number(
    "members.group_call_most",
    _("Most people one call of a group reaches"),
    _("Larger groups cannot be called by their name: write in a space they follow."),
    default=500,
    least=2,
    most=2000,
)
WORDS_LENGTH = 300
