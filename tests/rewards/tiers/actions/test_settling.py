"""Tiers follow points earned: up with them, down only when they are corrected."""

from typing import Any

import pytest

from community.activity.models import Activity, Delivery
from community.errors import Invalid, Refused
from community.members.models import Member
from community.spaces.actions import change_space
from community.spaces.audiences import audience_choices
from community.spaces.models import Space
from rewards.points.actions import adjust, award, spend
from rewards.tiers.actions import change_tier, settle_everyone
from rewards.tiers.models import Standing, Tier
from rewards.tiers.queries import next_step, progress_of, say_next_step

REASON = "Counted by hand at the fair"


def tier_of(member: Any) -> str:
    return Member.objects.get(pk=member.pk).tier


@pytest.fixture
def give(admin: Any, deliver_all: Any, set_number: Any) -> Any:
    set_number("points.alone", 10_000)

    def run(member: Any, points: int) -> None:
        adjust(actor=admin, member=member, earned=points, spendable=max(points, 0), reason=REASON)
        deliver_all()
        member.refresh_from_db()

    return run


def test_everyone_begins_without_a_word(bob: Any, give: Any) -> None:
    give(bob, 249)

    assert tier_of(bob) == ""
    assert not Standing.objects.exists()


def test_a_tier_is_reached_and_told_once(bob: Any, give: Any) -> None:
    give(bob, 250)
    assert tier_of(bob) == "Regular"

    Delivery.objects.filter(consumer="tiers.follow_points").update(done_at=None)
    give(bob, 1)
    give(bob, -2)
    assert tier_of(bob) == ""

    give(bob, 1)
    assert tier_of(bob) == "Regular"
    told = Activity.objects.filter(verb="tier.reached")
    assert [(a.payload["tier"], a.payload["earned"]) for a in told] == [("regular", 250)]


def test_several_tiers_at_once_tell_the_highest(bob: Any, give: Any) -> None:
    give(bob, 5000)

    assert tier_of(bob) == "Steward"
    assert [a.payload["tier"] for a in Activity.objects.filter(verb="tier.reached")] == ["steward"]


def test_spending_does_not_lower_a_tier(bob: Any, give: Any, deliver_all: Any) -> None:
    give(bob, 300)
    spend(actor=bob, amount=300, scope="shop", key="1", memo="Enamel mug")
    deliver_all()

    assert tier_of(bob) == "Regular"


def test_earning_by_rule_moves_the_tier(bob: Any, deliver_all: Any) -> None:
    for source in range(3):
        award(actor=None, rule_key="good_deed", member_id=bob.pk, source_type="deed", source_id=source)
    deliver_all()

    assert tier_of(bob) == "Regular"


def test_a_new_name_is_shown_at_once_and_nobody_is_told_again(bob: Any, manager: Any, give: Any) -> None:
    give(bob, 300)
    change_tier(actor=manager, tier=Tier.objects.get(key="regular"), changes={"name": "Friend"})

    assert tier_of(bob) == "Friend"
    assert Activity.objects.get(verb="tier.changed").payload == {
        "tier": "regular",
        "fields": ["name"],
        "before": {"name": "Regular"},
        "after": {"name": "Friend"},
    }
    assert Activity.objects.filter(verb="tier.reached").count() == 1


def test_a_moved_threshold_moves_members(bob: Any, alice: Any, manager: Any, give: Any) -> None:
    give(bob, 300)
    give(alice, 200)
    change_tier(actor=manager, tier=Tier.objects.get(key="regular"), changes={"threshold": 150})
    assert (tier_of(bob), tier_of(alice)) == ("Regular", "Regular")

    change_tier(actor=manager, tier=Tier.objects.get(key="regular"), changes={"threshold": 250})
    assert (tier_of(bob), tier_of(alice)) == ("Regular", "")
    assert settle_everyone() == 0


@pytest.mark.parametrize(
    ("key", "changes"),
    [("newcomer", {"threshold": 5}), ("guide", {"threshold": 250}), ("guide", {"name": ""})],
)
def test_tiers_that_make_no_sense_are_refused(manager: Any, key: str, changes: Any) -> None:
    with pytest.raises(Invalid):
        change_tier(actor=manager, tier=Tier.objects.get(key=key), changes=changes)

    assert list(Tier.objects.values_list("threshold", flat=True)) == [0, 250, 1250, 4000]


def test_only_managers_change_tiers(alice: Any, mod: Any) -> None:
    for actor in (alice, mod):
        with pytest.raises(Refused):
            change_tier(actor=actor, tier=Tier.objects.get(key="guide"), changes={"name": "Sage"})

    assert Tier.objects.get(key="guide").name == "Guide"


def test_the_next_step_is_said_in_answers() -> None:
    assert say_next_step(38, "Guide", 15) == "38 points to Guide. Three accepted answers would do it."
    assert say_next_step(1, "Guide", 15) == "1 point to Guide. One accepted answer would do it."
    assert say_next_step(1000, "Guide", 15) == "1000 points to Guide. 67 accepted answers would do it."
    assert say_next_step(38, "Guide", 0) == "38 points to Guide."


def test_progress_knows_how_far_along_the_line(bob: Any, give: Any) -> None:
    give(bob, 1212)

    progress = progress_of(bob)
    assert progress is not None and progress.next is not None
    assert (progress.here, progress.next.name, progress.missing) == (1, "Guide", 38)
    assert (progress.at, progress.most) == (196, 300)
    give(bob, 5000)
    assert next_step(bob) == ""


def test_a_space_open_to_a_tier_is_read_by_its_holders_whatever_it_is_called(
    manager: Any, alice: Any, bob: Any, private_space: Any, give: Any
) -> None:
    tier = Tier.objects.filter(threshold__gt=0).order_by("threshold")[0]
    offered = {choice.key for choice in audience_choices()}
    assert f"tier:{tier.name}" in offered
    change_space(actor=manager, space=private_space, changes={"see_for": [f"tier:{tier.name}"]})
    give(alice, tier.threshold)

    assert private_space in Space.objects.visible_to(alice)
    assert private_space not in Space.objects.visible_to(bob)
    change_tier(actor=manager, tier=tier, changes={"name": "Snow hare"})

    assert Space.objects.get(pk=private_space.pk).see_for == ["tier:Snow hare"]
    alice.refresh_from_db()
    assert private_space in Space.objects.visible_to(alice)
