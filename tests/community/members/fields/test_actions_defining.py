"""Defining fields: no answer is lost silently, and nobody but managers decides what is asked."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Conflict, Invalid, Refused
from community.members.fields.actions import answer_fields, erase_field, rename_choice, save_field
from community.members.fields.queries import answers_of, fields_in_use, owes_answers
from community.members.models import ProfileField

pytestmark = pytest.mark.django_db


@pytest.fixture
def terrain(manager: Any) -> ProfileField:
    choices = ["Forest", "High mountains", "Coast"]
    return save_field(
        actor=manager,
        changes={"key": "terrain", "name": "Favourite terrain", "kind": "choices", "choices": choices},
    )


def test_a_member_defines_nothing(alice: Any, mod: Any) -> None:
    for actor in (alice, mod):
        with pytest.raises(Refused):
            save_field(actor=actor, changes={"key": "shoe", "name": "Shoe size"})

    assert not ProfileField.objects.exists()


def test_a_choice_somebody_chose_is_retired_and_stays_with_them(
    manager: Any, alice: Any, bob: Any, terrain: Any
) -> None:
    answer_fields(actor=alice, member=alice, answers={"terrain": ["Coast", "Forest"]})

    save_field(actor=manager, field=terrain, changes={"choices": ["Forest"]})

    terrain.refresh_from_db()
    assert terrain.retired_choices == ["Coast"]
    assert answers_of(alice)["terrain"] == ["Forest", "Coast"]
    answer_fields(actor=alice, member=alice, answers={"terrain": ["Coast"]})
    with pytest.raises(Invalid):
        answer_fields(actor=bob, member=bob, answers={"terrain": ["Coast"]})
    assert answers_of(bob) == {}


def test_a_renamed_choice_is_renamed_for_those_who_chose_it(manager: Any, alice: Any, terrain: Any) -> None:
    answer_fields(actor=alice, member=alice, answers={"terrain": ["Forest", "Coast"]})

    assert rename_choice(actor=manager, field=terrain, before="Coast", after="By the sea") == 1

    assert answers_of(alice)["terrain"] == ["Forest", "By the sea"]
    assert fields_in_use()[0].choices == ["Forest", "High mountains", "By the sea"]
    with pytest.raises(Invalid):
        rename_choice(actor=manager, field=terrain, before="Forest", after="By the sea")


def test_another_kind_keeps_every_answer_or_is_refused(manager: Any, alice: Any, terrain: Any) -> None:
    answer_fields(actor=alice, member=alice, answers={"terrain": ["Forest", "Coast"]})

    with pytest.raises(Invalid) as refused:
        save_field(actor=manager, field=terrain, changes={"kind": "date"})
    assert "kind" in refused.value.fields
    terrain.refresh_from_db()
    assert terrain.kind == "choices"
    save_field(actor=manager, field=terrain, changes={"kind": "text"})
    assert answers_of(alice)["terrain"] == "Forest, Coast"


def test_one_choice_becomes_several(manager: Any, alice: Any) -> None:
    one = {"key": "size", "name": "Tent", "kind": "choice", "choices": ["One", "Two"]}
    field = save_field(actor=manager, changes=one)
    answer_fields(actor=alice, member=alice, answers={"size": "Two"})

    save_field(actor=manager, field=field, changes={"kind": "choices"})

    assert answers_of(alice)["size"] == ["Two"]


def test_a_field_is_erased_only_out_of_use_and_then_with_its_answers(
    manager: Any, alice: Any, terrain: Any
) -> None:
    answer_fields(actor=alice, member=alice, answers={"terrain": ["Forest"]})

    with pytest.raises(Conflict):
        erase_field(actor=manager, field=terrain)
    save_field(actor=manager, field=terrain, changes={"is_active": False})
    assert answers_of(alice) == {"terrain": ["Forest"]}
    assert erase_field(actor=manager, field=terrain) == 1

    assert answers_of(alice) == {}
    assert Activity.objects.get(verb="profile_field.erased").payload["answers"] == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "Terrain"},
        {"key": "t", "kind": "choice"},
        {"key": "t", "is_filterable": True},
        {"key": "t", "filled_by": "staff", "is_required": True},
        {"key": "t", "name": " "},
    ],
)
def test_what_cannot_be_a_field_is_refused(manager: Any, changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        save_field(actor=manager, changes={"name": "Terrain", **changes})

    assert not ProfileField.objects.exists()


def test_its_key_never_changes(manager: Any, terrain: Any) -> None:
    with pytest.raises(Invalid):
        save_field(actor=manager, field=terrain, changes={"key": "ground"})


def test_whoever_has_not_answered_what_became_required_is_asked(
    manager: Any, alice: Any, terrain: Any
) -> None:
    assert not owes_answers(alice)

    save_field(actor=manager, field=terrain, changes={"is_required": True})
    assert owes_answers(alice)
    answer_fields(actor=alice, member=alice, answers={"terrain": ["Forest"]})
    alice.refresh_from_db()
    assert not owes_answers(alice)
    with pytest.raises(Invalid):
        answer_fields(actor=alice, member=alice, answers={"terrain": []})
    save_field(actor=manager, changes={"key": "since", "name": "Since", "kind": "date", "is_required": True})
    assert owes_answers(alice)
