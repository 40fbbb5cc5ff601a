"""Points, badges and leaderboards by the API."""

import datetime as dt

import pytest

from rewards.points.actions import adjust, release, reserve
from rewards.points.models import Hold


@pytest.fixture
def earned(alice, bob, space, make_thread, make_reply, deliver_all):
    from community.threads.actions import accept_answer, add_reaction

    thread = make_thread(alice, space)
    reply = make_reply(bob, thread)
    accept_answer(actor=alice, post=reply)
    add_reaction(actor=alice, post=reply, kind="helpful")
    deliver_all()
    bob.refresh_from_db()
    return reply


def test_a_member_reads_their_own_points(program, bob, earned):
    caller = program(bob, "points:read")

    balance = caller.get("me/points").json()
    lines = caller.get("me/points/statement").json()["results"]

    assert balance["earned"] == bob.points_earned > 0
    assert sum(line["earned"] for line in lines) == bob.points_earned
    assert all(line["what"] for line in lines)
    assert program(bob, "me:read").get("me/points").status_code == 403


def test_a_member_reads_what_is_held(program, bob, manager):
    adjust(actor=manager, member=bob, earned=50, spendable=50, reason="For carrying the chairs")
    lasts = dt.timedelta(days=3)
    for key in ("1", "2"):
        reserve(actor=bob, amount=15, scope="store", key=key, memo="Enamel mug", lasts=lasts)
    release(actor=bob, hold=Hold.objects.get(key="2"))
    caller = program(bob, "points:read")

    balance = caller.get("me/points").json()
    lines = caller.get("me/points/holds").json()["results"]

    assert (balance["to_spend"], balance["held"]) == (35, 15)
    assert [(line["amount"], line["memo"], line["state"]) for line in lines] == [
        (15, "Enamel mug", "released"),
        (15, "Enamel mug", "open"),
    ]
    assert program(bob, "me:read").get("me/points/holds").status_code == 403


def test_the_rules_are_public(program, db):
    rules = program().get("points/rules").json()

    assert rules["daily_cap"] > 0
    assert all(rule["points"] > 0 for rule in rules["results"])


def test_what_a_member_hides_is_hidden(program, bob, earned):
    guest = program()
    assert guest.get("members/bob/points").json()["points_earned"] == bob.points_earned
    assert guest.get("members/bob").json()["points_earned"] == bob.points_earned

    bob.show_points = bob.show_badges = bob.show_tier = False
    bob.save()

    assert guest.get("members/bob/points").json() == {"points_earned": None, "tier": ""}
    profile = guest.get("members/bob").json()
    assert (profile["points_earned"], profile["badge_count"], profile["tier"]) == (None, None, "")
    assert guest.get("members/bob/badges").json()["results"] == []


def test_badges_and_who_holds_them(program, bob, earned):
    badges = program(bob).get("badges").json()["results"]
    mine = program().get("members/bob/badges").json()["results"]

    assert badges
    for row in mine:
        holders = program().get(f"badges/{row['badge']['key']}/holders").json()["results"]
        assert "bob" in [holder["member"]["handle"] for holder in holders]
    assert program().get("badges/nowhere/holders").status_code == 404


def test_only_those_who_chose_to_appear_are_ranked(program, bob, earned):
    from django.core.cache import cache

    cache.clear()
    assert program().get("leaderboard?period=all").json()["results"] == []

    bob.on_leaderboards = True
    bob.save()
    cache.clear()

    board = program().get("leaderboard?period=all").json()
    assert [row["member"]["handle"] for row in board["results"]] == ["bob"]
    assert program().get("leaderboard?period=ever").status_code == 400
