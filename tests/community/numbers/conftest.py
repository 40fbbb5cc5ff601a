"""What the tests of numbers share."""

from collections.abc import Callable

import pytest

from community.numbers import memory


@pytest.fixture
def forget() -> Callable[[], None]:
    """What a commit does: the tests roll back."""
    return memory.forget
