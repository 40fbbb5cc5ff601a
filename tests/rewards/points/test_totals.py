"""Sums of days are what the ledger says, whichever days were counted when."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from rewards.points.actions import adjust, award, reverse, spend
from rewards.points.models import DayTotal, Transfer
from rewards.points.totals import SETTLED, keep_totals, read_totals

LONG_AGO = dt.date(2000, 1, 1)


def back(transfer: Transfer, days: int) -> Transfer:
    """Let a transfer have been booked some days ago, past the guards of the ledger."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE points_transfer SET created_at = created_at - make_interval(days => %s) WHERE id = %s",
            [days, transfer.pk],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    return transfer


@pytest.fixture
def moved(manager: Any, bob: Any) -> None:
    paid = award(actor=None, rule_key="good_deed", member_id=bob.pk, source_type="deed", source_id=1)
    assert paid is not None
    back(paid, 40)
    other = award(actor=None, rule_key="good_deed", member_id=bob.pk, source_type="deed", source_id=2)
    assert other is not None
    back(other, 3)
    back(reverse(actor=manager, transfer=other, reason="It was a mistake of ours"), 2)
    back(spend(actor=bob, amount=30, scope="store", key="mug", memo="Enamel mug"), 2)
    adjust(actor=manager, member=bob, earned=5, spendable=7, reason="For carrying the tables")


def said() -> list[tuple[int, str, str, int, int, int]]:
    today = timezone.now().astimezone(dt.UTC).date()
    rows = [
        ((today - row.day).days, row.kind, row.rule_key, row.times, row.earned, row.spendable)
        for row in read_totals(LONG_AGO)
    ]
    return sorted(rows, reverse=True)


def test_what_was_taken_back_counts_against_what_it_took_back(moved: None) -> None:
    assert said() == [
        (40, "award", "good_deed", 1, 100, 100),
        (3, "award", "good_deed", 1, 100, 100),
        (2, "spending", "", 1, 0, -30),
        (2, "award", "good_deed", 0, -100, -100),
        (0, "adjustment", "", 1, 5, 7),
    ]


def test_counting_days_that_are_over_changes_nothing_of_what_is_said(moved: None) -> None:
    before = said()

    # In the first hour of a day the one before may still be written to.
    settled = (timezone.now() - SETTLED).astimezone(dt.UTC).date()
    first = timezone.now().astimezone(dt.UTC).date() - dt.timedelta(days=40)
    assert keep_totals() == (settled - first).days
    assert said() == before
    assert DayTotal.objects.count() == 4
    assert keep_totals() in (0, 1, 2)
    assert (said(), DayTotal.objects.count()) == (before, 4)


def test_some_days_can_be_asked_for(moved: None) -> None:
    keep_totals()
    today = timezone.now().astimezone(dt.UTC).date()

    assert sum(row.spendable for row in read_totals(today - dt.timedelta(days=2))) == -100 - 30 + 7
    assert sum(row.spendable for row in read_totals(today)) == 7


def test_without_a_ledger_there_is_nothing_to_count(db: None) -> None:
    assert (keep_totals(), read_totals(LONG_AGO)) == (0, [])
