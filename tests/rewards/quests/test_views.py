"""The pages of quests."""

import datetime as dt
from typing import Any

from rewards.quests.actions import join_quest, move_quest
from rewards.quests.models import Choice, Taking, TakingState
from tests.rewards.conftest import fewest_statements
from tests.rewards.quests.conftest import ANSWER


def read(client: Any, url: str) -> str:
    return str(client.get(url).content.decode())


def test_a_mission_says_what_why_until_when_and_what_it_brings(
    quest: Any, manager: Any, bob: Any, sign_in: Any
) -> None:
    quest(why="What is mended is not bought again.", rule_key="quest_finished", host=manager)

    page = read(sign_in(bob), "/quests/repairs/")

    for words in ("Mend something", "What is mended is not bought again.", "20 points", "Manager", "Step 1"):
        assert words in page
    assert "What counts: Answers to other people’s questions: 1" in page
    assert "no end date" in page


def test_it_says_until_when_and_since_when(quest: Any, manager: Any, bob: Any, sign_in: Any) -> None:
    client = sign_in(bob)
    first, last = dt.date(2040, 2, 1), dt.date(2040, 3, 1)
    quest(starts_on=first, ends_on=last, key="later")
    quest(ends_on=last, key="now")
    over = quest(key="over")
    move_quest(actor=manager, quest=over, state="ended")

    for url in ("/quests/", "/quests/later/"):
        page = read(client, url)
        assert "Begins on Feb. 1, 2040" in page and "until March 1, 2040" in page
    assert "until March 1, 2040" in read(client, "/quests/now/")
    for url in ("/quests/", "/quests/over/"):
        assert "Over since" in read(client, url)


def test_joining_and_leaving_work_by_plain_forms(quest: Any, bob: Any, sign_in: Any) -> None:
    quest()
    client = sign_in(bob)
    assert client.post("/quests/repairs/join/").status_code == 303
    assert "0 of 2 done" in read(client, "/quests/repairs/")
    assert "0 of 2 steps done" in read(client, "/quests/")

    assert client.post("/quests/repairs/leave/").status_code == 303
    assert Taking.objects.get().state == TakingState.LEFT


def test_a_finished_quest_is_said_once_and_put_away_for_good(
    quest: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any, sign_in: Any
) -> None:
    mission = quest(ANSWER, rule_key="quest_finished")
    make_reply(bob, make_thread(alice, space))
    join_quest(actor=bob, quest=mission)
    client = sign_in(bob)
    said = "You finished “Autumn repairs”."

    assert read(client, "/quests/").count(said) == 1
    client.post("/quests/repairs/put-away/")

    page = read(client, "/quests/")
    assert said not in page and "Finished on" in page


def test_whoever_hides_quests_meets_them_nowhere(quest: Any, bob: Any, sign_in: Any) -> None:
    join_quest(actor=bob, quest=quest())
    client = sign_in(bob)
    assert "Autumn repairs" in read(client, "/home/panels/") + read(client, "/quests/")

    answer = client.post("/me/quests/hide/", {"hides": "1", "next": "/me/settings/privacy/"})
    assert answer["Location"] == "/me/settings/privacy/"

    assert Choice.objects.get(member=bob).hides
    assert "Autumn repairs" not in read(client, "/quests/")
    assert "Show quests" in read(client, "/me/settings/privacy/")


def test_an_unknown_one_a_draft_and_one_for_others_look_alike(
    quest: Any, manager: Any, bob: Any, sign_in: Any
) -> None:
    quest(audience=["trust:4"])
    client = sign_in(bob)

    assert client.get("/quests/repairs/").status_code == client.get("/quests/nothing/").status_code == 404
    assert client.post("/quests/repairs/join/").status_code == 404
    assert sign_in(manager).get("/quests/repairs/").status_code == 200
    assert not Taking.objects.exists()


def test_the_list_costs_the_same_for_two_and_for_twenty(quest: Any, bob: Any, sign_in: Any) -> None:
    client = sign_in(bob)
    for number in range(2):
        join_quest(actor=bob, quest=quest(key=f"few-{number}"))
    few = fewest_statements(client, "/quests/")
    for number in range(18):
        quest(key=f"many-{number}")

    assert fewest_statements(client, "/quests/") == few
