"""The brand of one test must not be remembered into the next."""

from collections.abc import Iterator

import pytest

from community.brand.queries import forget_brand


@pytest.fixture(autouse=True)
def _fresh_brand() -> Iterator[None]:
    forget_brand()
    yield
    forget_brand()
