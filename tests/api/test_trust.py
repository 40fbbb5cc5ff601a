"""Trust by the API: the same standing as on the pages."""

import pytest

from community.members.models import TrustRecord


def test_a_program_reads_the_same(program, alice):
    mine = program(alice).get("me/trust").json()

    assert (mine["level"], mine["next"]["level"]) == (1, 2)
    assert "60 more posts to read" in mine["gaps"]
    assert program(None).get("trust").json()["levels"][3]["name"] == "Regular"


def test_a_manager_decides_by_program_and_nobody_else(program, alice, bob, mod, manager):
    wanted = {"level": 3, "locked": True, "reason": "Helped us plan."}

    for who in (bob, mod):
        assert program(who).put("members/alice/trust", wanted).status_code in (403, 404)
    assert not TrustRecord.objects.exists()
    answer = program(manager).put("members/alice/trust", wanted)

    assert (answer.status_code, answer.json()["level"], answer.json()["is_locked"]) == (200, 3, True)
    assert program(mod).get("members/alice/trust").json()["reason"] == "Helped us plan."


@pytest.mark.parametrize(
    "field", ["is_locked", "floor", "set_by", "customer_source", "member", "below_since"]
)
def test_fields_of_the_row_are_not_applied(program, alice, manager, field):
    wanted = {"level": 2, "reason": "So.", field: 1}

    program(manager).put("members/alice/trust", wanted)

    row = TrustRecord.objects.get(member=alice)
    assert (row.floor, row.is_locked, row.set_by_id, row.customer_source) == (2, False, manager.pk, "")
