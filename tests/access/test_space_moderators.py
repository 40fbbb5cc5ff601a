"""Whoever keeps order in one space is a member everywhere else: no door of the team, nothing hidden, no other space (P-22)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.spaces.models import Space, SpaceMembership
from community.threads.models import Thread
from config.access import list_routes
from tests.access.test_hidden import bare, headers, is_sent_to_sign_in, with_objects
from tests.access.test_matrix import FILLED, FOREIGN, call
from tests.access.test_reading import is_write
from tests.access.test_staff_standing import TEAM, is_closed, is_end
from tests.access.world import World


@pytest.fixture
def keeper(world: World, undone: Any) -> Iterator[Any]:
    """Keeps order in the open space, and has no role."""
    with undone:
        member = world.maker.member("keeper")
        SpaceMembership.objects.create(space=Space.objects.get(slug="help"), member=member, is_moderator=True)
        world.people["keeper"] = member
        world.session("keeper")
        yield member
        del world.people["keeper"]


def test_no_door_of_the_team_opens_for_them(world: World, undone: Any, keeper: Any) -> None:
    opened = []
    for route in list_routes():
        for method, permit in route.methods.items():
            if permit.who not in TEAM or is_end(route) or route.path.startswith("/admin/"):
                continue
            address = str(world.address(route.path))
            with undone, CaptureQueriesContext(connection) as asked:
                answer = call(world, "keeper", method, address)
            wrote = [query["sql"][:100] for query in asked if is_write(query["sql"])]
            if not is_closed(answer) or wrote:
                opened.append(f"{method} {address}: {answer.status_code} {wrote[:1]}")

    assert opened == []


def test_what_is_hidden_is_hidden_from_them_too(world: World, undone: Any, keeper: Any) -> None:
    different = []
    for route, hidden, absent in with_objects(world):
        for method in route.methods:
            with undone:
                one = call(world, "keeper", method, hidden)
            with undone:
                other = call(world, "keeper", method, absent)
            same = (one.status_code, bare(one, world, route), headers(one, world, route)) == (
                other.status_code,
                bare(other, world, route),
                headers(other, world, route),
            )
            if not same or (one.status_code < 400 and not is_sent_to_sign_in(one)):
                different.append(f"{method} {hidden}: {one.status_code}, absent {other.status_code}")

    assert different == []


def test_nothing_is_led_into_or_out_of_a_space_that_is_not_theirs(
    world: World, undone: Any, keeper: Any
) -> None:
    """Moving, joining and splitting ask both ends: a thread elsewhere stays where it is, and none gets there."""
    room = Space.objects.get(slug="testers")
    elsewhere = Space.objects.create(slug="elsewhere", name="Elsewhere", position=20)
    other = world.maker.thread(world.people["bob"], elsewhere)
    closed = Thread.objects.filter(space=room).order_by("pk")[0]
    places = {"space": [room.slug, elsewhere.slug, str(room.pk)], "into": [str(closed.pk), str(other.pk)]}
    before = dict(Thread.objects.values_list("pk", "space_id"))
    for route in list_routes():
        if "/t/<int:pk>/" not in route.path or "POST" not in route.methods or route.path.startswith(FOREIGN):
            continue
        for name, values in places.items():
            for value in values:
                for address in (world.address(route.path), str(world.address(route.path)).replace(
                    f"/{world.sample('/t/', 'pk').open}/", f"/{other.pk}/"
                )):  # fmt: skip
                    with undone:
                        said = {**FILLED, name: value, "target": value, "thread": value, "do": "1"}
                        world.client("keeper").post(str(address), said)
                        after = dict(Thread.objects.values_list("pk", "space_id"))
                    strays = [pk for pk, space in after.items() if before.get(pk, space) != space]
                    new = [pk for pk, space in after.items() if pk not in before and space in (room.pk,)]
                    assert (strays, new) == ([], []), f"{address} with {name}={value}"
