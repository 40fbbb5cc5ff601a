"""Spaces by the API: opening, changing, following, and who is in them."""

import pytest

from community.activity.models import Activity
from community.spaces.actions import add_space_member
from community.spaces.attention import follow_space
from community.spaces.models import Space, SpaceFollow, SpaceMembership

NEW = {"name": "Prototype testers", "access": "private", "kind": "discussion", "icon": "tent", "position": 7}


def recorded(verb):
    return Activity.objects.filter(verb=verb).count()


def test_a_manager_opens_a_space(program, manager):
    answer = program(manager, "spaces:write").post("spaces", NEW)

    assert answer.status_code == 201, answer.content
    assert answer["Location"] == "/api/v1/spaces/prototype-testers"
    assert {name: answer.json()[name] for name in NEW} == NEW
    space = Space.objects.get(slug="prototype-testers")
    assert (space.access, space.position, space.is_archived) == ("private", 7, False)
    assert recorded("space.created") == 1


def test_a_name_is_enough(program, manager):
    said = program(manager).post("spaces", {"name": "Talk", "is_archived": True, "thread_count": 9}).json()

    assert (said["slug"], said["access"], said["posting"], said["kind"]) == (
        "talk",
        "public",
        "everyone",
        "discussion",
    )
    assert (said["is_archived"], said["thread_count"]) == (False, 0)


def test_a_manager_changes_closes_and_opens_again(program, manager, space):
    caller = program(manager, "spaces:write")

    said = caller.patch("spaces/help", {"name": "Help", "description": "Ask.", "slug": "ask"}).json()

    assert (said["name"], said["description"], said["slug"], said["kind"]) == (
        "Help",
        "Ask.",
        "ask",
        "question",
    )
    assert caller.patch("spaces/help", {"name": "Gone"}).status_code == 404
    assert caller.patch("spaces/ask", {"is_archived": True}).json()["is_archived"] is True
    assert caller.patch("spaces/ask", {"is_archived": True}).status_code == 200
    assert recorded("space.changed") == 2
    assert caller.patch("spaces/ask", {"is_archived": False}).json()["is_archived"] is False


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x"),
        ("name", "x" * 61),
        ("slug", "Not An Address"),
        ("slug", ""),
        ("description", "x" * 241),
        ("access", "friends"),
        ("posting", "nobody"),
        ("kind", "party"),
        ("icon", "<svg>"),
        ("icon", "x" * 21),
        ("position", -1),
        ("position", 40_000),
        ("name", None),
    ],
)
def test_what_cannot_be_a_setting_is_named_and_changes_nothing(program, manager, space, field, value):
    caller = program(manager)

    opened = caller.post("spaces", {**NEW, field: value})
    changed = caller.patch("spaces/help", {"name": "Another name", field: value})

    for answer in (opened, changed):
        assert answer.status_code == 422, answer.content
        assert field in answer.json()["errors"]
    space.refresh_from_db()
    assert space.name == "Help and how-to"
    assert Space.objects.count() == 1
    assert recorded("space.created") == recorded("space.changed") == 0


def test_two_spaces_do_not_share_an_address(program, manager, space):
    caller = program(manager)
    other = caller.post("spaces", NEW).json()["slug"]

    for answer in (
        caller.post("spaces", {"name": "Help"}),
        caller.patch(f"spaces/{other}", {"slug": "help"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "slug_taken")
        assert "slug" in answer.json()["errors"]
    assert Space.objects.count() == 2


def test_others_open_and_change_nothing(program, alice, mod, space):
    for who in (alice, mod):
        caller = program(who)
        assert caller.post("spaces", NEW).status_code == 403
        assert caller.patch("spaces/help", {"name": "Mine"}).status_code == 403
        assert caller.patch("spaces/nowhere", {"name": "Mine"}).status_code == 403
    space.refresh_from_db()
    assert (space.name, Space.objects.count()) == ("Help and how-to", 1)


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("POST", "spaces", "spaces:write"),
        ("PATCH", "spaces/help", "spaces:write"),
        ("PUT", "spaces/help/follow", "me:write"),
        ("DELETE", "spaces/help/follow", "me:write"),
        ("GET", "spaces/help/members", "spaces:read"),
        ("PUT", "spaces/help/members/bob", "spaces:write"),
        ("DELETE", "spaces/help/members/bob", "spaces:write"),
        ("GET", "me/spaces", "me:read"),
    ],
)
def test_a_key_needs_the_scope(program, manager, bob, space, method, path, scope):
    answer = program(manager, "search:read").call(method, path, NEW)

    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    assert scope in answer.json()["detail"]
    assert program().call(method, path, NEW).status_code == 401
    assert not SpaceMembership.objects.exists() and not SpaceFollow.objects.exists()
    assert Space.objects.count() == 1


def test_the_same_space_is_opened_once_per_idempotency_key(program, manager):
    caller = program(manager)

    first = caller.post("spaces", NEW, idempotency_key="one")
    again = caller.post("spaces", NEW, idempotency_key="one")

    assert first.content == again.content and again["Idempotency-Replayed"] == "true"
    assert Space.objects.count() == recorded("space.created") == 1


def test_a_member_follows_and_leaves_a_space(program, alice, space):
    caller = program(alice, "me:read", "me:write")

    assert caller.put("spaces/help/follow").status_code == 204
    assert caller.put("spaces/help/follow").status_code == 204
    assert [row["slug"] for row in caller.get("me/spaces").json()["results"]] == ["help"]
    assert caller.delete("spaces/help/follow").status_code == 204
    assert caller.get("me/spaces").json() == {"results": [], "next": None}


def test_a_space_one_may_not_see_is_not_there(program, alice, bob, private_space):
    caller = program(alice)
    calls = [
        ("PUT", "spaces/{}/follow"),
        ("DELETE", "spaces/{}/follow"),
        ("GET", "spaces/{}/members"),
        ("PUT", "spaces/{}/members/bob"),
        ("DELETE", "spaces/{}/members/bob"),
    ]
    for method, path in calls:
        hidden = caller.call(method, path.format("testers"), {})
        absent = caller.call(method, path.format("nowhere"), {})
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content
    assert not SpaceFollow.objects.exists() and not SpaceMembership.objects.exists()


def test_a_space_that_closed_is_not_among_ones_own(program, alice, space):
    follow_space(actor=alice, space=space)
    Space.objects.update(access="private")

    assert program(alice).get("me/spaces").json()["results"] == []


def test_a_manager_lets_people_in_and_out(program, manager, alice, private_space):
    caller = program(manager, "spaces:read", "spaces:write")

    put = caller.put("spaces/testers/members/alice")

    assert put.status_code == 200, put.content
    assert (put.json()["member"]["handle"], put.json()["is_moderator"]) == ("alice", False)
    assert program(alice).get("spaces/testers").status_code == 200
    assert caller.put("spaces/testers/members/alice", {"is_moderator": True}).json()["is_moderator"] is True
    assert caller.put("spaces/testers/members/alice").json()["is_moderator"] is True
    people = caller.get("spaces/testers/members").json()["results"]
    assert [(row["member"]["handle"], row["is_moderator"]) for row in people] == [("alice", True)]
    assert caller.delete("spaces/testers/members/alice").status_code == 204
    assert caller.delete("spaces/testers/members/alice").status_code == 204
    assert program(alice).get("spaces/testers").status_code == 404
    assert (recorded("space.member_added"), recorded("space.member_removed")) == (2, 1)
    assert caller.put("spaces/testers/members/nobody").status_code == 404


def test_moderators_of_a_space_add_people_but_no_moderators(program, manager, alice, bob, private_space):
    add_space_member(actor=manager, space=private_space, member=alice, is_moderator=True)
    caller = program(alice)

    assert caller.put("spaces/testers/members/bob").status_code == 200
    refused = caller.put("spaces/testers/members/bob", {"is_moderator": True})

    assert (refused.status_code, refused.json()["code"]) == (403, "managers_only")
    assert SpaceMembership.objects.get(member=bob).is_moderator is False
    assert len(caller.get("spaces/testers/members").json()["results"]) == 2
    for method, path in (("GET", ""), ("PUT", "/alice"), ("DELETE", "/alice")):
        answer = program(bob).call(method, f"spaces/testers/members{path}")
        assert (answer.status_code, answer.json()["code"]) == (403, "space_moderators_only")
    assert SpaceMembership.objects.count() == 2


def test_lists_cost_the_same_for_two_rows_and_twenty(
    program, manager, make_member, private_space, django_assert_max_num_queries
):
    def grow(start, count):
        for number in range(start, start + count):
            add_space_member(actor=manager, space=private_space, member=make_member(f"person{number}"))
            follow_space(
                actor=manager, space=Space.objects.create(slug=f"place{number}", name=f"Place {number}")
            )

    caller, counts = program(manager), []
    for start, count in ((0, 2), (2, 18)):
        grow(start, count)
        for path in ("spaces/testers/members?limit=50", "me/spaces?limit=50"):
            with django_assert_max_num_queries(5) as asked:
                assert len(caller.get(path).json()["results"]) == start + count
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
