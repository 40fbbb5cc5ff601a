"""Naming a column in a body or a form sets nothing that the address is not for (P-21), at every address that takes one."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from community.members.models import Member
from config.access import list_routes
from tests.access.test_fuzz import address_of, described_operations
from tests.access.test_matrix import FILLED, FOREIGN
from tests.access.world import World

# What nobody sets by naming it; of rows that were there, and of those that come.
KEPT = {
    "members_member": (
        "password, role, is_active, trust_level, team_title, email, handle, joined_at, suspended_until, silenced_until,"
        " restriction_reason, points_earned, tier, badge_count, accepted_count, helped_count, has_second_factor, terms_round"
    ),
    "members_group": "name, join_mode, visibility, members_visibility, callers, email_domains, claim",
    "members_invitation": "inviter_id, code, most_uses, expires_at",
    "members_trustrecord": "member_id, floor, is_locked, set_by_id",
    "spaces_space": "access, posting, replying, see_for, parent_id, position, slug",
    "spaces_spacemembership": "member_id, space_id, is_moderator",
    "threads_thread": "author_id, space_id, state, is_locked, pinned_at, created_at, view_count",
    "threads_post": "author_id, thread_id, state, created_at, edit_count, position",
    "moderation_case": "state, decision, holder_id, decided_by_id",
    "moderation_penalty": "member_id, kind, until, lifted_at, given_by_id",
    "moderation_staffnote": "member_id, author_id, body",
    "moderation_auditentry": "actor_id, act, target_pk",
    "integrations_apikey": "member_id, scopes, expires_at, secret_hash",
    "integrations_webhookendpoint": "owner_id, sealed_secret, last_sequence, off_reason, lease",
    "points_entry": "account_id, amount",
}
PAST = "2001-01-01T00:00:00Z"


def columns() -> dict[str, Any]:
    """Every column of every model of ours, with something that would matter."""
    said: dict[str, Any] = {}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if getattr(field, "concrete", False):
                said[field.name] = said[getattr(field, "attname", field.name)] = forged(field)
    extra = {
        "is_staff": True,
        "is_superuser": True,
        "groups": [1],
        "tenant": 1,
        "owner": 1,
        "price": 0,
        "status": "open",
        "user_id": 1,
    }
    return said | extra


def forged(field: Any) -> Any:
    kind = field.get_internal_type()
    special = {
        "role": "admin",
        "tier": "gold",
        "state": "removed",
        "access": "public",
        "kind": "suspend",
        "trust_level": 4,
    }
    if field.name in special:
        return special[field.name]
    if field.is_relation:
        return 1
    if "Date" in kind:
        return PAST
    return {"BooleanField": True, "JSONField": {}, "ArrayField": []}.get(
        kind, 7_000_001 if "Integer" in kind else "forged"
    )


def standing() -> dict[str, dict[int, Any]]:
    """What is kept, by table and row."""
    found = {}
    with connection.cursor() as cursor:
        for table, names in existing().items():
            cursor.execute(f"SELECT id, ({names})::text FROM {table}")
            found[table] = dict(cursor.fetchall())
    return found


def existing() -> dict[str, str]:
    """The columns to keep that there are."""
    real = {
        model._meta.db_table: {field.column for field in model._meta.local_concrete_fields}
        for model in apps.get_models()
    }
    return {
        table: ", ".join(["id", *(name.strip() for name in names.split(",") if name.strip() in real[table])])
        for table, names in KEPT.items()
        if table in real and "id" in real[table]
    }


def changes(before: dict[str, dict[int, Any]], after: dict[str, dict[int, Any]]) -> list[str]:
    return [
        f"{table} {pk}: {rows[pk]} became {after[table].get(pk)}"
        for table, rows in before.items()
        for pk in rows
        if after[table].get(pk) != rows[pk]
    ]


def sound(body: dict[str, Any], shapes: dict[str, Any]) -> dict[str, Any]:
    """A body that is taken, as far as its description tells."""
    said = {}
    for name, shape in body.get("properties", {}).items():
        if "$ref" in shape or "allOf" in shape:
            named = shape.get("$ref") or shape["allOf"][0].get("$ref", "")
            shape = shapes.get(named.rpartition("/")[2], {})
        kind = shape.get("type", "string")
        kind = kind[0] if isinstance(kind, list) else kind
        choices = [one for one in shape.get("enum", ()) if one]
        plain = {"integer": 1, "boolean": True, "array": [], "object": {}, "number": 1}
        text = FILLED.get(name, "Carbon cracks in the cold.")
        said[name] = choices[0] if choices else plain.get(kind, text)
    return said


def bare(
    world: World, who: str, method: str, address: str, body: dict[str, Any], undone: Any
) -> tuple[int, list[str]]:
    """What a call changes of what is kept."""
    with undone:
        before = standing()
        answer = world.client(who).generic(method, address, json.dumps(body), content_type="application/json")
        return answer.status_code, changes(before, standing())


def test_no_body_sets_what_its_address_is_not_for(world: World, undone: Any) -> None:
    """What a call changes with every column named, it changes without them too."""
    every, wrong, taken = columns(), [], 0
    described = list(described_operations())
    for path, method, shape, shapes in described:
        address, body = address_of(world, path), sound(shape, shapes)
        status, plainly = bare(world, "alice", method, address, body, undone)
        taken += status < 300
        _status, named = bare(world, "alice", method, address, {**every, **body}, undone)
        if strays := [change for change in named if change not in plainly and not same_row(change, plainly)]:
            wrong.append(f"{method} {address}: {strays[:3]}")

    assert wrong == []
    assert len(described) > 100
    assert taken > 30


def same_row(change: str, plainly: list[str]) -> bool:
    """Whether the row is one that this address changes anyway (a deleted one, a moment of its own)."""
    return any(change.partition(":")[0] == other.partition(":")[0] for other in plainly)


def named_in_forms() -> dict[str, str | int]:
    """What is kept, and what no column is called: as many names as a form of ours may have."""
    names = {name.strip() for line in KEPT.values() for name in line.split(",")}
    names |= {name.removesuffix("_id") for name in names} | {
        "is_staff",
        "is_superuser",
        "groups",
        "user",
        "owner",
        "status",
        "price",
    }
    every = columns()
    return {
        name: value if isinstance(value := every.get(name, "1"), str | int) else "1" for name in sorted(names)
    }


def test_no_form_sets_what_it_does_not_show(world: World, undone: Any) -> None:
    every, wrong = named_in_forms(), []
    for route in list_routes():
        if "POST" not in route.methods or route.path.startswith(("/api/", *FOREIGN)):
            continue
        address = str(world.address(route.path))
        found = []
        for said in (FILLED, {**every, **FILLED}):
            with undone:
                before = standing()
                world.client("alice").post(address, said)
                found.append(changes(before, standing()))
        if strays := [change for change in found[1] if not same_row(change, found[0])]:
            wrong.append(f"{address}: {strays[:3]}")

    assert wrong == []


def test_what_comes_new_is_ones_own_and_of_now(world: World, undone: Any) -> None:
    """Rows that a body makes have its sender and this moment on them, whatever it names."""
    every, wrong, alice = columns(), [], world.people["alice"]
    for path, method, shape, shapes in described_operations():
        address, body = address_of(world, path), sound(shape, shapes)
        with undone:
            known = {model: set(model._default_manager.values_list("pk", flat=True)) for model in authored()}
            world.client("alice").generic(
                method, address, json.dumps({**every, **body}), content_type="application/json"
            )
            for model, pks in known.items():
                for row in model._default_manager.exclude(pk__in=pks):
                    wrong += [f"{method} {address}: {fault}" for fault in faults(row, alice)]

    assert wrong == []


def authored() -> list[type[Model]]:
    """Models whose rows name who wrote them and when."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in ("threads", "conversations", "members", "moderation")
        and {"author", "created_at"} <= {field.name for field in model._meta.get_fields()}
    ]


def faults(row: Any, alice: Member) -> Iterator[str]:
    if row.author_id not in (alice.pk, None):
        yield f"{row._meta.label} written as {row.author_id}"
    if row.created_at < timezone.now() - dt.timedelta(minutes=5):
        yield f"{row._meta.label} dated {row.created_at}"


def test_joining_gives_nobody_more_than_a_new_account(world: World, undone: Any) -> None:
    """The form of guests: a role, a level, groups and points that somebody writes into it are not theirs."""
    every = named_in_forms()
    typed = {
        "name": "Nadia Novak",
        "email": "nadia@example.org",
        "password1": "a long enough password",
        "accept": "on",
    }
    with undone:
        # From an address of its own: others here may have used up how often one joins.
        world.client("guest").post("/join/", {**every, **typed}, REMOTE_ADDR="203.0.113.78")
        made = Member.objects.get_queryset().filter(email="nadia@example.org").first()

        assert made is not None
        assert (made.role, made.trust_level, made.points_earned, made.tier, made.team_title) == (
            "member",
            0,
            0,
            "",
            "",
        )
        assert not made.is_staff and not made.group_memberships.exists()
        assert made.joined_at > timezone.now() - dt.timedelta(minutes=5)
