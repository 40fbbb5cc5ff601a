"""Lists, tiers and what they open by the API."""

import pytest
from django.core.cache import cache

from rewards.leaderboards.models import Board
from rewards.points.actions import adjust
from rewards.tiers.actions import invite_to_tier, save_invited_tier, save_perk, save_tier_rules
from rewards.tiers.models import InvitedTier, Perk, Tier

REASON = "Tested every tent of the spring"


@pytest.fixture
def guide(bob, admin, deliver_all):
    """Bob, a Guide by a correction of his points."""
    adjust(actor=admin, member=bob, earned=1300, spendable=0, reason="Counted by hand at the fair")
    deliver_all()
    bob.refresh_from_db()
    return bob


def test_lists_are_named_and_read_page_by_page(program, make_member, deliver_all, private_space):
    from rewards.leaderboards.models import DaySum
    from rewards.leaderboards.ranking import today

    cache.clear()
    for n in range(5):
        member = make_member(f"m{n}", on_leaderboards=True)
        DaySum.objects.create(
            member=member, day=today(), rule_key="post_helped", points=9 - n, helping=9 - n, times=1
        )
    Board.objects.create(key="behind", name="Behind doors", space=private_space)
    guest = program()
    assert [row["key"] for row in guest.get("leaderboards").json()["results"]] == ["helpful", "newcomers"]
    assert guest.get("leaderboards/behind").status_code == 404

    first = guest.get("leaderboards/helpful?period=all&limit=3").json()
    rest = guest.get(f"leaderboards/helpful?period=all&limit=3&after={first['after']}").json()
    found = [(row["place"], row["member"]["handle"]) for row in (*first["results"], *rest["results"])]
    assert found == [(n + 1, f"m{n}") for n in range(5)] and rest["after"] == ""
    assert guest.get("leaderboards/helpful?after=nonsense").status_code == 400


def test_tiers_say_how_they_are_reached_and_what_they_open(program, manager, guide, private_space):
    changes = {"tier": Tier.objects.get(key="guide"), "space": private_space}
    save_perk(actor=manager, perk=Perk(), changes=changes)
    save_tier_rules(actor=manager, changes={"basis": "months", "months": 6})

    tiers = program().get("tiers").json()
    assert (tiers["basis"], tiers["months"], tiers["may_fall"]) == ("months", 6, False)
    assert [tier["threshold"] for tier in tiers["results"]] == [0, 250, 1250, 4000]
    assert tiers["results"][2]["perks"] == [{"text": "Opens a space of its own", "url": ""}]
    seen = program(guide, "points:read").get("tiers").json()["results"][2]["perks"]
    assert seen == [{"text": f"Opens {private_space.name}", "url": private_space.get_absolute_url()}]


def test_a_member_reads_where_they_stand_and_how_it_came_to_that(program, manager, guide, alice):
    circle = save_invited_tier(actor=manager, tier=InvitedTier(), changes={"name": "Inner circle"})
    invite_to_tier(actor=manager, tier=circle, member=guide, reason=REASON)
    caller = program(guide, "points:read")

    mine = caller.get("me/tier").json()
    assert (mine["tier"], mine["points"], mine["next"], mine["missing"]) == ("Guide", 1300, "Steward", 2700)
    assert [tier["name"] for tier in mine["invited"]] == ["Inner circle"]
    assert [(move["after"], move["why"]) for move in mine["moves"]] == [
        ("Inner circle", "given"),
        ("Guide", "earned"),
    ]
    other = program(alice, "points:read").get("me/tier").json()
    assert (other["tier"], other["invited"], other["moves"]) == ("Newcomer", [], [])
    assert program(guide, "me:read").get("me/tier").status_code == 403
