"""Reading badges: all of them with one's own progress, one with its holders, those of a member."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.core.cache import cache as cache_store
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from community.errors import NotFound
from community.members.models import Member, Role
from community.spaces.audiences import Choice
from community.sql import Compiled, compile_rows, fetch
from rewards.badges.models import Award, Badge, Family, Metal, PinnedBadge
from rewards.badges.rarity import say_share
from rewards.badges.rules.judging import asks_of
from rewards.badges.rules.measuring import Ask, current_terms, measure_some
from rewards.badges.rules.words import Line, Names, line_of, say_rule, space_names
from rewards.points.words import translated

PAGE = 30
ON_PROFILE = 8
NEAREST = 3
REMEMBERED_SECONDS = 300


@dataclass(frozen=True, slots=True)
class BadgeCard:
    """One badge, and how far its reader is: `line` has the conditions one by one, `have` of `number` sums them up.

    `since` is when they got it, None when they have not.
    """

    key: str
    name: str
    description: str
    criteria: str
    conditions: str
    art: str
    href: str
    number: int
    have: int
    line: Line | None
    holders: int
    rarity: str
    since: dt.datetime | None
    gives_title: bool
    takes_nominations: bool
    metal: str
    family: str
    every: str

    @property
    def by_hand(self) -> bool:
        """Whether people give it."""
        return self.line is None

    @property
    def metal_words(self) -> str:
        """What its metal is called."""
        return str(Metal(self.metal).label)

    @property
    def share(self) -> float:
        """How much of the way is done, for finding the nearest."""
        return self.line.share if self.line else 0.0


@dataclass(frozen=True, slots=True)
class Holder:
    """One who holds a badge, since when, and what was said when people gave it."""

    pk: int
    member: Member
    since: dt.datetime
    citation: str = ""


@dataclass(frozen=True, slots=True)
class HoldersPage:
    """A badge with one page of its holders; `after` continues it, empty at the end."""

    badge: BadgeCard
    holders: list[Holder]
    after: str


def list_badges(viewer: Member | None) -> list[BadgeCard]:
    """Return all badges that can be earned, with the viewer's own progress."""
    badges = list(Badge.objects.active())
    return _cards(viewer, badges, _own(viewer, badges))


def list_families(viewer: Member | None) -> list[tuple[str, list[BadgeCard]]]:
    """Return the same under the names of their groups."""
    cards = list_badges(viewer)
    groups = [(str(family.label), [c for c in cards if c.family == family]) for family in Family]
    return [(words, found) for words, found in groups if found]


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
    return HoldersPage(
        badge=_cards(viewer, [badge], _own(viewer, [badge]))[0],
        holders=[Holder(award.pk, award.member, award.awarded_at, award.citation) for award in found[:PAGE]],
        after=f"{last.awarded_at.isoformat()}~{last.pk}" if last else "",
    )


# What each request has of its own, while the statement of `badges_of` is built; no row can have these.
_READER, _HOLDER = -1, -2


def get_open_badge_for(viewer: Member, key: str) -> Badge:
    """Return a badge that members may propose others for. Raises `NotFound` for any other."""
    badge = Badge.objects.active().filter(key=key, takes_nominations=True).first()
    if badge is None:
        raise NotFound()
    return badge


def badges_of(viewer: Member | None, member: Member) -> list[BadgeCard]:
    """Return the badges of a member that a viewer may see: those they pinned, then the newest. Every profile asks: it is
    prepared."""
    found, names = _shown_badges(viewer is None)
    params = found.params_with({_READER: viewer.pk if viewer else 0, _HOLDER: member.pk})
    awards = fetch(found.sql, params, lambda row: (_badge_from(names, row[:-1]), row[-1]))
    return [_card(badge, awarded_at, Own(), {}) for badge, awarded_at in awards]


def _badge_from(names: list[str], row: Sequence[Any]) -> Badge:
    """Return a badge from a row that came past the ORM, which would have read the JSON of its rule."""
    values = [
        json.loads(value) if name == "rule" and value else value
        for name, value in zip(names, row, strict=True)
    ]
    return Badge.from_db("default", names, values)


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


def badge_audiences() -> list[Choice]:
    """Offer the badges that may open spaces to whoever gives rights there: each stands for those who hold it now."""
    badges = Badge.objects.active().filter(opens_spaces=True)
    return [Choice(f"badge:{b.key}", _("Badge: %(name)s") % {"name": translated(b.name)}) for b in badges]


def nearest_badges(member: Member) -> list[BadgeCard]:
    """Return the few badges a member is nearest to, of those that count something."""
    badges = list(Badge.objects.active().filter(rule__isnull=False))
    own = _remembered(member, badges)
    going = [badge for badge in badges if badge.pk not in own.since]
    return sorted(_cards(member, going, own), key=lambda card: -card.share)[:NEAREST]


def _remembered(member: Member, badges: list[Badge]) -> "Own":
    """Counting what dozens of badges ask is too much for every look at one's own profile: it is remembered for a few
    minutes, or until a counter of the member moves."""
    moves = (member.post_count, member.thread_count, member.accepted_count, member.helped_count)
    key = f"badges:near:{member.pk}:{'-'.join(map(str, (*moves, member.badge_count, len(badges))))}"
    own: Own | None = cache_store.get(key)
    if own is None:
        own = _own(member, badges)
        cache_store.set(key, own, REMEMBERED_SECONDS)
    return own


@dataclass(frozen=True, slots=True)
class Own:
    """What a reader holds, and how far they are: of what was asked for each term, the best."""

    since: dict[int, dt.datetime] = field(default_factory=dict)
    have: dict[Ask, int] = field(default_factory=dict)


def _own(viewer: Member | None, badges: list[Badge]) -> Own:
    if viewer is None or viewer.role != Role.MEMBER or viewer.quiet_mode:
        return Own()
    awards = Award.objects.standing().filter(member=viewer, badge__in=badges).order_by("awarded_at")
    since = dict(awards.values_list("badge_id", "awarded_at"))
    # What is held for good needs no counting.
    asks = {ask for badge in badges if badge.every or badge.pk not in since for ask in asks_of(badge)}
    counted = measure_some({ask: [viewer.pk] for ask in asks})
    now = current_terms()
    have = {ask: found.get((viewer.pk, now[ask.every]), 0) for ask, found in counted.items()}
    return Own(since, have)


def _cards(viewer: Member | None, badges: list[Badge], own: Own) -> list[BadgeCard]:
    trees = [tree for badge in badges if (tree := badge.tree)]
    names = space_names(viewer, trees)
    return [_card(badge, own.since.get(badge.pk), own, names) for badge in badges]


def _card(badge: Badge, since: dt.datetime | None, own: Own, names: Names) -> BadgeCard:
    tree = badge.tree
    line = line_of(tree, names, lambda leaf: own.have.get(Ask(leaf.asked, badge.every), 0)) if tree else None
    conditions = say_rule(tree, names) if tree else ""
    return BadgeCard(
        key=badge.key,
        name=translated(badge.name),
        description=translated(badge.description),
        criteria=translated(badge.criteria) or conditions,
        conditions=conditions,
        art=badge.art_path,
        href=badge.get_absolute_url(),
        number=line.number if line else 1,
        have=line.have if line else 0,
        line=line,
        holders=badge.holder_count,
        rarity=say_share(badge),
        since=since,
        gives_title=badge.gives_title,
        takes_nominations=badge.takes_nominations,
        metal=badge.metal,
        family=badge.family,
        every=badge.get_every_display() if badge.every else "",
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
