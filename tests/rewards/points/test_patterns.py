"""What looks unusual is found, said in words, and held back by a person: told, answered, let go or taken."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.activity import relay
from community.errors import Conflict, Invalid, Refused
from community.members.models import Member
from community.moderation.actions import undo_decision
from community.moderation.appeals.actions import appeal_case, uphold_appeal
from community.moderation.models import Case
from community.notifications.models import Notice
from rewards.points.actions import hold_back, release, spend, take_held
from rewards.points.book import Book
from rewards.points.earning.desk import Claim
from rewards.points.earning.till import Till
from rewards.points.models import EarningRule, Hold
from rewards.points.patterns import find_patterns
from rewards.points.reviewing import hold_pattern

WHY = "These marks came in an unusual way"


def since() -> dt.datetime:
    return timezone.now() - dt.timedelta(days=30)


def mark(member: Any, giver: Any, times: int, start: int = 0) -> None:
    """Let a giver have brought a member points so many times."""
    rule = EarningRule.objects.get(key="good_deed")
    for n in range(times):
        claim = Claim(rule, member.pk, ("deed", start + n), timezone.now(), giver_id=giver.pk, quiet=True)
        till = Till(
            Book({member.pk}), {member.pk}, moments=[claim.moment], sources=[claim.source], rules=[rule]
        )
        till.pay(claim, 10, 10, 10, None)
        till.close()


def old(*members: Any) -> None:
    Member.objects.filter(pk__in=[m.pk for m in members]).update(
        joined_at=timezone.now() - dt.timedelta(days=99)
    )


def found() -> list[tuple[str, str, str, int, int]]:
    return [
        (it.name, it.member.handle, it.giver.handle if it.giver else "", it.times, it.points)
        for it in find_patterns(since())
    ]


def test_what_comes_from_one_person_mostly_is_named(alice: Any, bob: Any, carol: Any) -> None:
    old(alice, bob, carol)
    mark(bob, alice, 5)
    mark(bob, carol, 4, start=50)
    mark(alice, carol, 4, start=90)

    assert found() == [("one_giver", "bob", "alice", 5, 50)]
    assert "55% of what marks" in find_patterns(since())[0].why


def test_two_who_mark_each_other_are_named_once(alice: Any, bob: Any, carol: Any) -> None:
    old(alice, bob, carol)
    mark(bob, alice, 3)
    mark(alice, bob, 4, start=50)

    ((name, member, giver, _times, _points),) = found()
    assert (name, {member, giver}) == ("each_other", {"alice", "bob"})


def test_many_new_accounts_and_many_marks_in_one_hour_are_named(bob: Any, make_member: Any) -> None:
    for n in range(3):
        mark(bob, make_member(f"new{n}"), 4, start=100 * n)

    assert {row[0] for row in found()} == {"newcomers", "burst"}
    assert [row[3:] for row in found()] == [(12, 120), (12, 120)]


def test_what_is_ordinary_or_was_taken_back_is_not(alice: Any, bob: Any, make_member: Any) -> None:
    old(alice, bob)
    for n in range(4):
        friend = make_member(f"friend{n}")
        old(friend)
        mark(bob, friend, 2, start=100 * n)

    assert found() == []


@pytest.fixture
def case(manager: Any, alice: Any, bob: Any) -> Case:
    old(alice, bob)
    mark(bob, alice, 6)
    (pattern,) = find_patterns(since())
    return hold_pattern(actor=manager, pattern=pattern, since=since(), reason=WHY)


def deliver() -> None:
    while relay.deliver_due(at_most=1000):
        pass


def test_points_that_are_held_back_wait_and_their_member_can_answer(
    case: Case, bob: Any, sign_in: Any, points_of: Any
) -> None:
    deliver()
    hold = Hold.objects.get()

    assert (hold.amount, hold.memo, points_of(bob)) == (60, WHY, (60, 0))
    (notice,) = Notice.objects.filter(member=bob, kind="points.held_back")
    assert notice is not None
    page = sign_in(bob).get(f"/appeals/case/{case.pk}/")
    assert page.status_code == 200
    assert WHY in page.content.decode()
    assert "55%" not in page.content.decode()
    with pytest.raises(Refused):
        release(actor=bob, hold=hold)
    with pytest.raises(Refused):
        spend(actor=bob, amount=1, scope="store", key="mug", memo="Mug")


def test_an_appeal_that_is_right_frees_them(case: Case, bob: Any, admin: Any, points_of: Any) -> None:
    appeal = appeal_case(actor=bob, case=case, words="Alice and I repaired six tents together.")
    uphold_appeal(actor=admin, appeal=appeal, reason="They worked together")

    assert (points_of(bob), Hold.objects.get().state) == ((60, 60), "released")


def test_a_decision_that_is_taken_back_frees_them(case: Case, manager: Any, bob: Any, points_of: Any) -> None:
    undo_decision(actor=manager, case=case)

    assert points_of(bob) == (60, 60)


def test_they_are_taken_once_by_a_correction(case: Case, manager: Any, bob: Any, points_of: Any) -> None:
    hold = Hold.objects.get()
    take_held(actor=manager, hold=hold, reason="Marks were traded for points")

    assert points_of(bob) == (0, 0)
    with pytest.raises(Conflict):
        take_held(actor=manager, hold=hold, reason="Marks were traded for points")
    assert points_of(bob) == (0, 0)


def test_who_may_not_hold_back_changes_nothing(
    manager: Any, mod: Any, alice: Any, bob: Any, points_of: Any
) -> None:
    mark(bob, alice, 6)
    for actor, reason, amount, refusal in (
        (mod, WHY, 10, Refused),
        (bob, WHY, 10, Refused),
        (manager, "no", 10, Invalid),
        (manager, WHY, 0, Invalid),
        (manager, WHY, -5, Invalid),
    ):
        with pytest.raises(refusal):
            hold_back(actor=actor, member=bob, amount=amount, reason=reason, key=f"x{amount}")
    with pytest.raises(Conflict):
        hold_back(actor=manager, member=alice, amount=10, reason=WHY, key="nothing")

    assert (points_of(bob), Hold.objects.count()) == ((60, 60), 0)


def test_a_manager_holds_them_from_the_page(
    manager: Any, alice: Any, bob: Any, sign_in: Any, points_of: Any
) -> None:
    old(alice, bob)
    mark(bob, alice, 6)
    address = f"/admin/points/daytotal/hold/?days=30&pattern=one_giver&member={bob.pk}&giver={alice.pk}"
    client = sign_in(manager)

    assert "Hold these points" in client.get("/admin/points/daytotal/").content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "no"}).status_code == 422
    assert client.post(address, {"reason": WHY}).status_code in (302, 303)
    assert points_of(bob) == (60, 0)
    assert client.get(address.replace("one_giver", "burst")).status_code == 404
