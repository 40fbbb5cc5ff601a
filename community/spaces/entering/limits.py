"""How often members may ask to be let in."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit
from community.numbers.number import Number
from community.numbers.units import Unit

ASK = Limit(
    "spaces.ask_to_enter", ("3/day", "5/day", "10/day", "10/day"), what=_("Ask to be let into private spaces")
)
ASK_AGAIN = Number(
    "spaces.ask_again_days",
    _("How long a no to a request holds"),
    _("So long the same member cannot ask again to be let into the same private space. 0: at once."),
    default=14,
    least=0,
    most=365,
    unit=Unit.DAYS,
)
WORDS_LENGTH = 300
