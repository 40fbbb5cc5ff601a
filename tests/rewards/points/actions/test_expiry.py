"""How long points to spend count: lots are spent by date, policies give the dates, nights do the rest, once."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Refused
from community.notifications.models import Notice
from rewards.points.actions import adjust, award, change_programme, release, reserve, reverse, spend
from rewards.points.audit import audit_ledger
from rewards.points.expiring import Expiring, expiring_of, say_expiry
from rewards.points.models import MAIN, Account, Allocation, Lot, Programme, Transfer
from rewards.points.tasks import expire_lots
from tests.rewards.conftest import unguarded

DAY = dt.timedelta(days=1)
NOW = timezone.now


def give(manager: Any, member: Any, points: int) -> Transfer:
    return adjust(actor=manager, member=member, earned=0, spendable=points, reason="For carrying the tables")


def buy(member: Any, amount: int) -> Transfer:
    key = str(Transfer.objects.count())
    return spend(actor=member, amount=amount, scope="store", key=key, memo="Enamel mug")


def date(transfer: Transfer, expires_at: dt.datetime | None) -> None:
    Lot.objects.filter(transfer=transfer).update(expires_at=expires_at)


def left(member: Any) -> list[int]:
    return list(Lot.objects.filter(account__owner=member).order_by("pk").values_list("remaining", flat=True))


def policy(manager: Any, **changes: Any) -> Programme:
    return change_programme(actor=manager, programme=Programme.objects.get(key=MAIN), changes=changes)


def test_what_expires_first_is_spent_first_then_what_is_oldest(
    manager: Any, bob: Any, points_of: Any
) -> None:
    old, soon, later = (give(manager, bob, n) for n in (10, 20, 30))
    date(soon, NOW() + DAY)
    date(later, NOW() + 9 * DAY)

    first = buy(bob, 25)
    assert left(bob) == [10, 0, 25]
    buy(bob, 30)

    assert (left(bob), points_of(bob)) == ([5, 0, 0], (0, 5))
    paid = Allocation.objects.filter(transfer=first).order_by("lot_id").values_list("lot__transfer", "amount")
    assert list(paid) == [(soon.pk, -20), (later.pk, -5)]
    assert old.lot.amount == 10


def test_a_spending_that_is_undone_gives_back_to_the_same_lots(
    manager: Any, bob: Any, points_of: Any
) -> None:
    soon, later = (give(manager, bob, n) for n in (20, 30))
    date(soon, NOW() + DAY)
    spent = buy(bob, 35)

    reverse(actor=manager, transfer=spent, reason="The parcel was lost")

    assert (left(bob), points_of(bob)) == ([20, 30], (0, 50))
    assert later.lot.allocations.count() == 2


def test_what_comes_back_after_its_date_counts_a_while_longer(manager: Any, bob: Any, points_of: Any) -> None:
    lot = give(manager, bob, 20)
    spent = buy(bob, 20)
    date(lot, NOW() - DAY)

    reverse(actor=manager, transfer=spent, reason="The parcel was lost")
    expire_lots()

    assert points_of(bob) == (0, 20)
    lot.lot.refresh_from_db()
    assert NOW() + 29 * DAY < lot.lot.expires_at <= NOW() + 30 * DAY


def test_an_award_that_is_taken_back_takes_from_its_own_lot_first(
    manager: Any, bob: Any, points_of: Any
) -> None:
    soon, mistake = give(manager, bob, 20), give(manager, bob, 30)
    date(soon, NOW() + DAY)

    reverse(actor=manager, transfer=mistake, reason="It was a mistake")
    assert (left(bob), points_of(bob)) == ([20, 0], (0, 20))

    again = give(manager, bob, 30)
    buy(bob, 25)
    reverse(actor=manager, transfer=again, reason="It was a mistake")
    assert (left(bob), points_of(bob)) == ([0, 0, 0], (0, 0))
    assert Account.objects.get(owner=bob, kind="owed").balance == -5


def test_points_whose_time_is_over_leave_once_and_by_their_own_transfer(
    manager: Any, bob: Any, points_of: Any
) -> None:
    over, stays = give(manager, bob, 20), give(manager, bob, 30)
    date(over, NOW() + DAY)
    buy(bob, 5)
    date(over, NOW() - DAY)

    expire_lots()
    expire_lots()

    assert (left(bob), points_of(bob)) == ([0, 30], (0, 30))
    (gone,) = Transfer.objects.filter(kind="expiry")
    assert (gone.spendable, gone.earned, stays.lot.remaining) == (-15, 0, 30)
    assert Account.objects.get(owner=None, kind="lapsed").balance == 15


def test_what_is_held_waits_until_its_hold_ends(manager: Any, bob: Any, points_of: Any) -> None:
    over = give(manager, bob, 20)
    hold = reserve(actor=bob, amount=15, scope="store", key="h", memo="Mug", lasts=DAY)
    date(over, NOW() - DAY)

    expire_lots()
    assert (left(bob), points_of(bob)) == ([15], (0, 0))
    release(actor=bob, hold=hold)
    assert points_of(bob) == (0, 15)


def test_an_expiry_that_was_a_mistake_is_given_back(manager: Any, bob: Any, points_of: Any) -> None:
    date(give(manager, bob, 20), NOW() - DAY)
    expire_lots()

    reverse(actor=manager, transfer=Transfer.objects.get(kind="expiry"), reason="We had promised a year")
    expire_lots()

    assert points_of(bob) == (0, 20)
    assert Account.objects.get(owner=None, kind="lapsed").balance == 0


def test_points_never_expire_until_a_manager_says_so(manager: Any, bob: Any, points_of: Any) -> None:
    give(manager, bob, 20)
    expire_lots()

    assert (points_of(bob), expiring_of(bob)) == ((0, 20), [])
    assert say_expiry() == "Points to spend do not expire."


def test_a_new_policy_dates_what_there_is_from_now_on(manager: Any, bob: Any) -> None:
    old = give(manager, bob, 20)
    long_ago = NOW() - dt.timedelta(days=800)
    unguarded(f"UPDATE points_lot SET came_at = '{long_ago.isoformat()}'")
    row = policy(manager, expiry="rolling", months=12)
    expire_lots()

    old.lot.refresh_from_db()
    assert old.lot.expires_at > row.switched_at + dt.timedelta(days=364)
    (one,) = expiring_of(bob)
    assert (one.points, one.day) == (20, (old.lot.expires_at - DAY).date())
    changed = Activity.objects.get(verb="points.programme_changed").payload
    assert changed["before"] == {"expiry": "never"} and changed["after"] == {"expiry": "rolling"}

    promised = old.lot.expires_at
    policy(manager, months=1)
    expire_lots()
    old.lot.refresh_from_db()
    assert old.lot.expires_at == promised

    policy(manager, expiry="never")
    expire_lots()
    assert expiring_of(bob) == []


def test_taking_part_puts_off_what_inactivity_would_end(manager: Any, bob: Any, points_of: Any) -> None:
    give(manager, bob, 20)
    policy(manager, expiry="inactivity", months=1)
    expire_lots()
    Lot.objects.update(expires_at=NOW() - DAY)
    award(actor=None, rule_key="good_deed", member_id=bob.pk, source_type="deed", source_id=1)

    expire_lots()
    assert points_of(bob) == (100, 120)
    (one,) = expiring_of(bob)
    assert one.points == 120 and one.day > NOW().date() + 27 * DAY


def test_inactivity_ends_everything_once_its_clock_ran_out(manager: Any, bob: Any, points_of: Any) -> None:
    give(manager, bob, 20)
    policy(manager, expiry="inactivity", months=1)
    expire_lots()
    Programme.objects.update(switched_at=NOW() - dt.timedelta(days=40))
    Lot.objects.update(expires_at=NOW() - DAY)

    expire_lots()

    assert points_of(bob) == (0, 0)


def test_members_are_told_thirty_days_before_and_seven_and_each_once(
    manager: Any, bob: Any, deliver_all: Any
) -> None:
    lot = give(manager, bob, 20)
    deliver_all()
    for ahead, notices in ((31, 0), (29, 1), (29, 1), (6, 2), (6, 2)):
        end = (NOW() + ahead * DAY).replace(hour=0, minute=0, second=0, microsecond=0)
        if lot.lot.expires_at != end:
            date(lot, end)
        expire_lots()
        deliver_all()
        assert Notice.objects.filter(member=bob, kind="points.expiring").count() == notices


def test_those_who_turned_points_off_are_not_told(manager: Any, bob: Any, deliver_all: Any) -> None:
    bob.quiet_mode = True
    bob.save()
    date(give(manager, bob, 20), NOW() + 5 * DAY)
    expire_lots()
    deliver_all()

    assert not Notice.objects.filter(member=bob, kind="points.expiring").exists()


def test_only_managers_change_how_long_points_count(mod: Any, alice: Any) -> None:
    for actor in (mod, alice):
        with pytest.raises(Refused):
            policy(actor, expiry="rolling")
    assert Programme.objects.get().expiry == "never"


@pytest.mark.parametrize(
    "changes", [{"months": 0}, {"months": 121}, {"month": 13}, {"day": 0}, {"expiry": "x"}]
)
def test_a_policy_that_cannot_be_is_refused(manager: Any, changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError), transaction.atomic():
        policy(manager, **changes)
    assert Programme.objects.get().version == 0


def test_balances_from_before_lots_get_theirs(manager: Any, bob: Any, points_of: Any) -> None:
    """What an older version moved, which keeps no lots: more than they say, and less."""
    give(manager, bob, 20)
    give(manager, bob, 30)
    unguarded("DELETE FROM points_lot WHERE amount = 20")
    assert {breach.promise for breach in audit_ledger()} == {"L3-lots"}

    buy(bob, 25)

    assert points_of(bob) == (0, 25)
    assert sorted(left(bob)) == [0, 25]


def test_a_night_mends_lots_that_are_out_of_step(manager: Any, bob: Any, alice: Any, points_of: Any) -> None:
    give(manager, bob, 20)
    give(manager, alice, 30)
    buy(alice, 10)
    unguarded(
        "DELETE FROM points_lot WHERE amount = 20",
        "DELETE FROM points_allocation",
        "UPDATE points_lot SET remaining = amount",
    )

    expire_lots()

    assert (points_of(bob), left(bob), points_of(alice), left(alice)) == ((0, 20), [20], (0, 20), [20])


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE points_lot SET amount = 99",
        "DELETE FROM points_lot",
        "UPDATE points_lot SET remaining = -1",
        "DELETE FROM points_allocation",
        "UPDATE points_allocation SET amount = 1",
    ],
)
def test_the_database_refuses_to_change_what_came_and_who_paid(manager: Any, bob: Any, sql: str) -> None:
    give(manager, bob, 20)
    buy(bob, 5)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_award_costs_one_statement_for_its_lot(
    manager: Any, bob: Any, django_assert_max_num_queries: Any
) -> None:
    give(manager, bob, 1)
    with django_assert_max_num_queries(30) as seen:
        award(actor=None, rule_key="good_deed", member_id=bob.pk, source_type="deed", source_id=1)
    assert sum("points_lot" in query["sql"] for query in seen.captured_queries) == 1


def test_the_statement_says_until_when(manager: Any, bob: Any, sign_in: Any) -> None:
    date(give(manager, bob, 20), dt.datetime(2031, 3, 1, tzinfo=dt.UTC))

    text = sign_in(bob).get("/me/points/").content.decode()

    assert "Points to spend with a date" in text and 'datetime="2031-02-28"' in text
    assert expiring_of(bob) == [Expiring(dt.date(2031, 2, 28), 20)]
