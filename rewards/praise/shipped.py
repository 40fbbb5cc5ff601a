"""What thanks can be for in a new community, and what they earn. Managers change both in the admin."""

from typing import Any

from django.utils.translation import gettext_noop

RULE_KEY = "thanks_received"
SOURCE = "praise"

KINDS: tuple[dict[str, Any], ...] = (
    {"key": "helped", "name": gettext_noop("Helped me"), "position": 10},
    {"key": "extra-mile", "name": gettext_noop("Went out of their way"), "position": 20},
    {"key": "taught", "name": gettext_noop("Taught me something"), "position": 30},
    {"key": "welcomed", "name": gettext_noop("Made me feel welcome"), "position": 40},
    {"key": "laugh", "name": gettext_noop("Made me laugh"), "position": 50},
)
RULE: dict[str, Any] = {
    "key": RULE_KEY,
    "name": gettext_noop("Somebody thanked you"),
    "verb": "praise.given",
    "beneficiary": "receiver",
    "conditions": {"giver_trust": 1},
    "points": 2,
    "per_day": 5,
    "per_pair_day": 2,
    "per_pair_month": 4,
    "position": 45,
}
MEMO = gettext_noop("The thanks were taken back")
