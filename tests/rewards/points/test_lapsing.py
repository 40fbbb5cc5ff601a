"""Points whose date is over are not spent, whether or not the night has come: at the very moment, and when many ask at once."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Sum, Value
from django.db.models.functions import Now
from django.utils import timezone

from community.errors import DomainError, Refused
from community.members.models import Member
from rewards.points.actions import adjust, award, capture, change_programme, release, reserve, spend
from rewards.points.actions.expiry import expire_points
from rewards.points.audit import audit_ledger
from rewards.points.joining import carry_over
from rewards.points.models import MAIN, Account, Lot, Programme, Transfer
from rewards.points.tasks import expire_lots
from tests.rewards.conftest import ship_everything

DAY = dt.timedelta(days=1)
SOON = dt.timedelta(seconds=20)


def give(manager: Any, member: Any, points: int, *, ends: dt.timedelta | None = None) -> Transfer:
    """Give points to spend; `ends` is how long from now they reach their date, by the database's clock."""
    given = adjust(actor=manager, member=member, earned=0, spendable=points, reason="For carrying the tables")
    if ends is not None:
        at = ExpressionWrapper(Now() + Value(ends), output_field=DateTimeField())
        Lot.objects.filter(transfer=given).update(expires_at=at)
    return given


def buy(member: Any, amount: int, key: str = "mug") -> Transfer:
    return spend(actor=member, amount=amount, scope="store", key=key, memo="Enamel mug")


def hold(member: Any, amount: int, key: str = "h") -> Any:
    return reserve(actor=member, amount=amount, scope="store", key=key, memo="Enamel mug", lasts=DAY)


def lapsed() -> int:
    found = Transfer.objects.filter(kind="expiry").aggregate(n=Sum("spendable"))["n"]
    return -int(found or 0)


@pytest.mark.parametrize("take", [buy, hold])
def test_at_its_moment_a_point_counts_no_more(take: Any, manager: Any, bob: Any, points_of: Any) -> None:
    give(manager, bob, 20, ends=dt.timedelta())

    with pytest.raises(Refused) as refused, transaction.atomic():
        take(bob, 1)

    assert (refused.value.code, str(refused.value.message)) == ("not_enough_points", "1 to go")
    assert (points_of(bob), lapsed()) == ((0, 20), 0)


@pytest.mark.parametrize("take", [buy, hold])
def test_shortly_before_it_still_does(take: Any, manager: Any, bob: Any, points_of: Any) -> None:
    give(manager, bob, 20, ends=SOON)

    take(bob, 20)
    assert (points_of(bob), lapsed()) == ((0, 0), 0)


@pytest.mark.parametrize("take", [buy, hold])
def test_what_is_over_leaves_first_and_the_rest_is_taken_from_what_counts(
    take: Any, manager: Any, bob: Any, points_of: Any
) -> None:
    over, stays = give(manager, bob, 20, ends=-DAY), give(manager, bob, 30)

    take(bob, 30)
    assert (points_of(bob), lapsed()) == ((0, 0), 20)
    over.lot.refresh_from_db()
    stays.lot.refresh_from_db()
    assert (over.lot.remaining, stays.lot.remaining) == (0, 0 if take is buy else 30)

    expire_lots()
    assert lapsed() == 20


def test_the_same_request_has_the_same_answer_after_the_date_too(
    manager: Any, bob: Any, points_of: Any
) -> None:
    given = give(manager, bob, 20)
    bought, held = buy(bob, 5), hold(bob, 10)
    Lot.objects.filter(transfer=given).update(expires_at=timezone.now() - DAY)

    assert (buy(bob, 5), hold(bob, 10)) == (bought, held)
    assert (points_of(bob), lapsed()) == ((0, 5), 0)


def test_what_was_set_aside_in_time_may_be_spent_after_the_date(
    manager: Any, bob: Any, points_of: Any
) -> None:
    given = give(manager, bob, 20)
    first, other = hold(bob, 12, "a"), hold(bob, 5, "b")
    Lot.objects.filter(transfer=given).update(expires_at=timezone.now() - DAY)

    assert capture(actor=bob, hold=first).spendable == -12
    release(actor=bob, hold=other)
    with pytest.raises(Refused), transaction.atomic():
        buy(bob, 1)
    expire_lots()
    assert (points_of(bob), lapsed()) == ((0, 0), 8)


def test_who_took_part_yesterday_loses_nothing_because_the_night_is_late(
    manager: Any, alice: Any, bob: Any, points_of: Any
) -> None:
    change_programme(
        actor=manager,
        programme=Programme.objects.get(key=MAIN),
        changes={"expiry": "inactivity", "months": 1},
    )
    award(actor=None, rule_key="good_deed", member_id=bob.pk, source_type="deed", source_id=1)
    Lot.objects.update(expires_at=timezone.now() - dt.timedelta(hours=1))

    buy(bob, 100)
    assert (points_of(bob), lapsed()) == ((100, 0), 0)


def test_joining_two_accounts_does_not_bring_back_what_is_over(
    manager: Any, alice: Any, bob: Any, points_of: Any
) -> None:
    give(manager, bob, 20, ends=-DAY)
    give(manager, bob, 5)
    give(manager, alice, 7, ends=-DAY)

    carry_over(bob, alice)
    assert (points_of(bob), points_of(alice)) == ((0, 0), (0, 12))
    carry_over(alice, bob)
    assert (points_of(bob), points_of(alice), lapsed()) == ((0, 5), (0, 0), 27)


@pytest.mark.django_db(transaction=True)
def test_ten_who_spend_while_the_night_comes_move_out_what_is_over_once(make_member: Any) -> None:
    ship_everything()
    manager, rich = make_member("boss", role="manager"), make_member("rich")
    give(manager, rich, 40, ends=-DAY)
    give(manager, rich, 5)
    gate = threading.Barrier(10)

    def run(n: int) -> bool:
        gate.wait(timeout=20)
        try:
            if n in (3, 6):
                expire_points()
                return False
            (hold if n % 2 else buy)(Member.objects.get(pk=rich.pk), 1, f"at-once-{n}")
        except DomainError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(10) as pool:
        taken = sum(pool.map(run, range(10)))

    account = Account.objects.get(owner=rich, unit="spend", kind="member")
    assert (taken, account.balance - account.held, lapsed()) == (5, 0, 40)
    assert Lot.objects.filter(account=account, remaining__gt=F("amount")).count() == 0
    assert audit_ledger() == []
