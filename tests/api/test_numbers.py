"""The numbers, by program."""

import pytest

from community.activity.models import Activity
from community.numbers.models import NumberInForce


def test_a_manager_lists_every_number_with_default_and_range(program, manager):
    results = program(manager, "numbers:read").get("numbers").json()["results"]

    new = next(row for row in results if row["key"] == "threads.new_days")
    assert (new["value"], new["default"], new["least"], new["most"]) == (14, 14, 1, 365)
    assert (new["group"], new["unit"], new["kind"], new["is_changed"]) == ("threads", "days", "number", False)
    rates = next(row for row in results if row["key"] == "rates.threads.reply")
    assert rates["value"] == ["1/30s,30/day", "1/10s,60/day", "1/5s,150/day", "300/day"]
    assert rates["least"] is None


def test_it_is_changed_read_back_and_set_back(program, manager):
    caller = program(manager)

    changed = caller.put("numbers/threads.links", {"value": [0, 1, 2, 3]})
    assert (changed.status_code, changed.json()["value"], changed.json()["is_changed"]) == (
        200,
        [0, 1, 2, 3],
        True,
    )
    assert caller.get("numbers/threads.links").json()["value"] == [0, 1, 2, 3]

    assert caller.delete("numbers/threads.links").status_code == 204
    assert caller.get("numbers/threads.links").json()["value"] == [2, 5, 20, 20]
    assert not NumberInForce.objects.exists()
    assert Activity.objects.filter(verb="number.changed").count() == 2


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("threads.new_days", 0),
        ("threads.new_days", "many"),
        ("threads.new_days", None),
        ("threads.new_days", {"x": 1}),
        ("threads.links", 5),
        ("rates.threads.reply", ["often", "", "", ""]),
        ("rates.threads.reply", "10/min"),
    ],
)
def test_what_cannot_be_used_is_refused_beside_its_field(program, manager, key, value):
    answer = program(manager).put(f"numbers/{key}", {"value": value})

    assert answer.status_code == 422
    assert answer.json()["errors"]["value"]
    assert not NumberInForce.objects.exists()


@pytest.mark.parametrize("who", ["alice", "mod"])
def test_nobody_else_reads_or_changes_them(program, request, who):
    caller = program(request.getfixturevalue(who))

    assert caller.get("numbers").status_code == 403
    assert caller.put("numbers/threads.new_days", {"value": 7}).status_code == 403
    assert caller.delete("numbers/threads.new_days").status_code == 403
    assert not NumberInForce.objects.exists()


def test_a_key_needs_the_scope_and_a_number_must_exist(program, manager):
    assert program(manager, "numbers:read").put("numbers/threads.new_days", {"value": 7}).status_code == 403
    assert program(manager).get("numbers/threads.nothing").status_code == 404
    assert program(manager).put("numbers/threads.nothing", {"value": 7}).status_code == 404
    assert not NumberInForce.objects.exists()
