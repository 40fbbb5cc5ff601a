"""The lists that every new community starts with. Nobody is in them who has not chosen to be."""

from typing import Any

from django.utils.translation import gettext_noop

SHIPPED: tuple[dict[str, Any], ...] = (
    {
        "key": "helpful",
        "name": gettext_noop("Most helpful"),
        "about": gettext_noop(
            "A thank you to people who helped others, from those who chose to appear here."
        ),
        "metric": "helping",
        "period": "choice",
        "position": 10,
    },
    {
        "key": "newcomers",
        "name": gettext_noop("New here and helping"),
        "about": gettext_noop("People who joined in the last 60 days and helped someone already."),
        "metric": "helping",
        "period": "all",
        "newcomer_days": 60,
        "position": 20,
    },
)
