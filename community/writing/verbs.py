"""What can happen in writing that others need to know."""

from community.activity.changes import Changed
from community.activity.registry import verb


class CardRulesChanged(Changed):
    """Which rules changed, from what and to what."""


CARD_RULES_CHANGED = verb("cards.rules_changed", CardRulesChanged, "A manager changed which links get cards.")
