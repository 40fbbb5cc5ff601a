"""What can happen in writing that others need to know."""

from typing import TypedDict

from community.activity.registry import verb


class CardRulesChanged(TypedDict):
    """Which rules changed, by name."""

    fields: list[str]


CARD_RULES_CHANGED = verb("cards.rules_changed", CardRulesChanged, "A manager changed which links get cards.")
