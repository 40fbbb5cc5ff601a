"""Notes, looks, erasing and joining by program: what the admin does, with scopes, once per key."""

import pytest

from community.members.models import Member
from community.moderation.members_desk.actions import begin_seeing_as, end_seeing_as
from community.moderation.models import AuditEntry, StaffNote
from community.privacy.models import Erasure, FormerHandle

KEY = {"idempotency_key": "once"}


def test_notes_are_written_and_read_by_the_team_alone(program, mod, alice, bob):
    caller = program(mod, "moderation:read", "moderation:write")

    made = caller.post("members/alice/notes", {"body": "Asked for a refund twice."}, **KEY)
    again = caller.post("members/alice/notes", {"body": "Asked for a refund twice."}, **KEY)

    assert made.status_code == 201 and made.json()["author"]["handle"] == "mod"
    assert again["Idempotency-Replayed"] == "true" and StaffNote.objects.count() == 1
    assert [n["body"] for n in caller.get("members/alice/notes").json()["results"]] == [
        "Asked for a refund twice."
    ]
    assert program(bob, "moderation:read").get("members/alice/notes").status_code == 403
    assert program(mod, "moderation:read").post("members/alice/notes", {"body": "x"}).status_code == 403
    assert caller.post("members/alice/notes", {"body": " "}).status_code == 422
    assert StaffNote.objects.count() == 1


def test_who_looked_as_whom_is_read_by_managers(program, manager, mod, alice):
    begin_seeing_as(actor=manager, member=alice, reason="She sees an empty page")
    end_seeing_as(actor=manager)

    (look,) = program(manager, "moderation:read").get("moderation/looks").json()["results"]
    assert (look["actor"]["handle"], look["member"]["handle"]) == ("manager", "alice")
    assert look["reason"] == "She sees an empty page" and look["ended_at"]
    assert program(mod, "moderation:read").get("moderation/looks").status_code == 403


def test_a_manager_erases_a_member_once_with_a_reason(program, manager, alice, deliver_all):
    caller = program(manager, "accounts:write")

    assert caller.post("members/alice/erasure", {"reason": " "}).status_code == 422
    made = caller.post("members/alice/erasure", {"reason": "Asked by letter"}, **KEY)
    again = caller.post("members/alice/erasure", {"reason": "Asked by letter"}, **KEY)

    assert made.status_code == 201 and made.json()["deletes_posts"] is False
    assert again["Idempotency-Replayed"] == "true"
    assert Erasure.objects.get().asked_by == manager
    deliver_all()
    assert AuditEntry.objects.get(act="erasure.asked").reason == "Asked by letter"


@pytest.mark.parametrize("who", ["mod", "alice"])
def test_nobody_below_managers_erases_or_joins(request, program, bob, who):
    caller = program(request.getfixturevalue(who), "accounts:write")

    assert caller.post("members/bob/erasure", {"reason": "Because"}).status_code == 403
    assert caller.get("members/bob/merge").status_code == 403
    assert caller.post("members/bob/merge", {"into": "carol", "reason": "Because"}).status_code == 403
    assert not Erasure.objects.exists()


def test_a_key_without_the_scope_and_a_higher_role_are_refused(program, manager, admin, alice):
    assert (
        program(manager, "moderation:write").post("members/alice/erasure", {"reason": "Because"}).status_code
        == 403
    )
    answer = program(manager, "accounts:write").post("members/admin/erasure", {"reason": "Because"})
    assert (answer.status_code, answer.json()["code"]) == (403, "role_too_high")
    assert answer["Content-Type"].startswith("application/problem+json")
    assert not Erasure.objects.exists()


def test_two_accounts_become_one(program, manager, alice, bob, space, make_thread):
    make_thread(alice, space)
    caller = program(manager, "accounts:write")

    planned = caller.get("members/alice/merge").json()["results"]
    assert any(row["rows"] for row in planned)
    done = caller.post("members/alice/merge", {"into": "bob", "reason": "The same person"})

    assert done.status_code == 200 and done.json()["into"]["handle"] == "bob" and done.json()["rows"] > 0
    assert FormerHandle.objects.get().member == bob
    assert not Member.objects.filter(handle="alice").exists()


def test_joining_with_itself_or_nobody_changes_nothing(program, manager, alice):
    caller = program(manager, "accounts:write")

    assert caller.post("members/alice/merge", {"into": "alice", "reason": "Same"}).status_code == 403
    assert caller.post("members/alice/merge", {"into": "nobody", "reason": "Same"}).status_code == 404
    assert not FormerHandle.objects.exists()
