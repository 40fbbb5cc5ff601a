"""Reading badges: all of them with one's own progress, one with its holders, those of a member."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from community.errors import NotFound
from community.members.models import Member, Role
from community.sql import Compiled, compile_rows, fetch
from rewards.badges.metrics import measure_all
from rewards.badges.models import Award, Badge, PinnedBadge
from rewards.points.words import translated

PAGE = 30
ON_PROFILE = 8
NEAREST = 3


@dataclass(frozen=True, slots=True)
class BadgeCard:
    """One badge, and how far its reader is. `since` is when they got it, None when they have not."""

    key: str
    name: str
    description: str
    criteria: str
    art: str
    href: str
    number: int
    have: int
    holders: int
    since: dt.datetime | None
    by_hand: bool
    gives_title: bool

    @property
    def share(self) -> float:
        """How much of the way is done, for finding the nearest."""
        return min(self.have / self.number, 1.0)


@dataclass(frozen=True, slots=True)
class Holder:
    """One who holds a badge, and since when."""

    pk: int
    member: Member
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class HoldersPage:
    """A badge with one page of its holders; `after` continues it, empty at the end."""

    badge: BadgeCard
    holders: list[Holder]
    after: str


def list_badges(viewer: Member | None) -> list[BadgeCard]:
    """Return all badges that can be earned, with the viewer's own progress."""
    badges = list(Badge.objects.active())
    since, have = _own(viewer)
    return [_card(badge, since.get(badge.pk), have.get(badge.metric, 0)) for badge in badges]


def get_holders_for(viewer: Member | None, key: str, *, after: str = "") -> HoldersPage:
    """Return a badge and who holds it, of those who let others see it. Raises `NotFound` for an unknown badge."""
    badge = Badge.objects.active().filter(key=key).first()
    if badge is None:
        raise NotFound()
    awards = Award.objects.visible_to(viewer).filter(badge=badge).select_related("member")
    cursor = _read_cursor(after)
    if cursor is not None:
        moment, pk = cursor
        awards = awards.filter(Q(awarded_at__lt=moment) | Q(awarded_at=moment, pk__lt=pk))
    found = list(awards.order_by("-awarded_at", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    since, have = _own(viewer)
    return HoldersPage(
        badge=_card(badge, since.get(badge.pk), have.get(badge.metric, 0)),
        holders=[Holder(award.pk, award.member, award.awarded_at) for award in found[:PAGE]],
        after=f"{last.awarded_at.isoformat()}~{last.pk}" if last else "",
    )


# What each request has of its own, while the statement of `badges_of` is built; no row can have these.
_READER, _HOLDER = -1, -2


def badges_of(viewer: Member | None, member: Member) -> list[BadgeCard]:
    """Return the badges of a member that a viewer may see: those they pinned, then the newest. Every profile asks: it is
    prepared."""
    found, names = _shown_badges(viewer is None)
    params = found.params_with({_READER: viewer.pk if viewer else 0, _HOLDER: member.pk})
    awards = fetch(found.sql, params, lambda row: (Badge.from_db("default", names, row[:-1]), row[-1]))
    return [_card(badge, awarded_at, badge.number) for badge, awarded_at in awards]


@cache
def _shown_badges(is_public: bool) -> tuple[Compiled, list[str]]:
    reader = None if is_public else Member(pk=_READER)
    names = [field.attname for field in Badge._meta.concrete_fields]
    awards = Award.objects.visible_to(reader).filter(member=_HOLDER)
    pins = PinnedBadge.objects.filter(member=_HOLDER, badge=OuterRef("badge"))
    awards = awards.alias(place=Subquery(pins.values("place")))
    awards = awards.order_by(F("place").asc(nulls_last=True), "-awarded_at", "-pk")
    shown = awards.values_list(*(f"badge__{name}" for name in names), "awarded_at")
    return compile_rows(shown[:ON_PROFILE]), names


def pinned_keys(member: Member) -> list[str]:
    """Return the keys of the badges that a member shows first, as far as they hold them, in their order."""
    pins = PinnedBadge.objects.filter(member=member, badge__in=held_badges(member))
    return list(pins.order_by("place").values_list("badge__key", flat=True))


def held_badges(member: Member) -> "QuerySet[Badge, Badge]":
    """Return the badges a member holds."""
    standing = Award.objects.standing().filter(member=member)
    return Badge.objects.active().filter(pk__in=standing.values("badge"))


def nearest_badges(member: Member) -> list[BadgeCard]:
    """Return the few badges a member is nearest to, of those that count something."""
    going = [card for card in list_badges(member) if card.since is None and not card.by_hand]
    return sorted(going, key=lambda card: -card.share)[:NEAREST]


def _own(viewer: Member | None) -> tuple[dict[int, dt.datetime], dict[str, int]]:
    if viewer is None or viewer.role != Role.MEMBER or viewer.quiet_mode:
        return {}, {}
    awards = Award.objects.standing().filter(member=viewer)
    return dict(awards.values_list("badge_id", "awarded_at")), measure_all(viewer.pk)


def _card(badge: Badge, since: dt.datetime | None, have: int) -> BadgeCard:
    return BadgeCard(
        key=badge.key,
        name=translated(badge.name),
        description=translated(badge.description),
        criteria=translated(badge.criteria),
        art=badge.art_path,
        href=badge.get_absolute_url(),
        number=badge.number,
        have=have,
        holders=badge.holder_count,
        since=since,
        by_hand=not badge.metric,
        gives_title=badge.gives_title,
    )


def _read_cursor(after: str) -> tuple[dt.datetime, int] | None:
    value, _tilde, pk = after.rpartition("~")
    if not value or not pk.isdecimal() or len(pk) > 18:
        return None
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        return None
    return (moment, int(pk)) if moment.tzinfo else None
