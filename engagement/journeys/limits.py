"""How long newcomers are looked after."""

from django.utils.translation import gettext_lazy as _

from community.numbers.number import Number
from community.numbers.units import Unit

NEWCOMER_FOR = Number(
    "journeys.newcomer_days",
    _("How long somebody is a newcomer"),
    _(
        "Counted from joining. So long their home shows the first steps, unless they are done or were put away."
    ),
    default=30,
    least=1,
    most=365,
    unit=Unit.DAYS,
)
RESTS_FOR = Number(
    "journeys.rest_days",
    _("How long “not now” keeps the first steps from the home page"),
    _("Counted from the moment a newcomer says it. “Put this list away” is for good."),
    default=5,
    least=1,
    most=60,
    unit=Unit.DAYS,
)
