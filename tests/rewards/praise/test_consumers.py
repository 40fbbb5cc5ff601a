"""What thanks earn: points by a rule, badges by what is counted, taken back with the thanks."""

import datetime as dt
from typing import Any

import time_machine
from django.utils import timezone

from community.activity import relay
from community.activity.models import Activity, Delivery
from community.members.models import Member
from rewards.badges.actions import save_badge
from rewards.badges.models import Award, Badge
from rewards.points.actions import change_rule
from rewards.points.models import EarningRule, Transfer
from rewards.praise.actions import give_again, remove_thanks, restore_thanks, take_back_thanks


def test_the_receiver_earns_what_the_rule_pays(
    alice: Any, bob: Any, thank: Any, deliver_all: Any, points_of: Any
) -> None:
    thank(alice, bob)
    deliver_all()
    assert (points_of(bob), points_of(alice)) == ((2, 2), (0, 0))


def test_delivered_twice_and_late_it_is_paid_once(
    alice: Any, bob: Any, thank: Any, deliver_all: Any, points_of: Any
) -> None:
    thank(alice, bob)
    deliver_all()
    Delivery.objects.filter(consumer="praise.settle_points_of_thanks").update(done_at=None)
    deliver_all()
    assert points_of(bob) == (2, 2)


def test_taking_back_takes_the_points_and_giving_again_brings_them(
    alice: Any, bob: Any, thank: Any, deliver_all: Any, points_of: Any
) -> None:
    praise = thank(alice, bob)
    deliver_all()
    take_back_thanks(actor=alice, praise=praise)
    deliver_all()
    assert points_of(bob) == (0, 0)
    give_again(actor=alice, praise=praise)
    deliver_all()
    assert points_of(bob) == (2, 2)


def test_in_any_order_the_row_decides(alice: Any, bob: Any, thank: Any, points_of: Any) -> None:
    take_back_thanks(actor=alice, praise=thank(alice, bob))
    for delivery in Delivery.objects.filter(consumer="praise.settle_points_of_thanks").order_by("-pk"):
        relay.deliver(delivery.pk)
    assert points_of(bob) == (0, 0)
    assert not Transfer.objects.filter(member=bob).exists()


def test_removing_takes_the_points_and_showing_again_brings_them(
    alice: Any, bob: Any, mod: Any, thank: Any, deliver_all: Any, points_of: Any
) -> None:
    praise = thank(alice, bob)
    deliver_all()
    remove_thanks(actor=mod, praise=praise, reason="It names a customer of ours.")
    deliver_all()
    assert points_of(bob) == (0, 0)
    restore_thanks(actor=mod, praise=praise)
    deliver_all()
    assert points_of(bob) == (2, 2)


def test_newcomers_give_words_and_no_points_unless_the_rule_says_so(
    make_member: Any, bob: Any, manager: Any, thank: Any, deliver_all: Any, points_of: Any
) -> None:
    thank(make_member("new", trust_level=0), bob)
    deliver_all()
    assert points_of(bob) == (0, 0)

    rule = EarningRule.objects.in_force().get(key="thanks_received")
    change_rule(actor=manager, rule=rule, changes={"conditions": {}})
    thank(make_member("newer", trust_level=0), bob)
    deliver_all()
    assert points_of(bob) == (2, 2)


def test_the_same_pair_earns_four_times_in_thirty_days(
    alice: Any, bob: Any, thank: Any, deliver_all: Any, points_of: Any
) -> None:
    start = timezone.now().replace(hour=12)
    for day in range(6):
        with time_machine.travel(start + dt.timedelta(days=day), tick=False):
            thank(alice, bob, words=f"Thank you, for the {day + 1}. time this week.")
    deliver_all()
    assert points_of(bob) == (8, 8)


def test_the_team_earns_nothing_and_its_thanks_count(
    alice: Any, mod: Any, thank: Any, deliver_all: Any, points_of: Any
) -> None:
    thank(alice, mod)
    thank(mod, alice)
    deliver_all()
    assert (points_of(mod), points_of(alice)) == ((0, 0), (2, 2))


def test_badges_count_thanks_received_given_and_different_people(
    alice: Any, bob: Any, carol: Any, manager: Any, thank: Any, deliver_all: Any
) -> None:
    wanted = {
        "two-people": {"of": "thanked", "how": "people", "number": 2},
        "one-given": {"of": "thanking", "number": 1},
    }
    for key, rule in wanted.items():
        fields = {"name": key, "description": "For the test.", "rule": rule}
        save_badge(actor=manager, badge=Badge(key=key), changes=fields)
    deliver_all()
    first = thank(alice, bob)
    deliver_all()
    assert set(Award.objects.filter(badge__key__in=wanted).values_list("badge__key", "member")) == {
        ("one-given", alice.pk)
    }
    thank(carol, bob)
    deliver_all()
    assert Award.objects.filter(badge__key="two-people", member=bob, revoked_at=None).exists()

    take_back_thanks(actor=alice, praise=first)
    deliver_all()
    held = Award.objects.filter(badge__key__in=wanted, revoked_at=None).values_list("badge__key", "member")
    assert set(held) == {("one-given", carol.pk)}


def test_replayed_history_earns_without_a_word(alice: Any, bob: Any, thank: Any, deliver_all: Any) -> None:
    thank(alice, bob)
    Activity.objects.filter(verb="praise.given").update(quiet=True)
    deliver_all()
    assert Transfer.objects.get(member=bob).earned == 2
    assert Member.objects.get(pk=bob.pk).unread_notices == 0
