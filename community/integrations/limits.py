"""How often programs may call, and how often keys are made (security-and-reliability 5.6)."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit
from community.numbers.number import Number
from community.numbers.units import Unit

CREATE_KEY = Limit(
    "integrations.create_key",
    ("100/h", "100/h", "100/h", "100/h"),
    exempt_staff=False,
    what=_("Make keys for programs"),
)

# Calls to the REST API, by who calls. The team is not exempt: a program that runs away is one whoever started it.
CALLS = {
    limit.name.removeprefix("api."): limit
    for limit in (
        Limit(
            "api.key_read", ("60/min,5000/day",), exempt_staff=False, what=_("Read by a program with a key")
        ),
        Limit(
            "api.key_write", ("20/min,5000/day",), exempt_staff=False, what=_("Write by a program with a key")
        ),
        Limit("api.member_read", ("200/min",), exempt_staff=False, what=_("Read from a page, signed in")),
        Limit("api.member_write", ("60/min",), exempt_staff=False, what=_("Write from a page, signed in")),
        Limit(
            "api.guest_read",
            ("60/min",),
            exempt_staff=False,
            what=_("Read from one network without signing in"),
        ),
        Limit(
            "api.guest_write",
            ("10/min",),
            exempt_staff=False,
            what=_("Write from one network without signing in"),
        ),
    )
}
IDLE = Number(
    "integrations.idle_days",
    _("How long an unused key stays open"),
    _(
        "A key that no program used for so long is closed. Forgotten keys are the ones that get into other hands."
    ),
    default=180,
    least=7,
    most=365,
    unit=Unit.DAYS,
)
