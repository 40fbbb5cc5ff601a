"""Reading points: the rules everyone can read, and a member's own statement."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone

from community.members.models import Member, Role
from community.threads.models import Post
from rewards.points.earning.caps import Caps, daily_cap, day_of
from rewards.points.models import Account, AccountKind, EarningRule, Transfer, TransferKind
from rewards.points.words import say_limits, say_what, say_who, say_why, translated

PAGE = 30
NEWEST_ON_PROFILE = 4


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule as everyone reads it."""

    name: str
    points: int
    who: str
    limits: list[str]
    changed_at: dt.datetime
    pays: bool


@dataclass(frozen=True, slots=True)
class HowPage:
    """How points work: the rules in force, the daily limit, and when something was last changed."""

    rules: list[RuleRow]
    cap: int
    changed_at: dt.datetime | None


def get_how_page() -> HowPage:
    """Return the rules from the very rows that the engine reads."""
    rules = EarningRule.objects.in_force().order_by("position", "key")
    rows = [
        RuleRow(
            name=translated(rule.name),
            points=rule.points,
            who=say_who(rule),
            limits=say_limits(rule),
            changed_at=rule.changed_at,
            pays=rule.is_active,
        )
        for rule in rules
        if rule.active_to is None or rule.active_to > timezone.now()
    ]
    return HowPage(rows, daily_cap(), EarningRule.objects.aggregate(at=Max("changed_at"))["at"])


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
    earned: int
    spendable: int
    occurred_at: dt.datetime
    is_undone: bool


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
    earned: int
    to_spend: int
    owed: int
    today: Today
    after: int
    is_first: bool
    earns: bool


def get_statement(member: Member, *, after: int = 0) -> Statement:
    """Return a page of a member's own statement, newest first. `after` comes from the page before."""
    lines = _lines(member, after=after, limit=PAGE + 1)
    owed = Account.objects.filter(owner=member, kind=AccountKind.OWED).values_list("balance", flat=True)
    return Statement(
        lines=lines[:PAGE],
        earned=member.points_earned,
        to_spend=member.points_to_spend,
        owed=-next(iter(owed), 0),
        today=today_of(member),
        after=lines[PAGE - 1].pk if len(lines) > PAGE else 0,
        is_first=after == 0,
        earns=member.role == Role.MEMBER,
    )


def newest_lines(member: Member) -> list[Line]:
    """Return the few newest lines of a member's own statement."""
    return _lines(member, after=0, limit=NEWEST_ON_PROFILE)


def today_of(member: Member) -> Today:
    """Return how much of today's limit a member has used."""
    day = (member.pk, day_of(timezone.now()))
    return Today(Caps([day]).earned(day), daily_cap())


def _lines(member: Member, *, after: int, limit: int) -> list[Line]:
    rows = Transfer.objects.filter(member=member).select_related("reverses", "reversal").order_by("-pk")
    if after:
        rows = rows.filter(pk__lt=after)
    transfers = list(rows[:limit])
    causes = _causes(member, transfers)
    return [_line(transfer, causes) for transfer in transfers]


def _causes(member: Member, transfers: list[Transfer]) -> dict[int, tuple[str, str]]:
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
        earned=transfer.earned,
        spendable=transfer.spendable,
        occurred_at=transfer.occurred_at,
        is_undone=hasattr(transfer, "reversal"),
    )


def iterate_statement(member: Member) -> Iterator[list[str]]:
    """Yield a member's whole statement as rows of text, oldest first, for a spreadsheet."""
    rows = Transfer.objects.filter(member=member).select_related("reverses").order_by("pk")
    for transfer in rows.iterator(chunk_size=1000):
        yield [
            transfer.occurred_at.isoformat(timespec="seconds"),
            str(TransferKind(transfer.kind).label),
            say_what(transfer),
            say_why(transfer),
            str(transfer.earned),
            str(transfer.spendable),
        ]
