"""Members of some standing."""

from typing import Any

import pytest

from community.members.models import Member


@pytest.fixture
def regular(alice: Any) -> Any:
    """Alice, who has been here long enough to invite and to ignore."""
    Member.objects.filter(pk=alice.pk).update(trust_level=2)
    alice.refresh_from_db()
    return alice
