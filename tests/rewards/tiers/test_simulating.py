"""A change of tiers shows what it would do to everybody before it is saved."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from community.members.models import Member
from rewards.points.actions import adjust, award
from rewards.tiers.models import Standing, Tier, TierMove, TierRules
from rewards.tiers.simulating import simulate

TIERS, RULES = "/admin/tiers/tier/", "/admin/tiers/tierrules/"


@pytest.fixture
def crowd(make_member: Any, admin: Any, deliver_all: Any, set_number: Any) -> Callable[[list[int]], None]:
    set_number("points.alone", 10_000)

    def make(points: list[int]) -> None:
        for n, earned in enumerate(points):
            adjust(
                actor=admin,
                member=make_member(f"m{n}"),
                earned=earned,
                spendable=0,
                reason="Counted at the fair",
            )
        deliver_all()

    return make


def with_threshold(key: str, threshold: int) -> list[Tier]:
    tiers = list(Tier.objects.all())
    for tier in tiers:
        if tier.key == key:
            tier.threshold = threshold
    return tiers


def everything() -> list[Any]:
    return [
        list(Member.objects.order_by("pk").values_list("pk", "tier")),
        list(Standing.objects.order_by("pk").values()),
        TierMove.objects.count(),
        list(Tier.objects.values()),
    ]


def test_it_says_who_would_move_from_where_to_where_and_changes_nothing(
    crowd: Any, django_assert_max_num_queries: Any
) -> None:
    crowd([10, 249, 250, 300, 1249, 1250, 5000])
    before, proposed = everything(), with_threshold("guide", 300)
    with django_assert_max_num_queries(6):
        found = simulate(tiers=proposed)

    assert [(s.before, s.after, s.members, s.is_up) for s in found.shifts] == [("Regular", "Guide", 2, True)]
    assert (found.up, found.down, found.stay, found.falls) == (2, 0, 5, "at_once")
    assert {row.points for row in found.near[:3]} == {250, 249, 300}
    assert everything() == before


def test_the_numbers_are_what_saving_then_does(crowd: Any, manager: Any) -> None:
    from rewards.tiers.actions import change_tier

    crowd([10, 240, 251, 260, 1260, 4100])
    found = simulate(tiers=with_threshold("regular", 255))
    before = TierMove.objects.count()
    change_tier(actor=manager, tier=Tier.objects.get(key="regular"), changes={"threshold": 255})

    assert TierMove.objects.count() - before == found.up + found.down == 1


def test_a_window_counts_what_lies_in_it(bob: Any, deliver_all: Any) -> None:
    old = timezone.now() - dt.timedelta(days=800)
    for n in range(3):
        award(
            actor=None,
            rule_key="good_deed",
            member_id=bob.pk,
            source_type="deed",
            source_id=n,
            occurred_at=old,
        )
    deliver_all()
    found = simulate(rules=TierRules(basis="months", months=12, may_fall=True, grace_days=30))

    assert [(s.before, s.after, s.members) for s in found.shifts] == [("Regular", "Newcomer", 1)]
    assert found.falls == "after:30"
    assert simulate(rules=TierRules(basis="year")).falls == "never"


def test_a_new_tier_is_counted_too(crowd: Any) -> None:
    crowd([60, 40, 300])
    found = simulate(tiers=[*Tier.objects.all(), Tier(name="Friend", threshold=50)])

    assert [(s.before, s.after, s.members) for s in found.shifts] == [("Newcomer", "Friend", 1)]


def test_the_admin_asks_with_the_numbers_and_again_when_they_changed(
    crowd: Any, manager: Any, sign_in: Any, make_member: Any, admin: Any, deliver_all: Any
) -> None:
    crowd([240, 300])
    client, tier = sign_in(manager), Tier.objects.get(key="regular")
    address = f"{TIERS}{tier.pk}/change/"
    form = {"name": "Regular", "threshold": "200", "opens": ""}
    page = client.post(address, form).content.decode()
    assert "1 would move up" in page and "Nothing is saved yet" in page
    tier.refresh_from_db()
    assert tier.threshold == 250
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen is not None

    adjust(actor=admin, member=make_member("late"), earned=210, spendable=0, reason="Counted at the fair")
    deliver_all()
    page = client.post(address, form | {"seen": seen[1]}).content.decode()
    assert "The numbers changed since you looked" in page and "2 would move up" in page

    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen is not None
    assert client.post(address, form | {"seen": seen[1]}).status_code == 302
    assert Member.objects.filter(tier="Regular").count() == 3


def test_what_moves_nobody_is_saved_at_once(manager: Any, sign_in: Any, bob: Any) -> None:
    tier = Tier.objects.get(key="guide")
    form = {"name": "Guide", "threshold": "1300", "opens": "A hello"}

    assert sign_in(manager).post(f"{TIERS}{tier.pk}/change/", form).status_code == 302
    tier.refresh_from_db()
    assert tier.threshold == 1300


def test_rules_are_asked_about_too_and_only_by_managers(
    crowd: Any, manager: Any, mod: Any, sign_in: Any
) -> None:
    crowd([300])
    TierMove.objects.update(at=timezone.now())
    form = {"basis": "months", "months": "1", "may_fall": "on", "grace_days": "10"}
    assert sign_in(mod).post(f"{RULES}add/", form).status_code in (302, 403, 404)
    assert not TierRules.objects.exists()

    assert sign_in(manager).post(f"{RULES}add/", form).status_code == 302
    assert TierRules.objects.get().grace_days == 10
