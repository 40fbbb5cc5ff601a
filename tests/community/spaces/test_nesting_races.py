"""Managers who move spaces at the same moment: never a circle, never a third step, nothing open below an archive."""

from collections.abc import Callable
from typing import Any

import pytest

from community.errors import Invalid
from community.spaces.actions import archive_space, change_space, create_space, reopen_space
from community.spaces.models import Space
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def move(manager: Any, child: Space, parent: Space | None) -> Callable[[], Any]:
    return lambda: change_space(
        actor=manager, space=Space.objects.get(pk=child.pk), changes={"parent": parent}
    )


def depths() -> list[int]:
    """How many stand above each space; a circle would never end."""
    above = dict(Space.objects.values_list("pk", "parent"))
    found = []
    for pk in above:
        steps = 0
        while above[pk] is not None and steps < 5:
            pk, steps = above[pk], steps + 1
        found.append(steps)
    return found


def refusals(answers: list[Any]) -> list[str]:
    failed = [answer for answer in answers if isinstance(answer, Exception)]
    assert all(isinstance(error, Invalid) for error in failed), failed
    return [error.code for error in failed]


def test_two_who_put_each_space_below_the_other_make_no_circle(manager: Any, admin: Any) -> None:
    one, other = (create_space(actor=manager, name=name) for name in ("Poles", "Tents"))

    for _again in range(ROUNDS):
        answers = all_at_once([move(manager, one, other), move(admin, other, one)])

        assert refusals(answers) == ["space_too_deep"]
        assert sorted(depths()) == [0, 1]
        Space.objects.update(parent=None)


def test_two_moves_at_once_make_no_third_step(manager: Any, admin: Any) -> None:
    top, middle, low = (create_space(actor=manager, name=name) for name in ("Gear", "Tents", "Poles"))

    for _again in range(ROUNDS):
        answers = all_at_once([move(manager, middle, top), move(admin, low, middle)])

        assert refusals(answers) == ["space_too_deep"]
        assert max(depths()) == 1
        Space.objects.update(parent=None)


def test_a_new_space_is_not_begun_below_one_that_is_moved_away_just_now(manager: Any, admin: Any) -> None:
    top, middle = (create_space(actor=manager, name=name) for name in ("Gear", "Tents"))

    answers = all_at_once(
        [move(manager, middle, top), lambda: create_space(actor=admin, name="Poles", parent=middle)]
    )

    assert refusals(answers) == ["space_too_deep"]
    assert max(depths()) == 1


def test_nothing_open_comes_below_a_space_that_is_archived_just_now(manager: Any, admin: Any) -> None:
    gear, tents = (create_space(actor=manager, name=name) for name in ("Gear", "Tents"))

    for _again in range(ROUNDS):
        answers = all_at_once(
            [
                move(manager, tents, gear),
                lambda: archive_space(actor=admin, space=Space.objects.get(pk=gear.pk)),
            ]
        )

        assert refusals(answers) in (["space_above_archived"], ["space_below_open"])
        assert not Space.objects.filter(parent__is_archived=True, is_archived=False).exists()
        Space.objects.update(parent=None, is_archived=False)


def test_nobody_opens_a_space_below_while_the_one_above_is_archived(manager: Any, admin: Any) -> None:
    gear = create_space(actor=manager, name="Gear")
    tents = archive_space(actor=manager, space=create_space(actor=manager, name="Tents", parent=gear))

    answers = all_at_once(
        [
            lambda: archive_space(actor=manager, space=Space.objects.get(pk=gear.pk)),
            lambda: reopen_space(actor=admin, space=Space.objects.get(pk=tents.pk)),
        ]
    )

    assert refusals(answers) in (["space_above_archived"], ["space_below_open"])
    assert not Space.objects.filter(parent__is_archived=True, is_archived=False).exists()


def test_nobody_opens_the_one_below_wider_while_the_one_above_is_closed(manager: Any, admin: Any) -> None:
    gear = change_space(
        actor=manager, space=create_space(actor=manager, name="Gear"), changes={"access": "members"}
    )
    create_space(actor=manager, name="Tents", parent=gear)

    def set_access(who: Any, slug: str, access: str) -> Callable[[], Any]:
        return lambda: change_space(actor=who, space=Space.objects.get(slug=slug), changes={"access": access})

    all_at_once([set_access(manager, "gear", "private"), set_access(admin, "tents", "public")])

    openness = {"private": 0, "members": 1, "public": 2}
    access = dict(Space.objects.values_list("slug", "access"))
    assert openness[access["tents"]] <= openness[access["gear"]]
