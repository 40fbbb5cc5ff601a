"""Quests by the API."""

from rewards.quests.actions import move_quest
from rewards.quests.models import Choice, Quest, Taking
from tests.rewards.quests.conftest import ANSWER, make_quest


def opened(manager, **fields):
    made = make_quest(manager, ANSWER, **fields)
    return move_quest(actor=manager, quest=made, state="open")


def test_a_member_lists_joins_reads_and_leaves(program, manager, bob):
    opened(manager, rule_key="quest_finished")
    caller = program(bob, "badges:read", "me:write")

    (listed,) = caller.get("quests").json()["results"]
    assert (listed["key"], listed["can_join"], listed["reward"], listed["taking"]) == (
        "repairs",
        True,
        "20 points",
        None,
    )
    joined = caller.put("quests/repairs/part").json()
    assert (joined["taking"], joined["can_join"], joined["steps"][0]["number"]) == ("under_way", False, 1)
    assert caller.get("quests/repairs").json() == joined
    assert caller.delete("quests/repairs/part").status_code == 204

    assert caller.get("quests/repairs").json()["taking"] is None


def test_refusals_have_stable_codes_and_change_nothing(program, manager, bob):
    made = opened(manager)
    move_quest(actor=manager, quest=made, state="paused")
    caller = program(bob, "badges:read", "me:write")

    assert caller.put("quests/repairs/part").json()["code"] == "quest_paused"
    assert caller.put("quests/nothing/part").status_code == 404
    assert program(bob, "badges:read").put("quests/repairs/part").json()["code"] == "scope_missing"
    assert program().get("quests").status_code == 401

    assert not Taking.objects.exists()


def test_a_member_hides_quests_and_shows_them_again(program, manager, bob):
    opened(manager)
    caller = program(bob, "badges:read", "me:read", "me:write")

    assert caller.put("me/quest-choice", {"hides": True}).json() == {"hides": True}
    assert caller.get("quests").json() == {"results": []}
    assert caller.put("me/quest-choice", {"hides": "maybe"}).status_code == 422
    assert Choice.objects.get(member=bob).hides
    assert caller.put("me/quest-choice", {"hides": False}).json() == caller.get("me/quest-choice").json()

    assert len(caller.get("quests").json()["results"]) == 1


def test_the_line_of_a_finished_quest_is_put_away(
    program, manager, alice, bob, space, make_thread, make_reply
):
    opened(manager)
    make_reply(bob, make_thread(alice, space))
    caller = program(bob, "badges:read", "me:write")

    assert caller.put("quests/repairs/part").json()["taking"] == "finished"
    assert caller.delete("quests/repairs/line").status_code == 204
    assert caller.delete("quests/repairs/part").json()["code"] == "quest_finished"

    assert Taking.objects.get(quest=Quest.objects.get(key="repairs")).seen_at is not None
