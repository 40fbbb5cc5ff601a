"""Every address × the cast × reading and writing: the answer follows from what the address declares.

What is declared is looked at by `tests/config/test_access.py` with objects that are not there; here everything is there.
"""

import json
from collections.abc import Iterator
from itertools import product
from typing import Any

from django.db import transaction

from community.activity.models import Activity
from config.access import Permit, Route, list_routes
from tests.access.world import World

ORDER = ("guest", "member", "moderator", "manager", "admin")
ROLE = {"guest": "guest", "alice": "member", "bob": "member", "mallory": "member"} | {
    "mod": "moderator",
    "manager": "manager",
    "admin": "admin",
}
GOOD_READ = {200, 204, 301, 302, 303, 304}
# An empty form is taken, or needs another look, or meets a rule; it never breaks anything.
GOOD_WRITE = {200, 201, 202, 204, 302, 303, 400, 403, 409, 415, 422}
# What some addresses cannot be read without.
ASKED = {
    "/api/v1/search": "?q=tent",
    "/api/v1/search/members": "?q=alice",
    "/api/v1/search/suggest": "?q=tent",
    "/api/v1/threads/similar": "?title=tents",
}
# Addresses whose sample exists, but has nothing to show yet.
EMPTY = {"brand_logo"}
STAFF = {"mod", "manager", "admin"}
# Who opens the sample of an address, where that hangs on more than their role: whose it is, or what it is.
# The answer for the others follows. Both are decided here by hand.
NARROWER: dict[str, tuple[set[str], int]] = {
    "/notifications/<int:pk>/open/": ({"alice"}, 404),
    "/notifications/<int:pk>/mute/": ({"alice"}, 404),
    # Works with a signed moment only, which an empty form does not carry.
    "/notifications/unread/": (set(), 404),
    # Signed by a secret that this copy does not have.
    "/mail/inbound/": (set(), 404),
    "/api/v1/spaces/<str:slug>/members": ({"manager", "admin"}, 403),
    # Before the door of a space that managers read; who asks there is read by those who answer.
    "/s/<slug:slug>/ask/": ({"alice", "bob", "mallory", "mod"}, 404),
    "/api/v1/spaces/<str:slug>/door": ({"alice", "bob", "mallory", "mod"}, 404),
    "/s/<slug:slug>/asked/": ({"manager", "admin"}, 404),
    "/s/<slug:slug>/asked/<handle:handle>/": ({"manager", "admin"}, 404),
    "/api/v1/spaces/<str:slug>/requests": ({"manager", "admin"}, 404),
    "/api/v1/spaces/<str:slug>/requests/<str:handle>": ({"manager", "admin"}, 404),
    # Only in a space that asks something; with one in tests/community/threads/actions/test_details.py.
    "/t/<int:pk>/-/details/": (set(), 404),
    # Its owner, and managers.
    "/g/<str:slug>/edit/": ({"alice", "manager", "admin"}, 403),
    "/api/v1/groups/<str:slug>/requests": ({"alice", "manager", "admin"}, 403),
    "/api/v1/me/notices/<int:pk>/read": ({"alice"}, 404),
    "/me/settings/notifications/push/<int:pk>/remove/": ({"alice"}, 404),
    "/api/v1/me/push/browsers/<int:pk>": ({"alice"}, 404),
    "/me/settings/devices/<int:pk>/end/": ({"alice"}, 404),
    "/api/v1/me/sessions/<int:pk>": ({"alice"}, 404),
    "/waiting/<int:pk>/": ({"alice"}, 404),
    "/waiting/<int:pk>/take-back/": ({"alice"}, 404),
    "/api/v1/me/held/<int:pk>": ({"alice"}, 404),
    "/api/v1/me/exports/<int:pk>": ({"alice"}, 404),
    "/api/v1/me/exports/<int:pk>/file": ({"alice"}, 404),
    "/me/settings/privacy/data/copy/<int:pk>/": ({"alice"}, 404),
    "/me/settings/keys/<int:pk>/revoke/": ({"alice", "admin"}, 404),
    # Only of oneself; what befell somebody else looks absent, to the team too.
    "/appeals/case/<int:pk>/": ({"alice"}, 404),
    "/appeals/penalty/<int:pk>/": ({"alice"}, 404),
    "/appeals/post/<int:pk>/": ({"alice"}, 404),
    "/api/v1/members/<str:handle>/penalties/next": (STAFF, 403),
    "/api/v1/moderation/penalties/<int:pk>": (STAFF, 404),
    "/api/v1/moderation/reasons/<int:pk>": (STAFF, 404),
    # Whoever holds the badge.
    "/badges/<slug:key>/carry/": ({"alice"}, 404),
    "/api/v1/me/badges/<str:key>/credential": ({"alice"}, 404),
    "/me/invitations/<int:pk>/revoke/": ({"alice", "manager", "admin"}, 404),
    "/api/v1/invitations/<int:pk>": ({"alice", "manager", "admin"}, 404),
    "/api/v1/moderation/cases/<int:pk>": (STAFF, 404),
    "/api/v1/moderation/cases/<int:pk>/claim": (STAFF, 404),
    "/api/v1/moderation/cases/<int:pk>/decision": (STAFF, 404),
    **dict.fromkeys(
        (
            "/messages/<int:pk>/",
            "/messages/<int:pk>/send/",
            "/messages/<int:pk>/news/",
            "/messages/<int:pk>/read/",
            "/messages/<int:pk>/typing/",
            "/messages/<int:pk>/people/",
            "/messages/<int:pk>/rename/",
            "/messages/<int:pk>/leave/",
            "/messages/<int:pk>/mute/",
            "/messages/said/<int:pk>/edit/",
            "/messages/said/<int:pk>/delete/",
            "/messages/said/<int:pk>/restore/",
            "/messages/said/<int:pk>/report/",
            "/api/v1/conversations/<int:pk>",
            "/api/v1/conversations/<int:pk>/members",
            "/api/v1/conversations/<int:pk>/leave",
            "/api/v1/conversations/<int:pk>/mute",
            "/api/v1/conversations/<int:pk>/read",
            "/api/v1/conversations/<int:pk>/messages",
            "/api/v1/conversations/<int:pk>/typing",
            "/api/v1/messages/<int:pk>",
            "/api/v1/messages/<int:pk>/report",
            "/api/v1/messages/<int:pk>/restore",
        ),
        # Those in it, and nobody of the team.
        ({"alice"}, 404),
    ),
    "/rooms/new/": (STAFF, 403),
    **dict.fromkeys(
        (
            "/rooms/<int:pk>/read/",
            "/rooms/<int:pk>/mute/",
            "/api/v1/rooms/<int:pk>/read",
            "/api/v1/rooms/<int:pk>/mute",
        ),
        # Those who joined it.
        ({"alice", "mod"}, 404),
    ),
    **dict.fromkeys(
        (
            "/rooms/<int:pk>/settings/",
            "/rooms/<int:pk>/close/",
            "/rooms/<int:pk>/people/remove/",
            "/messages/said/<int:pk>/hide/",
            "/api/v1/rooms/<int:pk>/close",
            "/api/v1/rooms/<int:pk>/members/<str:handle>",
            "/api/v1/messages/<int:pk>/hide",
        ),
        # Who keeps order in it.
        (STAFF, 403),
    ),
    **dict.fromkeys(("/me/points/why/<int:pk>/", "/api/v1/me/points/why/<int:pk>"), ({"alice"}, 404)),
    "/p/<int:pk>/deleted/": ({"alice", *STAFF}, 404),
    "/p/<int:pk>/edit/": ({"alice", *STAFF}, 403),
    # Bob wrote it; mallory may not write at all.
    "/p/<int:pk>/report/": ({"alice", *STAFF}, 403),
    "/thanks/<int:pk>/report/": ({"alice", *STAFF}, 403),
    "/t/<int:pk>/-/move/": (STAFF, 403),
    "/t/<int:pk>/-/title/": ({"alice", *STAFF}, 403),
    "/t/<int:pk>/-/order/": (STAFF, 403),
    "/threads/choose/": (STAFF, 403),
    "/t/<int:pk>/-/split/": (STAFF, 403),
    "/p/<int:pk>/judge/": (STAFF, 403),
    "/p/<int:pk>/purge/": ({"manager", "admin"}, 403),
    "/api/v1/threads/<int:pk>/regroupings": (STAFF, 403),
}
# Django's and allauth's own, whose answers their own tests pin down: they only must not fail here.
FOREIGN = ("/admin/", "/account/", "/sign-", "/join/", "/healthz/", "/api/v1/openapi", "/api/v1/docs")


def ours() -> Iterator[Route]:
    for route in list_routes():
        if not route.path.startswith(FOREIGN):
            yield route


def is_enough(who: str, permit: Permit) -> bool:
    return ORDER.index(ROLE[who]) >= ORDER.index(permit.who)


def call(world: World, who: str, method: str, address: str) -> Any:
    client = world.client(who)
    if address.startswith("/api/") and method != "GET":
        return client.generic(method, address, json.dumps({}), content_type="application/json")
    return client.generic(method, address + ASKED.get(address, ""))


def fault(route: Route, method: str, who: str, answer: Any) -> str:
    """What is wrong with an answer; nothing when it is as declared."""
    permit, status, api = route.methods.get(method), answer.status_code, route.path.startswith("/api/")
    if permit is None:
        # A guest of the API learns nothing about methods before saying who they are.
        return "" if status == 405 or (api and who == "guest" and status == 401) else "expected 405"
    if who == "guest" and permit.who != "guest":
        if api:
            return "" if status == 401 and "WWW-Authenticate" in answer else "expected 401"
        sent = status == 302 and answer["Location"].startswith("/sign-in/?next=")
        return "" if sent else "expected to be sent to sign in"
    if not is_enough(who, permit):
        expected = 403 if api else 404
        return "" if status == expected else f"expected {expected}"
    few, refusal = NARROWER.get(route.path, ({who}, 0))
    if who not in few:
        refused = {refusal, 403} if method != "GET" else {refusal}
        return "" if status in refused else f"expected {refusal}"
    good = GOOD_READ if method == "GET" else GOOD_WRITE
    if status in good or (route.name in EMPTY and status == 404):
        return ""
    return "expected to open"


def test_every_address_answers_everyone_as_it_declares(world: World, undone: Any) -> None:
    wrong = []
    for route, who in product(ours(), ROLE):
        address = str(world.address(route.path))
        for method in sorted({"GET", *route.methods}):
            with undone:
                answer = call(world, who, method, address)
            if said := fault(route, method, who, answer):
                wrong.append(f"{method} {address} as {who}: {said}, got {answer.status_code}")

    assert wrong == []


def test_nothing_of_others_fails_for_anyone(world: World, undone: Any) -> None:
    """Admin and account pages: an answer for everyone, and never a page of the admin for members."""
    wrong = []
    for route in list_routes():
        if not route.path.startswith(FOREIGN) or "<" in route.path or "(?P" in route.path:
            continue
        for who in ROLE:
            with undone:
                answer = call(world, who, "GET", route.path)
            staff = ROLE[who] in ("moderator", "manager", "admin")
            opened = answer.status_code == 200 and route.path.startswith("/admin/")
            if answer.status_code >= 500 or (opened and not staff and route.name != "admin:login"):
                wrong.append(f"{route.path} as {who}: {answer.status_code}")

    assert wrong == []


def test_a_suspended_member_says_and_does_nothing_that_others_could_notice(world: World, undone: Any) -> None:
    """With every form filled in well enough to be taken from anyone else."""
    said = {}
    for who in ("mallory", "bob"):
        before = Activity.objects.count()
        with undone:
            send_everything(world, who)
            said[who] = list(Activity.objects.order_by("pk").values_list("verb", flat=True)[before:])

    assert said["mallory"] == []
    assert len(set(said["bob"])) > 3


FILLED = {
    "body": "Carbon cracks in the cold, every time.",
    "title": "A whole new question about poles",
    "space": "help",
    "kind": "question",
    "reason": "spam",
    "note": "Look at this.",
    "on": "1",
    "do": "post",
    "tags": "",
    "name": "Somebody else",
}


def send_everything(world: World, who: str) -> None:
    for route in ours():
        for method in sorted(set(route.methods) - {"GET"}):
            client, address = world.client(who), str(world.address(route.path))
            # The same text twice within minutes is refused to everyone.
            filled = FILLED | {"body": f"{FILLED['body']} {method} {address}"}
            with transaction.atomic():
                if route.path.startswith("/api/"):
                    body = json.dumps(filled | {"tags": []})
                    client.generic(method, address, body, content_type="application/json")
                elif method == "POST":
                    client.post(address, filled)


def test_every_address_has_a_row_here(world: World) -> None:
    """`world.address` raises for a part that nobody gave a value; so does the list for what nobody declared."""
    addresses = [world.address(route.path) for route in ours()]

    assert len(addresses) > 90
    assert not [address for address in addresses if "<" in str(address) or "(" in str(address)]
