"""Doors of the team are closed to those of it who are paused, lack their second step, or are of it no more."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.members.doors import memory as doors
from community.members.models import DoorRules, Member
from config.access import Route, list_routes
from tests.access.test_admin_forged import addresses_of_the_admin
from tests.access.test_reading import is_write
from tests.access.world import World

TEAM = ("moderator", "manager", "admin")
# What a person of the team opens in the admin without serving: the way in, the way out, words for its own files.
WAYS = ("/admin/login/", "/admin/logout/", "/admin/jsi18n/")


def of_the_team(world: World) -> Iterator[tuple[str, str]]:
    """Method and address of everything that only the team may call."""
    for route in list_routes():
        if route.path.startswith("/admin/"):
            continue
        for method, permit in route.methods.items():
            if permit.who in TEAM and not is_end(route):
                yield method, str(world.address(route.path))
    for address in addresses_of_the_admin(world):
        if address not in WAYS:
            yield "GET", address
            yield "POST", address


def is_end(route: Route) -> bool:
    """Being oneself again is open to everyone who is somebody else."""
    return route.name == "seeing_end"


def is_closed(answer: Any) -> bool:
    where = answer.get("Location", "")
    return answer.status_code in (401, 403, 404, 405) or where.startswith(
        ("/sign-in/", "/admin/login/", "/account/2fa/")
    )


def suspend(member: Member) -> None:
    until = timezone.now() + dt.timedelta(days=3)
    Member.objects.get_queryset().filter(pk=member.pk).update(suspended_until=until)


def demote(member: Member) -> None:
    Member.objects.get_queryset().filter(pk=member.pk).update(role="member")


def ask_for_a_step(member: Member) -> None:
    doors.remember(DoorRules(second_factor="staff"))


@pytest.mark.parametrize("change", [suspend, demote, ask_for_a_step])
def test_nothing_of_the_team_opens_any_more(world: World, undone: Any, change: Any) -> None:
    opened = []
    with undone:
        addresses = sorted(set(of_the_team(world)))
        for who in ("mod", "manager", "admin"):
            change(world.people[who])
            for method, address in addresses:
                client = world.client(who)
                with undone, CaptureQueriesContext(connection) as asked:
                    answer = client.generic(method, address)
                wrote = [query["sql"][:100] for query in asked if is_write(query["sql"])]
                if not is_closed(answer) or wrote:
                    opened.append(
                        f"{method} {address} as {who}: {answer.status_code} {answer.get('Location', '')} {wrote[:1]}"
                    )

    assert len(addresses) > 200
    assert opened == []
