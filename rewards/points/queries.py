"""Reading points: a member's own statement, and what is on its way. The rules everyone can read are in `how.py`."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from community.members.models import Member, Role
from community.threads.models import Post
from rewards.points.brand_words import event_words, name_events
from rewards.points.bundles import Bundle, bundled
from rewards.points.earning.caps import Caps, daily_cap, day_of
from rewards.points.expiring import Expiring, expiring_of
from rewards.points.models import (
    MAIN,
    Account,
    AccountKind,
    EarningRule,
    Hold,
    HoldState,
    PendingAward,
    PendingState,
    Transfer,
    TransferKind,
    Unit,
)
from rewards.points.narrowing import HELD, Wanted, rules_to_choose
from rewards.points.saying import say_boost
from rewards.points.words import say_what, say_why, translated

PAGE = 30
MOST_PENDING = 50
# How long a member reads why points on their way were stopped.
STOPPED_SHOWN = dt.timedelta(days=30)
NEWEST_ON_PROFILE = 4
MOST_HOLDS = 50
MOST_HELD_ROWS = 10_000


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
    is_stopped: bool = False


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
    wanted: Wanted = field(default_factory=Wanted)
    rules: list[tuple[str, str]] = field(default_factory=list)

    @property
    def bundles(self) -> list[Bundle]:
        """The lines, those that say the same together."""
        return bundled(self.lines)

    @property
    def on_their_way(self) -> int:
        """How many points are on their way."""
        return sum(line.points for line in self.pending if not line.is_stopped)


def get_statement(member: Member, *, after: int = 0, wanted: Wanted | None = None) -> Statement:
    """Return a page of a member's own statement, newest first. `after` comes from the page before; `wanted` narrows the lines."""
    wanted = wanted or Wanted()
    if wanted.kind == HELD:
        lines = _held_lines(member, wanted, after=after, limit=PAGE + 1)
    else:
        lines = _lines(member, after=after, limit=PAGE + 1, wanted=wanted)
    owed, held = _owed_and_held(member, MAIN)
    return Statement(
        lines=lines[:PAGE],
        pending=[] if after or wanted else list_pending(member, with_stopped=True),
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
        wanted=wanted,
        rules=[(key, translated(name)) for key, name in rules_to_choose()],
    )


def list_pending(member: Member, *, with_stopped: bool = False) -> list[PendingLine]:
    """Return a member's points that are on their way, those first that are final first; and what was stopped lately."""
    shown = Q(state=PendingState.WAITING)
    if with_stopped:
        shown |= Q(state=PendingState.STOPPED, settled_at__gte=timezone.now() - STOPPED_SHOWN)
    rows = PendingAward.objects.filter(shown, member=member)
    waiting = list(rows.select_related("rule", "campaign").order_by("due_at", "pk")[:MOST_PENDING])
    causes = _causes(member, waiting) if waiting else {}
    words = event_words(waiting)
    return [_pending_line(it, causes, words.get(it.source_id, "")) for it in waiting]


def _pending_line(pending: PendingAward, causes: dict[int, tuple[str, str]], words: str) -> PendingLine:
    title, href = causes.get(pending.post_id or 0, ("", ""))
    return PendingLine(
        pk=pending.pk,
        what=words or translated(pending.rule.name),
        why=pending.memo or (say_boost(pending.campaign) if pending.campaign else ""),
        is_stopped=pending.state == PendingState.STOPPED,
        title=title,
        href=href,
        points=pending.to_come,
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


def _held_lines(member: Member, wanted: Wanted, *, after: int, limit: int) -> list[Line]:
    """Return what was set aside, as lines that move nothing."""
    rows = Hold.objects.filter(member=member).order_by("-pk")
    if after:
        rows = rows.filter(pk__lt=after)
    if wanted.since:
        rows = rows.filter(created_at__date__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(created_at__date__lte=wanted.until)
    return [
        Line(
            pk=hold.pk,
            what=hold.memo,
            why=f"{HoldState(hold.state).label}: {hold.amount}",
            title="",
            href="",
            post_id=None,
            earned=0,
            spendable=0,
            occurred_at=hold.created_at,
            is_undone=False,
        )
        for hold in rows[:limit]
    ]


def _lines(member: Member, *, after: int, limit: int, wanted: Wanted | None = None) -> list[Line]:
    rows = (
        Transfer.objects.filter(member=member, programme_id=MAIN)
        .select_related("reverses", "reversal", "boost__campaign")
        .order_by("-pk")
    )
    if after:
        rows = rows.filter(pk__lt=after)
    rows = wanted.narrow(rows) if wanted else rows
    transfers = list(rows[:limit])
    causes = _causes(member, transfers)
    name_events(transfers)
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


def iterate_statement(member: Member, wanted: Wanted | None = None) -> Iterator[list[str]]:
    """Yield a member's statement, or what is wanted of it, as rows of text, oldest first, for a spreadsheet."""
    if wanted and wanted.kind == HELD:
        for line in reversed(_held_lines(member, wanted, after=0, limit=MOST_HELD_ROWS)):
            yield [line.occurred_at.isoformat(timespec="seconds"), HELD, line.what, line.why, "0", "0"]
        return
    rows = Transfer.objects.filter(member=member).select_related("reverses", "boost__campaign").order_by("pk")
    rows = wanted.narrow(rows) if wanted else rows
    for transfer in rows.iterator(chunk_size=1000):
        yield [
            transfer.occurred_at.isoformat(timespec="seconds"),
            str(TransferKind(transfer.kind).label),
            say_what(transfer),
            say_why(transfer),
            str(transfer.earned),
            str(transfer.spendable),
        ]
