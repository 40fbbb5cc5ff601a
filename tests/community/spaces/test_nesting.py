"""Spaces below spaces: one step, no circle, never open to more."""

from typing import Any

import pytest

from community.errors import Invalid
from community.spaces.actions import add_space_member, change_space, create_space
from community.spaces.models import Space, SpaceMembership
from community.spaces.permissions import moderates_space


def below(manager: Any, space: Any, name: str = "Poles", **fields: Any) -> Any:
    return create_space(actor=manager, name=name, parent=space, **fields)


def test_a_space_stands_below_another_and_moves_to_the_top(manager: Any, space: Any) -> None:
    poles = below(manager, space)
    assert poles.parent_id == space.pk

    poles = change_space(actor=manager, space=poles, changes={"parent": None})

    assert Space.objects.get(pk=poles.pk).parent_id is None


def test_it_begins_with_the_reading_rights_of_the_one_above(manager: Any, space: Any) -> None:
    change_space(
        actor=manager, space=space, changes={"access": "private", "see_for": ["trust:2"], "is_listed": True}
    )
    space.refresh_from_db()

    poles = below(manager, space)

    assert (poles.access, poles.see_for, poles.is_listed) == ("private", ["trust:2"], True)


def test_there_is_one_step_and_no_circle(manager: Any, space: Any) -> None:
    poles = below(manager, space)
    other = create_space(actor=manager, name="Other")

    for child, parent in ((poles, poles), (space, poles), (other, poles), (space, other)):
        with pytest.raises(Invalid) as refusal:
            change_space(actor=manager, space=child, changes={"parent": parent})
        assert "parent" in refusal.value.fields
    with pytest.raises(Invalid):
        below(manager, poles, "Deeper")

    assert dict(Space.objects.values_list("name", "parent__name")) == {
        space.name: None,
        "Poles": space.name,
        "Other": None,
    }


@pytest.mark.parametrize(
    ("above", "wanted", "field"),
    [
        ({"access": "members"}, {"access": "public"}, "access"),
        ({"access": "private"}, {"access": "members"}, "access"),
        ({"access": "private"}, {"access": "private", "see_for": ["trust:1"]}, "see_for"),
        (
            {"access": "private", "see_for": ["trust:2"]},
            {"access": "private", "see_for": ["trust:1"]},
            "see_for",
        ),
        ({"access": "private"}, {"access": "private", "is_listed": True}, "is_listed"),
    ],
)
def test_it_is_never_open_to_more_than_the_one_above(
    manager: Any, space: Any, above: Any, wanted: Any, field: str
) -> None:
    space = change_space(actor=manager, space=space, changes=above)

    with pytest.raises(Invalid) as refusal:
        below(manager, space, **wanted)

    assert field in refusal.value.fields
    assert Space.objects.count() == 1


def test_the_one_above_is_not_closed_while_one_below_stays_open(manager: Any, space: Any) -> None:
    poles = below(manager, space)

    with pytest.raises(Invalid) as refusal:
        change_space(actor=manager, space=space, changes={"access": "members"})

    assert "Poles" in refusal.value.message
    assert Space.objects.get(pk=space.pk).access == "public"
    change_space(actor=manager, space=poles, changes={"access": "members"})
    assert change_space(actor=manager, space=space, changes={"access": "members"}).access == "members"


def test_whoever_moderates_one_of_the_two_moderates_nothing_in_the_other(
    manager: Any, alice: Any, bob: Any, space: Any
) -> None:
    poles = below(manager, space)
    add_space_member(actor=manager, space=space, member=alice, is_moderator=True)
    add_space_member(actor=manager, space=poles, member=bob, is_moderator=True)

    assert [moderates_space(alice, one) for one in (space, poles)] == [True, False]
    assert [moderates_space(bob, one) for one in (space, poles)] == [False, True]


def test_people_of_one_of_the_two_are_not_in_the_other(manager: Any, alice: Any, private_space: Any) -> None:
    room = below(manager, private_space)
    SpaceMembership.objects.create(space=private_space, member=alice)

    seen = Space.objects.visible_to(alice)

    assert private_space in seen
    assert room not in seen
