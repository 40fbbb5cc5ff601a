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
