"""The tiers that every new community starts with. They describe a role, not a rank of worth; managers rename them."""

from typing import Any

from django.utils.translation import gettext_noop

SHIPPED: tuple[dict[str, Any], ...] = (
    {"key": "newcomer", "name": gettext_noop("Newcomer"), "threshold": 0, "opens": ""},
    {
        "key": "regular",
        "name": gettext_noop("Regular"),
        "threshold": 250,
        "opens": gettext_noop("Your tier stands beside your name"),
    },
    {
        "key": "guide",
        "name": gettext_noop("Guide"),
        "threshold": 1250,
        "opens": gettext_noop("First to be asked when the team tests something new"),
    },
    {
        "key": "steward",
        "name": gettext_noop("Steward"),
        "threshold": 4000,
        "opens": gettext_noop("A direct line to the people who build it"),
    },
)
