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
        Limit(
            "api.key_events",
            ("600/min,200000/day",),
            exempt_staff=False,
            what=_("Tell events of the brand by a program with a key"),
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
SAVE_ENDPOINT = Limit(
    "integrations.save_endpoint",
    ("60/h", "60/h", "60/h", "60/h"),
    exempt_staff=False,
    what=_("Add or change webhook endpoints"),
)
TRY_ENDPOINT = Limit(
    "integrations.try_endpoint",
    ("60/h", "60/h", "60/h", "60/h"),
    exempt_staff=False,
    what=_("Send a test to a webhook endpoint"),
)
REPLAY_ONE = Limit(
    "integrations.replay_one",
    ("300/h", "300/h", "300/h", "300/h"),
    exempt_staff=False,
    what=_("Send one webhook message again"),
)
REPLAY_SPAN = Limit(
    "integrations.replay_span",
    ("20/h", "20/h", "20/h", "20/h"),
    exempt_staff=False,
    what=_("Send a span of webhook messages again"),
)
MOST_ENDPOINTS = Number(
    "integrations.webhook_endpoints",
    _("How many webhook endpoints there may be"),
    _("Each event is written down once for every endpoint that wants it."),
    default=50,
    least=1,
    most=500,
)
OVERLAP = Number(
    "integrations.webhook_overlap_hours",
    _("How long an old webhook secret goes on signing"),
    _(
        "After a secret is renewed, both sign for so long, so that receivers can change without missing anything."
    ),
    default=24,
    least=1,
    most=168,
    unit=Unit.HOURS,
)
FAILING = Number(
    "integrations.webhook_failing_days",
    _("How long a webhook endpoint may fail"),
    _("An endpoint to which nothing got through for so long is turned off, and its owner is told."),
    default=5,
    least=1,
    most=30,
    unit=Unit.DAYS,
)
KEEP_MESSAGES = Number(
    "integrations.webhook_log_days",
    _("How long the log of webhooks is kept"),
    _("What was sent, tried and answered. What is no longer in the log cannot be sent again from it."),
    default=30,
    least=4,
    most=90,
    unit=Unit.DAYS,
)
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
