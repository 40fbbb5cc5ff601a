"""Rights and places of spaces by the API."""

from community.spaces.models import Space


def test_a_manager_gives_rights_and_reads_them(program, manager, bob, space):
    caller = program(manager, "spaces:write", "spaces:read")
    keys = {row["key"] for row in caller.get("audiences").json()["items"]}
    assert {"trust:1", "team"} <= keys

    changed = caller.patch("spaces/help", {"replying": "chosen", "reply_for": ["trust:3"], "colour": "plum"})
    said = caller.get("spaces/help/rights?member=bob").json()

    assert (changed.status_code, changed.json()["replying"], changed.json()["colour"]) == (
        200,
        "chosen",
        "plum",
    )
    assert (said["reply_for"], said["counts"]["see"]) == (["trust:3"], said["counts"]["members"])
    assert (said["member"]["create"]["allowed"], said["member"]["reply"]["allowed"]) == (True, False)
    assert said["member"]["reply"]["reason"]
    assert "reply_for" not in changed.json()


def test_a_space_stands_below_another_where_the_caller_may_read_that(program, manager, alice, private_space):
    caller = program(manager, "spaces:write")

    made = caller.post("spaces", {"name": "Inner room", "parent": private_space.slug}).json()

    assert (made["parent"], made["access"]) == (private_space.slug, "private")
    caller.put("spaces/inner-room/members/alice", {})
    assert program(alice).get("spaces/inner-room").json()["parent"] is None
    assert [row["parent"] for row in program(alice).get("spaces").json()["results"]] == [None]
    again = caller.post("spaces", {"name": "Deeper", "parent": "inner-room"})
    assert (again.status_code, list(again.json()["errors"])) == (422, ["parent"])
    assert Space.objects.count() == 2


def test_rights_are_for_managers(program, mod, alice, space):
    for who in (mod, alice):
        for path in ("audiences", "spaces/help/rights"):
            assert program(who).get(path).status_code == 403
