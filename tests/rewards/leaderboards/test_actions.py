"""Defining lists."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Invalid, Refused
from community.members.models import Group
from community.moderation.models import AuditEntry
from rewards.leaderboards.actions import save_board
from rewards.leaderboards.models import Board


def test_a_list_is_added_and_changed_and_both_are_written_down(manager: Any, deliver_all: Any) -> None:
    ours = save_board(actor=manager, board=Board(key="ours"), changes={"name": "Ours", "metric": "accepted"})
    save_board(actor=manager, board=ours, changes={"newcomer_days": 30})
    save_board(actor=manager, board=ours, changes={"newcomer_days": 30})
    deliver_all()

    told = Activity.objects.filter(verb="leaderboard.changed").order_by("pk")
    assert [activity.payload["fields"] for activity in told] == [["metric", "name"], ["newcomer_days"]]
    assert AuditEntry.objects.filter(act="leaderboard.changed", actor=manager).count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"period": "fixed"},
        {"period": "fixed", "starts_on": "2026-02-02", "ends_on": "2026-02-01"},
        {"metric": "rule"},
        {"rule_key": "good_deed"},
        {"metric": "rule", "rule_key": "no-such-rule"},
        {"newcomer_days": 0},
        {"metric": "visits"},
    ],
)
def test_a_list_that_makes_no_sense_is_refused(manager: Any, changes: Any) -> None:
    with pytest.raises(Invalid):
        save_board(actor=manager, board=Board(key="ours"), changes={"name": "Ours", **changes})

    assert not Board.objects.filter(key="ours").exists()


def test_a_group_that_keeps_itself_is_refused(manager: Any) -> None:
    group = Group.objects.filter(rule="trust_3").first() or Group.objects.create(
        name="Level three", slug="level-three", rule="trust_3"
    )
    with pytest.raises(Invalid):
        save_board(actor=manager, board=Board(key="ours"), changes={"name": "Ours", "group": group})

    assert not Board.objects.filter(key="ours").exists()


def test_only_managers_define_lists(alice: Any, mod: Any) -> None:
    for actor in (alice, mod):
        with pytest.raises(Refused):
            save_board(actor=actor, board=Board.objects.get(key="helpful"), changes={"name": "Mine"})

    assert Board.objects.get(key="helpful").name == "Most helpful"


def test_the_admin_adds_a_list_and_names_what_is_missing(manager: Any, sign_in: Any) -> None:
    client = sign_in(manager)
    form = {"key": "spring", "name": "Spring", "metric": "helping", "period": "fixed", "position": 30}
    answer = client.post("/admin/leaderboards/board/add/", form)
    assert answer.status_code == 200 and "Choose a first day" in answer.content.decode()

    dates = {"starts_on": "2026-03-01", "ends_on": "2026-05-31"}
    assert client.post("/admin/leaderboards/board/add/", form | dates).status_code == 302
    assert Board.objects.get(key="spring").ends_on is not None
