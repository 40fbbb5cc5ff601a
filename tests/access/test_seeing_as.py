"""Looking at the site as somebody: reading only, at every address, and nothing that is their own business (P-22)."""

import json
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.moderation.members_desk.actions import begin_seeing_as
from community.moderation.members_desk.views import SEEING
from config.access import list_routes
from tests.access.test_reading import is_write
from tests.access.world import BACKEND, World

END = "/moderation/see-as/end/"
# Passwords, ways in, devices, keys, copies, erasure, messages: closed even to read.
OWN = (
    "/me/",
    "/account/",
    "/messages/",
    "/notifications/",
    "/admin/",
    "/api/",
    "/waiting/",
    "/drafts/",
    "/rooms/",
)
# What says nothing of anybody.
PLAIN = {"api_schema", "api_docs", "admin:login", "admin:jsi18n"}


def looking(world: World, who: str = "manager", at: str = "alice") -> Client:
    """The browser of somebody who looks as somebody else. For use within `undone`."""
    seeing = begin_seeing_as(actor=world.people[who], member=world.people[at], reason="A page looks wrong")
    client = Client()
    client.force_login(world.people[who], backend=BACKEND)
    session = client.session
    session[SEEING] = seeing.pk
    session.save()
    return client


def test_no_address_takes_anything_meanwhile(world: World, undone: Any) -> None:
    wrong = []
    with undone:
        client = looking(world)
        for route in list_routes():
            if route.path == END:
                continue
            try:
                address = str(world.address(route.path))
            except LookupError:
                continue
            for method in sorted({"POST", "PUT", "PATCH", "DELETE"} & set(route.methods)):
                with undone, CaptureQueriesContext(connection) as asked:
                    answer = client.generic(method, address, json.dumps({}), content_type="application/json")
                wrote = [query["sql"][:100] for query in asked if is_write(query["sql"])]
                if answer.status_code != 403 or wrote:
                    wrong.append(f"{method} {address}: {answer.status_code} {wrote[:1]}")

    assert wrong == []


def test_what_is_the_members_own_business_opens_nowhere(world: World, undone: Any) -> None:
    opened = []
    with undone:
        client = looking(world)
        for route in list_routes():
            if "GET" not in route.methods or not route.path.startswith(OWN) or route.name in PLAIN:
                continue
            try:
                address = str(world.address(route.path))
            except LookupError:
                continue
            for headers in ({}, {"HX-Request": "true"}):
                with undone:
                    answer = client.get(address, headers=headers)
                if answer.status_code != 403:
                    opened.append(f"{address}: {answer.status_code}")

    assert opened == []


def test_it_ends_with_the_role_the_pause_and_the_time(world: World, undone: Any) -> None:
    """Whoever looked is themselves again on the next page, at the latest."""
    from community.members.models import Member
    from community.moderation.models import SeeingAs

    ends = {
        "role": lambda: Member.objects.get_queryset().filter(handle="manager").update(role="member"),
        "pause": lambda: (
            Member.objects.get_queryset()
            .filter(handle="manager")
            .update(suspended_until="2999-01-01T00:00:00Z")
        ),
        "time": lambda: SeeingAs.objects.update(ends_at="2001-01-01T00:00:00Z"),
        "climb": lambda: Member.objects.get_queryset().filter(handle="alice").update(role="admin"),
    }
    for name, end in ends.items():
        with undone:
            client = looking(world)
            assert b"You see this as" in client.get("/").content, name
            end()
            assert b"You see this as" not in client.get("/").content, name
