"""Only those who chose to appear, for helping, and only what still stands."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache

from community.members.models import Member
from community.threads.actions import accept_answer, add_reaction, unaccept_answer
from rewards.leaderboards.periods import Period, first_day
from rewards.leaderboards.queries import BoardPage, get_page, most_helpful


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


def get_board(viewer: Any, period: Period) -> BoardPage:
    """Return the shipped list as somebody sees it."""
    page = get_page(viewer, "helpful", str(period))
    assert page is not None
    return page


@pytest.fixture
def answer(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any, deliver_all: Any) -> Any:
    """Bob's accepted answer to Alice's question; Carol was helped by it."""
    post = make_reply(bob, make_thread(alice, space))
    accept_answer(actor=alice, post=post)
    add_reaction(actor=alice, post=post, kind="helpful")
    deliver_all()
    return post


def choose(member: Any) -> None:
    Member.objects.filter(pk=member.pk).update(on_leaderboards=True)
    cache.clear()


def test_nobody_appears_who_has_not_chosen_to(answer: Any) -> None:
    assert get_board(None, Period.WEEK).ranks == []


def test_a_place_says_what_it_is_for(answer: Any, bob: Any) -> None:
    choose(bob)

    [rank] = get_board(None, Period.ALL).ranks
    assert (rank.place, rank.member, rank.is_viewer) == (1, bob, False)
    assert rank.reason == "17 points, 1 answer accepted, 1 mark from a reader"
    assert get_board(bob, Period.ALL).ranks[0].is_viewer


def test_a_choice_taken_back_counts_at_once(answer: Any, bob: Any) -> None:
    choose(bob)
    assert len(get_board(None, Period.WEEK).ranks) == 1

    Member.objects.filter(pk=bob.pk).update(on_leaderboards=False)
    assert get_board(None, Period.WEEK).ranks == []


def test_those_who_left_or_joined_the_team_are_not_in_the_list(answer: Any, bob: Any) -> None:
    choose(bob)
    Member.objects.filter(pk=bob.pk).update(role="moderator")
    assert get_board(None, Period.WEEK).ranks == []

    Member.objects.filter(pk=bob.pk).update(role="member", is_active=False)
    cache.clear()
    assert get_board(None, Period.WEEK).ranks == []


def test_what_was_taken_back_does_not_count(answer: Any, alice: Any, bob: Any, deliver_all: Any) -> None:
    choose(bob)
    unaccept_answer(actor=alice, thread=answer.thread)
    deliver_all()
    cache.clear()

    assert get_board(None, Period.WEEK).ranks[0].reason == "2 points, 1 mark from a reader"


def test_a_first_question_is_not_helping(answer: Any, alice: Any) -> None:
    choose(alice)

    assert get_board(None, Period.ALL).ranks == []


def test_one_sees_ones_own_place_and_neighbours_beyond_the_list(answer: Any, bob: Any) -> None:
    choose(bob)
    bob.refresh_from_db()

    board = get_page(bob, "helpful", "week", limit=0)
    assert board is not None
    assert (board.ranks, [rank.is_viewer for rank in board.around]) == ([], [True])
    guests = get_page(None, "helpful", "week", limit=0)
    assert guests is not None and guests.around == []


def test_home_names_the_few_who_helped_lately(answer: Any, bob: Any) -> None:
    assert most_helpful(3)[1] == []

    choose(bob)
    period, [rank] = most_helpful(3)
    assert (period, rank.member) == (Period.WEEK, bob)


def test_quarters_and_years_begin_on_their_first_day() -> None:
    assert first_day(Period.QUARTER, dt.date(2026, 2, 23)) == dt.date(2026, 1, 1)
    assert first_day(Period.QUARTER, dt.date(2026, 12, 31)) == dt.date(2026, 10, 1)
    assert first_day(Period.YEAR, dt.date(2026, 12, 31)) == dt.date(2026, 1, 1)


def test_weeks_begin_on_monday_and_months_on_the_first() -> None:
    assert first_day(Period.WEEK, dt.date(2026, 3, 1)) == dt.date(2026, 2, 23)
    assert first_day(Period.WEEK, dt.date(2026, 3, 2)) == dt.date(2026, 3, 2)
    assert first_day(Period.MONTH, dt.date(2026, 3, 31)) == dt.date(2026, 3, 1)
