"""Reading points: a member's own statement, and what is on its way. The rules everyone can read are in `how.py`."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from community.members.models import Member, Role
from community.threads.models import Post
from rewards.points.earning.caps import Caps, daily_cap, day_of
from rewards.points.expiring import Expiring, expiring_of
from rewards.points.models import (
    MAIN,
    Account,
    AccountKind,
    EarningRule,
    Hold,
    PendingAward,
    PendingState,
    Transfer,
    TransferKind,
    Unit,
)
from rewards.points.saying import say_boost
from rewards.points.words import say_what, say_why, translated

PAGE = 30
MOST_PENDING = 50
NEWEST_ON_PROFILE = 4
MOST_HOLDS = 50


def rule_points(key: str) -> int:
    """Return how many points a rule pays now; 0 when it is paused or unknown."""
    rule = EarningRule.objects.in_force().filter(key=key, is_active=True).first()
    return rule.points if rule else 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a statement. `href` leads to the cause, when its reader may see it."""

    pk: int
    what: str
    why: str
    title: str
    href: str
    post_id: int | None
    earned: int
    spendable: int
    occurred_at: dt.datetime
    is_undone: bool


@dataclass(frozen=True, slots=True)
class PendingLine:
    """Points on their way. `href` leads to the cause, when its reader may see it."""

    pk: int
    what: str
    why: str
    title: str
    href: str
    points: int
    occurred_at: dt.datetime
    due_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Today:
    """How much of the daily limit is used."""

    earned: int
    cap: int

    @property
    def is_full(self) -> bool:
        """Whether nothing more counts today."""
        return self.earned >= self.cap


@dataclass(frozen=True, slots=True)
class Statement:
    """One page of a member's own statement; `after` continues it, 0 at the end."""

    lines: list[Line]
    pending: list[PendingLine]
    earned: int
    to_spend: int
    owed: int
    held: int
    holds: list[Hold]
    expiring: list[Expiring]
    today: Today
    after: int
    is_first: bool
    earns: bool

    @property
    def on_their_way(self) -> int:
        """How many points are on their way."""
        return sum(line.points for line in self.pending)


def get_statement(member: Member, *, after: int = 0) -> Statement:
    """Return a page of a member's own statement, newest first. `after` comes from the page before."""
    lines = _lines(member, after=after, limit=PAGE + 1)
    owed, held = _owed_and_held(member, MAIN)
    return Statement(
        lines=lines[:PAGE],
        pending=[] if after else list_pending(member),
        earned=member.points_earned,
        to_spend=member.points_to_spend,
        owed=owed,
        held=held,
        holds=list(open_holds(member)[:MOST_HOLDS]) if held else [],
        expiring=expiring_of(member),
        today=today_of(member),
        after=lines[PAGE - 1].pk if len(lines) > PAGE else 0,
        is_first=after == 0,
        earns=member.role == Role.MEMBER,
    )


def list_pending(member: Member) -> list[PendingLine]:
    """Return a member's points that are on their way, those first that are final first."""
    rows = PendingAward.objects.filter(member=member, state=PendingState.WAITING)
    waiting = list(rows.select_related("rule", "campaign").order_by("due_at", "pk")[:MOST_PENDING])
    causes = _causes(member, waiting) if waiting else {}
    return [_pending_line(it, causes) for it in waiting]


def _pending_line(pending: PendingAward, causes: dict[int, tuple[str, str]]) -> PendingLine:
    title, href = causes.get(pending.post_id or 0, ("", ""))
    return PendingLine(
        pk=pending.pk,
        what=translated(pending.rule.name),
        why=say_boost(pending.campaign) if pending.campaign else "",
        title=title,
        href=href,
        points=pending.points,
        occurred_at=pending.occurred_at,
        due_at=pending.due_at,
    )


def _owed_and_held(member: Member, programme: str) -> tuple[int, int]:
    accounts = Account.objects.filter(owner=member, programme_id=programme, unit=Unit.SPEND)
    found = {kind: (balance, held) for kind, balance, held in accounts.values_list("kind", "balance", "held")}
    return -found.get(AccountKind.OWED, (0, 0))[0], found.get(AccountKind.MEMBER, (0, 0))[1]


def open_holds(member: Member) -> QuerySet[Hold]:
    """Return what of a member's points is set aside now, what ends first first."""
    return Hold.objects.open().filter(member=member).order_by("expires_at", "pk")


def newest_lines(member: Member) -> list[Line]:
    """Return the few newest lines of a member's own statement."""
    return _lines(member, after=0, limit=NEWEST_ON_PROFILE)


def today_of(member: Member) -> Today:
    """Return how much of today's limit a member has used."""
    day = (member.pk, day_of(timezone.now()))
    return Today(Caps([day]).earned(day), daily_cap())


def _lines(member: Member, *, after: int, limit: int) -> list[Line]:
    rows = (
        Transfer.objects.filter(member=member, programme_id=MAIN)
        .select_related("reverses", "reversal", "boost__campaign")
        .order_by("-pk")
    )
    if after:
        rows = rows.filter(pk__lt=after)
    transfers = list(rows[:limit])
    causes = _causes(member, transfers)
    return [_line(transfer, causes) for transfer in transfers]


def _causes(member: Member, transfers: Sequence[Transfer | PendingAward]) -> dict[int, tuple[str, str]]:
    """Return the title and address of the posts that transfers came from, of those their reader may see now."""
    wanted = {transfer.post_id for transfer in transfers if transfer.post_id}
    posts = Post.objects.visible_to(member).filter(pk__in=wanted).values_list("pk", "thread__title")
    return {pk: (title, Post(pk=pk).get_absolute_url()) for pk, title in posts}


def _line(transfer: Transfer, causes: dict[int, tuple[str, str]]) -> Line:
    title, href = causes.get(transfer.post_id or 0, ("", ""))
    return Line(
        pk=transfer.pk,
        what=say_what(transfer),
        why=say_why(transfer),
        title=title,
        href=href,
        post_id=transfer.post_id,
        earned=transfer.earned,
        spendable=transfer.spendable,
        occurred_at=transfer.occurred_at,
        is_undone=hasattr(transfer, "reversal"),
    )


def iterate_statement(member: Member) -> Iterator[list[str]]:
    """Yield a member's whole statement as rows of text, oldest first, for a spreadsheet."""
    rows = Transfer.objects.filter(member=member).select_related("reverses", "boost__campaign").order_by("pk")
    for transfer in rows.iterator(chunk_size=1000):
        yield [
            transfer.occurred_at.isoformat(timespec="seconds"),
            str(TransferKind(transfer.kind).label),
            say_what(transfer),
            say_why(transfer),
            str(transfer.earned),
            str(transfer.spendable),
        ]
