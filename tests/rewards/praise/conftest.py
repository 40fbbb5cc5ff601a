"""Short ways to thank somebody."""

from collections.abc import Callable
from typing import Any

import pytest

from rewards.praise.actions import give_thanks
from rewards.praise.models import Praise

WORDS = "You found the page that the manual left out."


@pytest.fixture
def thank(db: None) -> Callable[..., Praise]:
    """Thank somebody: `thank(alice, bob, words=…, post=…)`."""

    def do(giver: Any, receiver: Any, **fields: Any) -> Praise:
        return give_thanks(actor=giver, receiver=receiver, **{"kind": "helped", "words": WORDS, **fields})

    return do
