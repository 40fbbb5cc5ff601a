"""How often people thank one another, and how long thanks can be taken back."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit
from community.numbers.number import ByTrust, Number
from community.numbers.units import Unit

# Slips and scripts; how many thanks a day there are is decided under a lock, by the numbers below.
GIVE = Limit("praise.give", ("20/h", "30/h", "30/h", "30/h"), what=_("Thank others"))
SHOUT = Limit("praise.shout_out", ("20/h", "20/h", "20/h", "20/h"), False, what=_("Make shout-outs"))

A_DAY = ByTrust(
    "praise.per_day",
    _("Thanks one member gives in a day"),
    _("Few, so that each one means something. The day is UTC. What was taken back still counts."),
    default=(1, 3, 3, 3),
    least=0,
    most=100,
)
TEAM_A_DAY = Number(
    "praise.team_per_day",
    _("Thanks one person of the team gives in a day"),
    _("Shout-outs do not count towards it."),
    default=5,
    least=0,
    most=100,
)
PAIR_A_DAY = Number(
    "praise.pair_per_day",
    _("How often in a day one member thanks the same person"),
    _("So that thanks go round. What was taken back still counts."),
    default=1,
    least=1,
    most=20,
)
TAKE_BACK = Number(
    "praise.take_back_minutes",
    _("How long thanks can be taken back"),
    _("And, once taken back, how long they can be given again."),
    default=60,
    least=1,
    most=10_080,
    unit=Unit.MINUTES,
)
PINNED = Number(
    "praise.pinned",
    _("How many shout-outs are pinned at the same time"),
    _("They stand on top of the thanks and on everybody’s home."),
    default=1,
    least=1,
    most=5,
)
LONGEST_PIN = Number(
    "praise.longest_pin_days",
    _("How long a shout-out is pinned, at most"),
    _("It stays among the shout-outs afterwards."),
    default=31,
    least=1,
    most=366,
    unit=Unit.DAYS,
)
SHORTEST_REASON = 10
