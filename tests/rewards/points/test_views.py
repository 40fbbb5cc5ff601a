"""The public rules, the private statement and its spreadsheet."""

import datetime as dt
from typing import Any

import pytest

from community.threads.actions import accept_answer, add_reaction, delete_post
from rewards.points.actions import adjust, award, change_rule, reserve, spend
from rewards.points.models import EarningRule
from tests.rewards.conftest import fewest_statements

REASON = "=SUM(A1) for carrying the tables"


@pytest.fixture
def answer(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any, deliver_all: Any) -> Any:
    post = make_reply(bob, make_thread(alice, space, title="Poles for a gale & ice?"))
    accept_answer(actor=alice, post=post)
    deliver_all()
    return post


def body(client: Any, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return str(response.content.decode())


def test_everyone_reads_the_rules_the_engine_reads(sign_in: Any, manager: Any) -> None:
    rule = EarningRule.objects.get(key="answer_accepted")
    change_rule(actor=manager, rule=rule, changes={"points": 17, "name": "An answer of yours worked"})

    text = body(sign_in(None), "/points/")
    assert "An answer of yours worked" in text
    assert "<b>17</b>" in text
    assert "At most 60 points a day" in text
    assert "Guide" in text and "1,250" in text


def test_a_paused_rule_says_so(sign_in: Any, manager: Any) -> None:
    change_rule(actor=manager, rule=EarningRule.objects.get(key="post_thanked"), changes={"is_active": False})

    assert "Paused" in body(sign_in(None), "/points/")


def test_a_guest_is_asked_to_sign_in_for_a_statement(sign_in: Any, answer: Any) -> None:
    for url in ("/me/points/", "/me/points/points.csv"):
        response = sign_in(None).get(url)
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/sign-in/")


def test_every_change_is_said_in_words_with_a_link(sign_in: Any, bob: Any, answer: Any) -> None:
    text = body(sign_in(bob), "/me/points/")

    assert "Your answer was accepted" in text
    assert f'href="/p/{answer.pk}/"' in text
    assert "Poles for a gale &amp; ice?" in text
    assert "+15" in text


def test_what_was_taken_back_stands_beside_its_reason_and_leads_nowhere(
    sign_in: Any, bob: Any, answer: Any, deliver_all: Any
) -> None:
    delete_post(actor=bob, post=answer)
    deliver_all()

    text = body(sign_in(bob), "/me/points/")
    assert "Taken back: Your answer was accepted" in text
    assert "The post is no longer shown" in text
    assert "taken back later" in text
    assert f"/p/{answer.pk}/" not in text


def test_a_post_that_became_private_is_not_named(sign_in: Any, bob: Any, answer: Any, space: Any) -> None:
    space.access = "private"
    space.save()

    text = body(sign_in(bob), "/me/points/")
    assert "Your answer was accepted" in text
    assert "Poles for a gale" not in text


def test_a_correction_is_signed_and_escaped(sign_in: Any, admin: Any, bob: Any) -> None:
    adjust(actor=admin, member=bob, earned=0, spendable=7, reason="<b>For the tables</b> at the fair")

    text = body(sign_in(bob), "/me/points/")
    assert "Corrected by the team" in text
    assert "&lt;b&gt;For the tables" in text


def test_nobody_sees_the_changes_of_someone_else(sign_in: Any, alice: Any, answer: Any) -> None:
    # Above the lines, every rule stands among what they can be narrowed to.
    lines = body(sign_in(alice), "/me/points/").partition('<tbody id="statement">')[2]

    assert "You chose the answer to your question" in lines
    assert "Your answer was accepted" not in lines


def test_a_full_day_is_said_kindly(sign_in: Any, bob: Any, answer: Any, settings: Any) -> None:
    settings.POINTS_DAILY_CAP = 5

    text = body(sign_in(bob), "/me/points/")
    assert "You reached today's 5 points. Helping still helps." in text


def test_points_owed_are_explained(sign_in: Any, bob: Any, answer: Any, deliver_all: Any) -> None:
    spend(actor=bob, amount=20, scope="shop", key="1", memo="A sticker")
    delete_post(actor=bob, post=answer)
    deliver_all()

    assert "20 points were taken back after they were spent" in body(sign_in(bob), "/me/points/")


def test_an_empty_statement_says_how_to_begin(sign_in: Any, carol: Any) -> None:
    assert "Points appear here with their reason" in body(sign_in(carol), "/me/points/")


def many(member: Any, count: int) -> None:
    for source in range(count):
        award(actor=None, rule_key="good_deed", member_id=member.pk, source_type="deed", source_id=source)


def test_older_changes_are_a_link_away(sign_in: Any, bob: Any) -> None:
    many(bob, 35)

    client = sign_in(bob)
    first = client.get("/me/points/").content.decode()
    link = first.split('href="/me/points/?after=')[1].split('"')[0]
    second = client.get(f"/me/points/?after={link}").content.decode()
    assert (first.count('<tr id="change-'), second.count('<tr id="change-')) == (30, 5)


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "1;DROP"])
def test_a_broken_link_shows_the_beginning(sign_in: Any, bob: Any, answer: Any, after: str) -> None:
    assert "Your answer was accepted" in body(sign_in(bob), f"/me/points/?after={after}")


def test_a_statement_costs_the_same_for_two_lines_and_twenty(sign_in: Any, bob: Any) -> None:
    client, costs = sign_in(bob), []
    for count in (2, 20):
        many(bob, count)
        costs.append(fewest_statements(client, "/me/points/"))

    # Three of them are the weeks in a row beside it, one the rules to choose from.
    assert costs[0] == costs[1] <= 19


def test_the_spreadsheet_runs_no_formula(sign_in: Any, admin: Any, bob: Any, answer: Any) -> None:
    adjust(actor=admin, member=bob, earned=-1, spendable=0, reason=REASON)

    response = sign_in(bob).get("/me/points/points.csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert response["Content-Disposition"].startswith('attachment; filename="points-')
    assert text.splitlines()[0] == "When,Kind,What,Why,Earned,To spend"
    assert f"'{REASON},-1,0" in text
    assert "Your answer was accepted" in text


def test_the_team_has_an_empty_statement_without_a_limit(sign_in: Any, mod: Any) -> None:
    text = body(sign_in(mod), "/me/points/")

    assert "Points appear here" in text
    assert "Today" not in text.split('id="main"')[1].split("</main>")[0]


def test_a_profile_shows_what_its_member_shows(sign_in: Any, alice: Any, bob: Any, answer: Any) -> None:
    assert "Points earned by helping" in body(sign_in(alice), "/@bob/")
    assert "Only you" in body(sign_in(bob), "/@bob/")

    type(bob).objects.filter(pk=bob.pk).update(show_points=False)
    assert "Points earned" not in body(sign_in(alice), "/@bob/")
    assert "Points earned" not in body(sign_in(None), "/@bob/")


def test_quiet_mode_leaves_nothing_of_it(sign_in: Any, alice: Any, bob: Any, answer: Any) -> None:
    add_reaction(actor=alice, post=answer, kind="helpful")
    type(bob).objects.update(quiet_mode=True)

    for viewer in (alice, bob):
        main = body(sign_in(viewer), "/@bob/").split('id="main"')[1]
        for word in ("Points earned", "Your points", "to Regular", "Badges"):
            assert word not in main.split("</aside>")[0].split("<footer")[0]


def test_what_is_held_is_shown_with_what_for_and_until_when(sign_in: Any, manager: Any, bob: Any) -> None:
    adjust(actor=manager, member=bob, earned=50, spendable=50, reason="For carrying the chairs")
    assert "What your points are held for" not in body(sign_in(bob), "/me/points/")
    lasts = dt.timedelta(days=3)
    hold = reserve(actor=bob, amount=30, scope="store", key="1", memo="Enamel mug <blue>", lasts=lasts)

    text = body(sign_in(bob), "/me/points/")

    assert "30 points are set aside" in text and "20 of them are yours to spend" in text
    assert "Enamel mug &lt;blue&gt;" in text and f'datetime="{hold.expires_at.date()}"' in text
