"""What tests of moderation share."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def watch(manager: Any) -> Callable[..., Any]:
    """Watch for a word, as a manager does: `watch("casino", "hold")`."""
    from community.moderation.models import WatchedWord
    from community.moderation.words.actions import add_word
    from community.moderation.words.memory import remember

    def add(word: str, action: str, **more: Any) -> Any:
        row = add_word(actor=manager, word=word, action=action, **more)
        remember(WatchedWord.objects.order_by("pk"))
        return row

    return add
