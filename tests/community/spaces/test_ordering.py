"""The order of spaces: dragged in the admin or typed as numbers, which is the way for keyboards."""

from typing import Any

import pytest

from community.spaces.actions import create_space
from community.spaces.models import Space
from community.spaces.queries import list_spaces
from tests.racing import all_at_once

SPACES = "/admin/spaces/space/"


@pytest.fixture
def three(manager: Any) -> list[Space]:
    return [
        create_space(actor=manager, name=name, position=place)
        for place, name in enumerate(("Tents", "Poles", "Stoves"))
    ]


def ordered(ids: list[Any], places: list[Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "_save": "Save",
        "form-TOTAL_FORMS": len(ids),
        "form-INITIAL_FORMS": len(ids),
    }
    for number, (pk, place) in enumerate(zip(ids, places, strict=True)):
        fields |= {f"form-{number}-id": pk, f"form-{number}-position": place}
    return fields


def names() -> list[str]:
    return [space.name for space in list_spaces(None)]


def test_an_order_is_kept_and_shown_everywhere(manager: Any, three: list[Space], sign_in: Any) -> None:
    Space.objects.filter(name="Poles").update(slow_seconds=60, auto_close_days=9)

    answer = sign_in(manager).post(SPACES, ordered([one.pk for one in three], [2, 0, 1]))

    assert answer.status_code == 302
    assert names() == ["Poles", "Stoves", "Tents"]
    # Nothing else of a space changes with its place.
    assert Space.objects.values_list("slow_seconds", "auto_close_days").get(name="Poles") == (60, 9)


def test_it_is_dragged_or_typed_as_numbers(manager: Any, three: list[Space], sign_in: Any) -> None:
    page = sign_in(manager).get(SPACES).content.decode()

    assert 'data-ordering-field="position"' in page
    for number in range(3):
        assert f'name="form-{number}-position"' in page


@pytest.mark.parametrize("wrong", ["foreign", "absent", "twice", "no number", "too far", "nothing"])
def test_what_names_no_space_or_no_place_changes_nothing(
    manager: Any, three: list[Space], sign_in: Any, wrong: str
) -> None:
    ids, places = [one.pk for one in three], [2, 0, 1]
    fields = ordered(ids, places)
    if wrong == "foreign":
        fields["form-1-id"] = "manager"
    elif wrong == "absent":
        fields["form-1-id"] = 987_654
    elif wrong == "twice":
        fields["form-1-id"] = ids[0]
    elif wrong == "no number":
        fields["form-1-position"] = "first"
    elif wrong == "too far":
        fields["form-1-position"] = 40_000
    else:
        del fields["form-1-id"]

    answer = sign_in(manager).post(SPACES, fields)

    assert answer.status_code < 500
    assert names() == ["Tents", "Poles", "Stoves"]
    assert list(Space.objects.order_by("pk").values_list("position", flat=True)) == [0, 1, 2]


def test_moderators_and_members_order_nothing(mod: Any, bob: Any, three: list[Space], sign_in: Any) -> None:
    for who in (mod, bob):
        sign_in(who).post(SPACES, ordered([one.pk for one in three], [2, 0, 1]))

    assert names() == ["Tents", "Poles", "Stoves"]


@pytest.mark.django_db(transaction=True)
def test_of_two_managers_who_order_at_once_one_order_holds_whole(
    manager: Any, admin: Any, three: list[Space], sign_in: Any
) -> None:
    ids = [one.pk for one in three]
    one, other = sign_in(manager), sign_in(admin)

    for _again in range(3):
        answers = all_at_once(
            [
                lambda: one.post(SPACES, ordered(ids, [0, 1, 2])),
                lambda: other.post(SPACES, ordered(list(reversed(ids)), [0, 1, 2])),
            ]
        )

        assert [answer.status_code for answer in answers] == [302, 302]
        assert names() in (["Tents", "Poles", "Stoves"], ["Stoves", "Poles", "Tents"])
