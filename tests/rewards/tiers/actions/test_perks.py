"""What tiers open is opened, for the tier and all above it, and closed again with the perk."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.errors import Invalid, Refused
from community.spaces.models import Space
from rewards.points.actions import adjust
from rewards.tiers.actions import add_tier, change_tier, expire_early_access, remove_perk, save_perk
from rewards.tiers.models import Perk, Tier
from rewards.tiers.perks import has_perk, lines_of_tiers
from rewards.tiers.tasks import open_spaces


@pytest.fixture
def guide() -> Tier:
    return Tier.objects.get(key="guide")


@pytest.fixture
def give(admin: Any, deliver_all: Any, set_number: Any) -> Any:
    set_number("points.alone", 10_000)

    def run(member: Any, points: int) -> None:
        adjust(actor=admin, member=member, earned=points, spendable=0, reason="Counted at the fair")
        deliver_all()
        member.refresh_from_db()

    return run


def opening(actor: Any, tier: Tier, space: Any, **more: Any) -> Perk:
    return save_perk(actor=actor, perk=Perk(), changes={"tier": tier, "space": space, **more})


def keys(space: Any) -> list[str]:
    return sorted(Space.objects.get(pk=space.pk).see_for)


def test_a_perk_opens_its_space_to_the_tier_and_those_above(
    manager: Any, alice: Any, bob: Any, guide: Tier, private_space: Any, give: Any
) -> None:
    opening(manager, guide, private_space)
    assert keys(private_space) == ["tier:Guide", "tier:Steward"]
    give(alice, 5000)
    give(bob, 300)

    assert private_space in Space.objects.visible_to(alice)
    assert private_space not in Space.objects.visible_to(bob)


def test_it_closes_with_the_last_perk_and_keeps_what_was_opened_by_hand(
    manager: Any, guide: Tier, private_space: Any
) -> None:
    Space.objects.filter(pk=private_space.pk).update(see_for=["trust:3"])
    first = opening(manager, guide, private_space)
    second = opening(manager, Tier.objects.get(key="steward"), private_space)
    remove_perk(actor=manager, perk=first)
    assert keys(private_space) == ["tier:Steward", "trust:3"]
    remove_perk(actor=manager, perk=second)

    assert keys(private_space) == ["trust:3"]


def test_a_perk_that_names_another_space_closes_the_first(
    manager: Any, guide: Tier, space: Any, private_space: Any
) -> None:
    perk = opening(manager, guide, private_space)
    save_perk(actor=manager, perk=perk, changes={"space": space})

    assert (keys(private_space), keys(space)) == ([], ["tier:Guide", "tier:Steward"])


def test_a_new_or_moved_tier_above_has_it_too(manager: Any, guide: Tier, private_space: Any) -> None:
    opening(manager, guide, private_space)
    legend = add_tier(actor=manager, key="legend", values={"name": "Legend", "threshold": 9000})
    assert keys(private_space) == ["tier:Guide", "tier:Legend", "tier:Steward"]
    change_tier(actor=manager, tier=legend, changes={"threshold": 100})

    assert keys(private_space) == ["tier:Guide", "tier:Steward"]


@pytest.mark.parametrize(
    "changes",
    [{}, {"kind": "reward", "key": "mug"}, {"kind": "words"}, {"kind": "early"}, {"kind": "magic"}],
)
def test_a_perk_that_opens_nothing_is_refused(manager: Any, guide: Tier, changes: Any) -> None:
    with pytest.raises(Invalid):
        save_perk(actor=manager, perk=Perk(), changes={"tier": guide, **changes})

    assert not Perk.objects.exists()


def test_a_perk_belongs_to_one_tier(manager: Any, private_space: Any) -> None:
    with pytest.raises(Invalid):
        save_perk(actor=manager, perk=Perk(), changes={"space": private_space})

    assert (Perk.objects.count(), keys(private_space)) == (0, [])


def test_only_managers_say_what_tiers_open(alice: Any, mod: Any, guide: Tier, private_space: Any) -> None:
    for actor in (alice, mod):
        with pytest.raises(Refused):
            opening(actor, guide, private_space)

    assert keys(private_space) == []


def test_early_access_ends_by_opening_to_every_member(
    manager: Any, bob: Any, guide: Tier, private_space: Any
) -> None:
    later = timezone.now() + dt.timedelta(hours=2)
    perk = opening(manager, guide, private_space, kind="early", opens_at=later)
    assert open_spaces() == 0 and private_space not in Space.objects.visible_to(bob)

    Perk.objects.update(opens_at=timezone.now())
    assert open_spaces() == 1
    assert private_space in Space.objects.visible_to(bob)
    assert not expire_early_access(perk=perk) and open_spaces() == 0


def test_other_features_ask_for_a_right_by_its_key(
    manager: Any, alice: Any, bob: Any, guide: Tier, give: Any
) -> None:
    changes = {"tier": guide, "kind": "reward", "key": "first-choice", "words": "First choice in the store"}
    save_perk(actor=manager, perk=Perk(), changes=changes)
    give(alice, 5000)
    give(bob, 300)

    assert has_perk(alice, "first-choice")
    assert not has_perk(bob, "first-choice")
    assert not has_perk(alice, "something-else")


def test_members_read_what_opens_and_a_secret_name_is_not_told(
    manager: Any, alice: Any, bob: Any, guide: Tier, private_space: Any, give: Any
) -> None:
    opening(manager, guide, private_space)
    give(alice, 1300)
    [mine], [others] = lines_of_tiers(alice)[guide.pk], lines_of_tiers(bob)[guide.pk]
    assert (private_space.name in mine.text, mine.href) == (True, private_space.get_absolute_url())
    assert (private_space.name in others.text, others.href) == (False, "")

    Space.objects.filter(pk=private_space.pk).update(see_for=[])
    assert lines_of_tiers(alice) == {}


def test_the_pages_of_points_show_what_opens(
    manager: Any, alice: Any, guide: Tier, private_space: Any, give: Any, sign_in: Any
) -> None:
    opening(manager, guide, private_space)
    give(alice, 1300)
    client = sign_in(alice)

    for address in ("/points/", "/me/points/"):
        page = client.get(address).content.decode()
        assert f'href="{private_space.get_absolute_url()}"' in page
    assert private_space.name not in sign_in(None).get("/points/").content.decode()
