"""Lists of several kinds: what they count, among whom, and who may read them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.utils import timezone

from community.errors import NotFound
from community.members.models import Group, GroupMembership, Member
from rewards.leaderboards import ranking
from rewards.leaderboards.models import Board, DaySum
from rewards.leaderboards.periods import Period
from rewards.leaderboards.queries import Rank, get_page, list_boards

Sums = Callable[..., Member]


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def sums(make_member: Any) -> Sums:
    """Return what makes a member who appears, with a sum of one day."""

    def make(handle: str, points: int, *, rule: str = "post_helped", ago: int = 0, space: int = 0) -> Member:
        member = Member.objects.filter(handle=handle).first() or make_member(handle, on_leaderboards=True)
        day = ranking.today() - dt.timedelta(days=ago)
        fields = {"points": points, "helping": points, "times": points}
        DaySum.objects.create(member=member, day=day, rule_key=rule, space_id=space, **fields)
        return member

    return make


def places(board: Board, viewer: Any = None, **more: Any) -> list[tuple[int, str]]:
    cache.clear()
    page = get_page(viewer, board.key, "all", **more)
    assert page is not None
    return [(rank.place, rank.member.handle) for rank in page.ranks]


def board(**fields: Any) -> Board:
    return Board.objects.create(key=fields.pop("key", "ours"), name="Ours", **{"period": "all", **fields})


def test_equal_amounts_share_a_place_and_the_next_is_one_further(sums: Sums) -> None:
    for handle, points in (("ann", 5), ("ben", 9), ("cem", 5), ("dia", 1)):
        sums(handle, points)

    assert places(board()) == [(1, "ben"), (2, "ann"), (2, "cem"), (3, "dia")]


def test_a_page_continues_where_the_last_one_ended_however_long_the_list(
    sums: Sums, monkeypatch: Any
) -> None:
    for n in range(7):
        sums(f"m{n}", 3 if n < 4 else 1)
    ours, whole = board(), places(Board.objects.get(key="ours"))
    for counted in (1000, 3):
        monkeypatch.setattr(ranking, "COUNTED", counted)
        cache.clear()
        found: list[Rank] = []
        after = ""
        while True:
            page = get_page(None, ours.key, after=after, limit=2)
            assert page is not None
            found += page.ranks
            after = page.after
            if not after:
                break
        assert [(rank.place, rank.member.handle) for rank in found] == whole


def test_neighbours_are_found_beyond_what_is_remembered(sums: Sums, monkeypatch: Any) -> None:
    people = [sums(f"m{n}", 20 - n) for n in range(8)]
    monkeypatch.setattr(ranking, "COUNTED", 3)
    cache.clear()
    page = get_page(people[6], board().key, limit=2)

    assert page is not None
    assert [(rank.place, rank.is_viewer) for rank in page.around] == [(6, False), (7, True), (8, False)]


@pytest.mark.parametrize(
    ("metric", "reason"),
    [
        ("helping", "7 points, 2 answers accepted, 5 marks from readers"),
        ("points", "7 points, 2 answers accepted, 5 marks from readers"),
        ("accepted", "2 answers accepted"),
        ("marks", "5 marks from readers"),
    ],
)
def test_each_metric_says_what_it_counted(sums: Sums, metric: str, reason: str) -> None:
    sums("ann", 2, rule="answer_accepted")
    sums("ann", 5)
    page = get_page(None, board(metric=metric).key)

    assert page is not None and [rank.reason for rank in page.ranks] == [reason]


def test_a_list_of_one_rule_counts_how_often_it_paid(sums: Sums) -> None:
    sums("ann", 3, rule="good_deed")
    sums("ben", 9)
    page = get_page(None, board(metric="rule", rule_key="good_deed").key)

    assert page is not None
    assert [(rank.member.handle, rank.reason) for rank in page.ranks] == [("ann", "3 times")]


def test_newcomers_are_those_who_joined_lately(sums: Sums) -> None:
    old = sums("ann", 5)
    Member.objects.filter(pk=old.pk).update(joined_at=timezone.now() - dt.timedelta(days=31))
    sums("ben", 1)

    assert places(board(newcomer_days=30)) == [(1, "ben")]


def test_fixed_days_count_what_lies_between_them(sums: Sums) -> None:
    sums("ann", 5, ago=10)
    sums("ben", 5, ago=2)
    day = ranking.today()
    ours = board(period="fixed", starts_on=day - dt.timedelta(days=3), ends_on=day)

    assert places(ours) == [(1, "ben")]


def test_a_list_of_a_private_space_is_read_by_who_sees_the_space(
    sums: Sums, bob: Any, manager: Any, private_space: Any
) -> None:
    sums("ann", 5, space=private_space.pk)
    sums("ben", 9)
    ours = board(space=private_space)

    assert places(ours, manager) == [(1, "ann")]
    for stranger in (None, bob):
        assert ours not in list_boards(stranger)
        with pytest.raises(NotFound):
            get_page(stranger, ours.key)


def test_a_list_of_a_group_is_read_by_who_may_read_who_is_in_it(sums: Sums, bob: Any) -> None:
    ann, _ben = sums("ann", 5), sums("ben", 9)
    group = Group.objects.create(name="Testers", slug="testers")
    GroupMembership.objects.create(group=group, member=ann)
    ours = board(group=group)

    assert places(ours, ann) == [(1, "ann")]
    with pytest.raises(NotFound):
        get_page(bob, ours.key)


def test_a_hidden_list_is_not_there(sums: Sums, mod: Any) -> None:
    ours = board(is_shown=False)

    with pytest.raises(NotFound):
        get_page(mod, ours.key)
    Board.objects.update(is_shown=False)
    assert get_page(mod, "") is None


def test_who_comes_while_a_list_is_counted_anew_reads_it_as_it_was(sums: Sums, monkeypatch: Any) -> None:
    # A memory of its own: other tests empty the one they share whenever they like.
    memory = LocMemCache("lists", {})
    monkeypatch.setattr(ranking, "cache", memory)
    ours = board()
    sums("ann", 5)
    assert len(ranking.first_rows(ours, Period.ALL)) == 1
    sums("ben", 9)
    assert len(ranking.first_rows(ours, Period.ALL)) == 1

    due = f"{ranking._key(ours, Period.ALL, 'top')}:fresh"
    memory.delete(due)
    assert memory.add(due, True, 60)
    assert len(ranking.first_rows(ours, Period.ALL)) == 1
    memory.delete(due)
    assert len(ranking.first_rows(ours, Period.ALL)) == 2


def test_a_page_costs_the_same_for_one_place_and_for_twenty(
    sums: Sums, sign_in: Any, bob: Any, django_assert_max_num_queries: Any
) -> None:
    client, ours = sign_in(bob), board()
    for n in range(20):
        sums(f"m{n}", n + 1)
    client.get(ours.get_absolute_url())
    with django_assert_max_num_queries(6):
        assert "m19" in client.get(ours.get_absolute_url()).content.decode()
