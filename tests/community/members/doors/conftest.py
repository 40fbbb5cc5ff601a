"""Doors as a manager sets them."""

from collections.abc import Callable
from typing import Any

import pytest

from community.members.doors import memory
from community.members.models import DoorRules


@pytest.fixture
def set_doors(db: None) -> Callable[..., DoorRules]:
    """Put rules into force: `set_doors(joining="closed")`."""

    def put(**values: Any) -> DoorRules:
        rules, _new = DoorRules.objects.update_or_create(pk=1, defaults=values)
        memory.remember(rules)
        return rules

    return put
