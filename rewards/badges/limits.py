"""How often members may propose others for a badge, and how much comes in at once."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit
from community.numbers.number import Number

NOMINATE = Limit(
    "badges.nominate", ("1/day", "2/day", "3/day", "5/day"), what=_("Propose others for a badge")
)
CARRY = Limit("badges.carry", ("20/h", "20/h", "20/h", "20/h"), what=_("Carry badges away"))
MOST_LINES = Number(
    "badges.most_lines",
    _("Most lines in a list of people who are given a badge"),
    _("They are given one after the other while the page waits."),
    default=300,
    least=10,
    most=1_000,
)
SHORTEST_WORDS = 10
WORDS_LENGTH = 300
