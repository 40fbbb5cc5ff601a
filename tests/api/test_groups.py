"""Groups by the API: what the pages and the admin do."""

import pytest

from community.members.groups.actions import add_to_group, create_group, set_owner
from community.members.models import Group, GroupAsk, GroupMembership


@pytest.fixture
def group(manager, alice):
    made = create_group(
        actor=manager,
        values={"name": "Hut crew", "join_mode": "request", "visibility": "everyone"},
    )
    add_to_group(actor=manager, group=made, member=alice)
    set_owner(actor=manager, group=made, member=alice, is_owner=True)
    made.refresh_from_db()
    return made


def test_a_manager_creates_changes_and_deletes(program, manager):
    made = program(manager).post("groups", {"name": "Wood crew", "callers": "owners"})
    assert (made.status_code, made.json()["slug"], made.json()["callers"]) == (201, "wood-crew", "owners")

    changed = program(manager).patch("groups/wood-crew", {"join_mode": "open"})
    assert changed.json()["join_mode"] == "open"
    assert program(manager).delete("groups/wood-crew").status_code == 204
    assert not Group.objects.exists()


def test_people_ask_and_owners_decide(program, alice, bob, carol, group):
    assert program(bob).put("groups/hut-crew/request", {"words": "I carry wood."}).status_code == 204
    waiting = program(alice).get("groups/hut-crew/requests").json()["results"]
    assert [(ask["member"]["handle"], ask["words"]) for ask in waiting] == [("bob", "I carry wood.")]
    assert program(carol).get("groups/hut-crew/requests").status_code == 403

    program(alice).post("groups/hut-crew/requests/bob", {"accept": True})
    people = program(bob).get("groups/hut-crew/members").json()["results"]
    assert [(place["member"]["handle"], place["is_owner"]) for place in people] == [
        ("alice", True),
        ("bob", False),
    ]
    assert program(carol).get("groups/hut-crew/members").status_code == 404
    assert program(bob).delete("groups/hut-crew/membership").status_code == 204


def test_an_invitation_is_answered(program, alice, bob, group):
    program(alice).put("groups/hut-crew/invitations/bob", {})
    program(bob).post("groups/hut-crew/invitation", {"accept": True})

    assert GroupMembership.objects.filter(member=bob).exists()


def test_a_manager_puts_people_in_and_members_do_not(program, manager, alice, bob, group):
    assert program(alice).put("groups/hut-crew/members/bob", {"is_owner": True}).status_code == 403
    assert program(manager).put("groups/hut-crew/members/bob", {"is_owner": True}).json()["is_owner"]
    assert program(manager).delete("groups/hut-crew/members/bob").status_code == 204


HOSTILE = {
    "id": 1,
    "pk": 1,
    "member_count": 900,
    "members": ["bob"],
    "memberships": ["bob"],
    "is_owner": True,
    "owner": "bob",
    "owners": ["bob"],
    "group": 1,
    "group_id": 1,
    "member": "mallory",
    "member_id": 1,
    "added_by": 1,
    "source": "claim",
    "state": "accepted",
    "is_invitation": True,
    "asked_by": 1,
    "role": "admin",
    "is_staff": True,
    "trust_level": 4,
    "created_at": "2001-01-01T00:00:00Z",
}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("put", "groups/hut-crew/request", {"words": "x"}),
        ("put", "groups/hut-crew/membership", {}),
        ("post", "groups/hut-crew/invitation", {"accept": True}),
        ("patch", "groups/hut-crew", {"description": "Mine"}),
        ("post", "groups", {"name": "Mine"}),
    ],
)
def test_fields_that_are_not_offered_change_nothing(program, bob, group, method, path, body):
    getattr(program(bob), method)(path, {**body, **HOSTILE})

    group.refresh_from_db()
    bob.refresh_from_db()
    assert (group.member_count, group.description, Group.objects.count()) == (1, "", 1)
    assert not GroupMembership.objects.filter(member=bob).exists()
    assert not GroupAsk.objects.exclude(state="open", is_invitation=False, member=bob, asked_by=bob).exists()
    assert (bob.role, bob.trust_level) == ("member", 1)


@pytest.mark.parametrize(
    "field", sorted({*HOSTILE, "name", "slug", "join_mode", "visibility", "callers", "claim"})
)
def test_an_owner_sets_nothing_but_the_description(program, alice, group, field):
    value = HOSTILE.get(field, "open")
    before = Group.objects.values().get(pk=group.pk)

    program(alice).patch("groups/hut-crew", {field: value})

    assert Group.objects.values().get(pk=group.pk) == before
    program(alice).patch("groups/hut-crew", {"description": "Wood and soup."})
    group.refresh_from_db()
    assert group.description == "Wood and soup."


def test_hidden_groups_are_absent_for_keys_too(program, bob, manager):
    create_group(actor=manager, values={"name": "Secret"})

    assert program(bob).get("groups").json()["results"] == []
    for method, path in (
        ("get", "groups/secret"),
        ("get", "groups/secret/members"),
        ("put", "groups/secret/request"),
    ):
        assert getattr(program(bob), method)(path).status_code == 404
