"""Who may see, begin, moderate and manage."""

import pytest

from community.spaces.models import SpaceMembership
from community.spaces.permissions import (
    can_add_to_space,
    can_manage_spaces,
    can_see_space,
    can_start_thread,
    moderates_space,
)


@pytest.mark.parametrize(
    ("access", "readers"),
    [
        ("public", {"guest", "alice", "bob", "mod", "manager", "admin"}),
        ("members", {"alice", "bob", "mod", "manager", "admin"}),
        ("private", {"alice", "manager", "admin"}),
    ],
)
def test_who_may_read(request, space, access, readers, alice, bob, mod, manager, admin):
    space.access = access
    space.save()
    SpaceMembership.objects.create(space=space, member=alice)
    cast = {"guest": None, "alice": alice, "bob": bob, "mod": mod, "manager": manager, "admin": admin}

    assert {name for name, viewer in cast.items() if can_see_space(viewer, space)} == readers


def test_a_space_of_the_team_is_begun_in_by_the_team(alice, mod, space):
    space.posting = "staff"

    assert not can_start_thread(alice, space)
    assert can_start_thread(mod, space)


def test_moderators_are_named_for_a_space_or_for_all(alice, carol, mod, space, private_space):
    SpaceMembership.objects.create(space=space, member=carol, is_moderator=True)
    SpaceMembership.objects.create(space=space, member=alice)

    assert moderates_space(mod, space)
    assert moderates_space(carol, space)
    assert not moderates_space(carol, private_space)
    assert not moderates_space(alice, space)


def test_only_managers_manage(alice, mod, manager, admin):
    assert [bool(can_manage_spaces(actor)) for actor in (alice, mod, manager, admin)] == [
        False,
        False,
        True,
        True,
    ]


def test_a_suspended_moderator_adds_nobody(mallory, space):
    SpaceMembership.objects.create(space=space, member=mallory, is_moderator=True)

    assert can_add_to_space(mallory, space).code == "suspended"
