"""A change and its Activity in one statement: both or neither."""

from typing import Any, TypedDict

import pytest
from django.db import transaction

from community.activity import registry
from community.activity.models import Activity, Delivery
from community.activity.record import ChangeLost, change_and_record
from community.spaces.models import Tag

PAINT = "changed AS (UPDATE spaces_tag SET name = 'Blue' WHERE slug = %(slug)s RETURNING id, slug)"
NOTHING = "changed AS (DELETE FROM spaces_tag WHERE slug = %(slug)s || 'bell' RETURNING id, slug)"
TOO_LATE = PAINT.replace("changed AS", "painted AS") + ", changed AS (SELECT NULL::bigint AS id FROM painted)"


class Painted(TypedDict):
    """Which door was painted, and in which colour."""

    tag_id: int
    colour: str


@pytest.fixture
def paint(own_registry: None, alice: Any) -> Any:
    """Paint a door: `paint(change)`. A neighbour hears of it."""
    Tag.objects.create(slug="door", name="White")
    verb = registry.verb("door.painted", Painted, "Someone painted a door.")

    def look(activity: Activity) -> None:
        """A neighbour."""

    look.__module__, look.__name__ = "community.door.consumers", "neighbour"
    registry.consumer(verb)(look)

    def do(change: str = PAINT, **payload: Any) -> Any:
        return change_and_record(
            verb,
            change,
            {"slug": "door"},
            actor=alice,
            target=Tag,
            names="tag_id",
            payload=payload or {"colour": "blue"},
            space_id=None,
        )

    return do


@pytest.mark.django_db(transaction=True)
def test_the_change_its_activity_and_the_promises_are_there_at_once(paint: Any, alice: Any) -> None:
    pk, slug = paint()

    activity = Activity.objects.get(verb="door.painted")
    assert Tag.objects.get(slug=slug, name="Blue").pk == pk
    assert (activity.actor, activity.target_type, activity.target_pk) == (alice, "spaces.tag", pk)
    assert activity.payload == {"tag_id": pk, "colour": "blue"}
    assert (activity.quiet, Delivery.objects.get(activity=activity).consumer) == (False, "door.neighbour")


def test_what_changed_nothing_is_not_told(paint: Any) -> None:
    assert paint(NOTHING) is None

    assert not Activity.objects.filter(verb="door.painted").exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_finds_too_late_that_it_may_not_be_leaves_nothing(paint: Any) -> None:
    with pytest.raises(ChangeLost):
        paint(TOO_LATE)

    assert Tag.objects.get().name == "White"
    assert not Activity.objects.filter(verb="door.painted").exists()


def test_a_lost_change_leaves_the_transaction_around_it_alone(paint: Any) -> None:
    with transaction.atomic():
        Tag.objects.create(slug="window", name="Window")
        with pytest.raises(ChangeLost):
            paint(TOO_LATE)
        assert set(Tag.objects.values_list("name", flat=True)) == {"White", "Window"}


def test_a_payload_that_is_not_the_verbs_is_refused_before_anything_changes(paint: Any) -> None:
    with pytest.raises(ValueError, match="door"):
        paint(size=3)

    assert Tag.objects.get().name == "White"


@pytest.mark.django_db(transaction=True)
def test_a_rollback_around_it_takes_it_along(paint: Any) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        paint()
        raise ZeroDivisionError

    assert Tag.objects.get().name == "White"
    assert not Activity.objects.filter(verb="door.painted").exists()
