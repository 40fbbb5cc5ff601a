"""Reading lists: who is in them, of those who chose to appear, with the reason beside each name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import ngettext
from redis.exceptions import RedisError

from community.errors import NotFound
from community.members.models import Member, Role
from rewards.leaderboards import ranking
from rewards.leaderboards.models import Board, BoardPeriod, Metric
from rewards.leaderboards.periods import Period
from rewards.leaderboards.ranking import Row, first_rows, rows_around, rows_beyond

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Rank:
    """One place: who, and what for."""

    place: int
    member: Member
    reason: str
    is_viewer: bool


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One page of a list. `around` is the viewer's own place with its neighbours, when the first page does not show it.

    `after` continues the list; empty at its end. `choices` are the periods a reader may choose among.
    """

    board: Board
    boards: list[Board]
    period: Period
    choices: list[Period]
    ranks: list[Rank]
    around: list[Rank]
    after: str
    is_first: bool
    viewer_appears: bool
    viewer_can_appear: bool


def list_boards(viewer: Member | None) -> list[Board]:
    """Return the lists that a viewer may read, in their order."""
    return list(Board.objects.visible_to(viewer).select_related("space", "group"))


def get_board_for(viewer: Member | None, key: str) -> Board:
    """Return a list that `viewer` may read. Raises `NotFound`."""
    board = next((board for board in list_boards(viewer) if board.key == key), None)
    if board is None:
        raise NotFound()
    return board


def get_page(
    viewer: Member | None, key: str, period: str = "", *, after: str = "", limit: int = SHOWN
) -> BoardPage | None:
    """Return a page of a list, or of the first one without a key; None when there is none at all. Raises `NotFound`.

    Only viewers themselves are told their own place.
    """
    boards = list_boards(viewer)
    board = next((board for board in boards if board.key == key or not key), None)
    if board is None:
        if key:
            raise NotFound()
        return None
    choices = list(Period) if board.period == BoardPeriod.CHOICE else []
    chosen = _period(board, period)
    begins = _read_after(after)
    rows = rows_beyond(board, chosen, begins, limit + 1) if begins else first_rows(board, chosen)[: limit + 1]
    shown, more = rows[:limit], len(rows) > limit
    nearby = _nearby(board, chosen, viewer, shown) if begins is None else []
    people = _people([row.member_id for row in (*shown, *nearby)])
    return BoardPage(
        board=board,
        boards=boards,
        period=chosen,
        choices=choices,
        ranks=_ranks(board, shown, people, viewer),
        around=_ranks(board, nearby, people, viewer),
        after=f"{shown[-1].amount}-{shown[-1].member_id}" if more and shown else "",
        is_first=begins is None,
        viewer_appears=viewer is not None and viewer.on_leaderboards,
        viewer_can_appear=viewer is not None and viewer.role == Role.MEMBER and not viewer.quiet_mode,
    )


def most_helpful(limit: int) -> tuple[Period, list[Rank]]:
    """Return the first few of the first list for everyone, this week, or this month while the week is young."""
    period, rows = _at_home(limit)
    board = Board(metric=Metric.HELPING)
    return period, _ranks(board, rows, _people([row.member_id for row in rows]), None)


def _at_home(limit: int) -> tuple[Period, list[Row]]:
    """Remembered as a whole, so that the home page asks for one thing only."""
    key = f"leaderboard:home:{ranking.today()}:{limit}"
    try:
        known = cache.get(key)
    except (RedisError, OSError):
        known = None
    if known is not None:
        return Period(known[0]), [Row(*row) for row in known[1]]
    found = _count_home(limit)
    try:
        cache.set(key, (str(found[0]), [tuple(row) for row in found[1]]), ranking.KEEP_SECONDS)
    except (RedisError, OSError):
        return found
    return found


def _count_home(limit: int) -> tuple[Period, list[Row]]:
    everywhere = Board.objects.visible_to(None).filter(
        metric=Metric.HELPING, period=BoardPeriod.CHOICE, space=None, group=None, newcomer_days=None
    )
    board = everywhere.first()
    for period in (Period.WEEK, Period.MONTH):
        rows = first_rows(board, period)[:limit] if board else []
        if rows:
            return period, rows
    return Period.WEEK, []


def _period(board: Board, asked: str) -> Period:
    """Return the period to show: the reader's choice where there is one, an unknown one is the week."""
    if board.period == BoardPeriod.CHOICE:
        return Period(asked) if asked in set(Period) else Period.WEEK
    return Period(board.period) if board.period in set(Period) else Period.ALL


def _nearby(board: Board, period: Period, viewer: Member | None, shown: list[Row]) -> list[Row]:
    if viewer is None or not viewer.on_leaderboards or any(row.member_id == viewer.pk for row in shown):
        return []
    on_page = {row.member_id for row in shown}
    return [row for row in rows_around(board, period, viewer.pk) if row.member_id not in on_page]


def _ranks(board: Board, rows: Iterable[Row], people: dict[int, Member], viewer: Member | None) -> list[Rank]:
    return [
        Rank(
            row.place,
            people[row.member_id],
            say_reason(board, row),
            viewer is not None and viewer.pk == row.member_id,
        )
        for row in rows
        if row.member_id in people
    ]


def say_reason(board: Board, row: Row) -> str:
    """Say what a place is for, what decides it first."""
    if board.metric == Metric.ACCEPTED:
        return _answers(row.amount)
    if board.metric == Metric.MARKS:
        return _marks(row.amount)
    if board.metric == Metric.RULE:
        return ngettext("%(n)s time", "%(n)s times", row.amount) % {"n": row.amount}
    parts = [ngettext("%(n)s point", "%(n)s points", row.amount) % {"n": row.amount}]
    if row.accepted:
        parts.append(_answers(row.accepted))
    if row.marks:
        parts.append(_marks(row.marks))
    return ", ".join(parts)


def _answers(n: int) -> str:
    return ngettext("%(n)s answer accepted", "%(n)s answers accepted", n) % {"n": n}


def _marks(n: int) -> str:
    return ngettext("%(n)s mark from a reader", "%(n)s marks from readers", n) % {"n": n}


def _people(pks: list[int]) -> dict[int, Member]:
    """Load those who still appear: the list is remembered for a while, a choice counts at once."""
    members = Member.objects.get_queryset().present().filter(role=Role.MEMBER, on_leaderboards=True)
    return members.in_bulk(pks)


def _read_after(after: str) -> tuple[int, int] | None:
    """Return the amount and the member that a page ended with; what was not written here begins anew."""
    amount, _dash, member = after.partition("-")
    if not (amount.isdecimal() and member.isdecimal()) or max(len(amount), len(member)) > 15:
        return None
    return int(amount), int(member)
