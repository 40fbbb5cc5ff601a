"""Canaries: words that stand nowhere else, planted in private things. Where one is heard, something leaked."""

import random
import string
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Garden:
    """Every canary that was planted: where, and who may hear it."""

    planted: dict[str, str] = field(default_factory=dict)
    audience: dict[str, frozenset[str]] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random())

    def plant(self, where: str, *audience: str) -> str:
        """A new word for one private place; `audience` may hear it."""
        # Letters only and lowercase, so that it survives slugs, tags and word splitting.
        word = "zq" + "".join(self.chance.choices(string.ascii_lowercase, k=12))
        self.planted[word] = where
        self.audience[word] = frozenset(audience)
        return word

    def heard(self, text: str, who: str, asked: str = "") -> set[str]:
        """The places whose canaries stand in a text that `who` got, apart from those they said themselves in `asked`."""
        text, asked = text.lower(), asked.lower()
        return {
            where
            for word, where in self.planted.items()
            if word in text and word not in asked and who not in self.audience[word]
        }

    def word(self, where: str) -> str:
        """The canary of a place."""
        return next(word for word, place in self.planted.items() if place == where)


@dataclass
class Planted:
    """A community full of canaries."""

    garden: Garden
    people: dict[str, Any]
    key: str
    # Words that stand beside canaries: searching for them must not lead there.
    bait: str = "zebrafish"
