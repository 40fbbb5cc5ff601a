"""What the rail shows to whom."""

from typing import Any

import pytest

from community.spaces.actions import change_space, create_space
from community.spaces.attention import follow_space
from community.spaces.queries import rail_spaces


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def names(viewer: Any) -> list[str]:
    return [space.name for space in rail_spaces(viewer)]


def test_the_rail_of_guests_is_remembered_until_something_is_recorded(
    manager: Any, commit: Any, django_assert_num_queries: Any
) -> None:
    with commit():
        create_space(actor=manager, name="Repairs")
    assert names(None) == ["Repairs"]

    with django_assert_num_queries(0):
        names(None)


def test_a_space_that_becomes_private_leaves_the_rail_of_guests_at_once(manager: Any, commit: Any) -> None:
    with commit():
        space = create_space(actor=manager, name="Repairs")
    assert names(None) == ["Repairs"]

    with commit():
        change_space(actor=manager, space=space, changes={"access": "private"})

    assert names(None) == []
    assert names(manager) == ["Repairs"]


def test_a_member_sees_the_spaces_they_follow(manager: Any, alice: Any) -> None:
    create_space(actor=manager, name="Repairs")
    followed = create_space(actor=manager, name="Trips")
    assert names(alice) == ["Repairs", "Trips"]

    follow_space(actor=alice, space=followed)

    assert names(alice) == ["Trips"]
