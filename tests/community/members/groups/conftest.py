"""Groups of every openness."""

from collections.abc import Callable
from typing import Any

import pytest

from community.members.groups.actions import add_to_group, create_group, set_owner
from community.members.models import Group


@pytest.fixture
def make_group(manager: Any) -> Callable[..., Group]:
    """Create a group that everyone sees: `make_group("Hut crew", owner=alice, join_mode="request")`."""

    def make(name: str, *, owner: Any = None, people: Any = (), **values: Any) -> Group:
        values = {"visibility": "everyone", "members_visibility": "everyone", **values}
        group = create_group(actor=manager, values={"name": name, **values})
        for member in (*people, *((owner,) if owner else ())):
            add_to_group(actor=manager, group=group, member=member)
        if owner is not None:
            set_owner(actor=manager, group=group, member=owner, is_owner=True)
        group.refresh_from_db()
        return group

    return make
