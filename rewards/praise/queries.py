"""Reading thanks: the wall, what one member received, one of them, what is left for today, and shout-outs."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from community.errors import NotFound
from community.members.models import Member
from community.threads.models import Post
from rewards.points.words import translated
from rewards.praise import limits
from rewards.praise.models import Named, Praise, PraiseKind, ShoutOut, State
from rewards.praise.permissions import can_give_again, can_take_back

PAGE = 20
ON_PROFILE = 4


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many thanks somebody gives in a day, how many are left, and how often they thanked one member today."""

    most: int
    given: int
    to_receiver: int
    renews_at: dt.datetime

    @property
    def left(self) -> int:
        """How many are left for today; never below zero, also when managers lowered the number."""
        return max(0, self.most - self.given)


@dataclass(frozen=True, slots=True)
class Line:
    """Thanks as a reader finds them. `post` is empty where there is none, or none that the reader may see."""

    pk: int
    giver: Member | None
    receiver: Member
    kind: str
    kind_key: str
    words: str
    given_at: dt.datetime
    post: Post | None
    is_public: bool
    can_take_back: bool = False
    can_give_again: bool = False

    @property
    def href(self) -> str:
        """Its own address."""
        return f"/thanks/{self.pk}/"


@dataclass(frozen=True, slots=True)
class Shout:
    """A shout-out as a reader finds it: with those it names who appear."""

    pk: int
    words: str
    by: Member | None
    made_at: dt.datetime
    members: list[Member]
    pinned_until: dt.datetime | None
    state: str = State.VISIBLE

    @property
    def href(self) -> str:
        """Its own address."""
        return f"/shout-outs/{self.pk}/"


@dataclass(frozen=True, slots=True)
class Wall:
    """One page of thanks; `after` continues it, empty at the end."""

    lines: list[Line]
    after: str
    person: Member | None = None
    kind: str = ""
    kinds: list[tuple[str, str]] = field(default_factory=list)


def allowance_of(member: Member, receiver: Member | None = None) -> Allowance:
    """Return what is left of a member's thanks for today (UTC), in one statement. What was taken back still counts."""
    start = timezone.now().astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    to_receiver = Q(receiver=receiver) if receiver is not None else Q(pk__in=[])
    found = Praise.objects.filter(giver=member, given_at__gte=start).aggregate(
        given=Count("pk"), paired=Count("pk", filter=to_receiver)
    )
    most = limits.TEAM_A_DAY() if member.is_staff else limits.A_DAY(member.trust_level)
    return Allowance(most, found["given"], found["paired"], start + dt.timedelta(days=1))


def kinds_offered() -> list[tuple[str, str]]:
    """Return what thanks can be for: keys and names in the reader's language."""
    return [(kind.key, translated(kind.name)) for kind in PraiseKind.objects.filter(is_active=True)]


def read_wall(
    viewer: Member | None, *, person: Member | None = None, kind: str = "", after: str = ""
) -> Wall:
    """Return a page of what a viewer may read, the latest first; of one person, or for one reason, if asked."""
    rows = wall_rows(viewer, person=person, kind=kind)
    cursor = _read_cursor(after)
    if cursor is not None:
        moment, pk = cursor
        rows = rows.filter(given_at__lte=moment).filter(Q(given_at__lt=moment) | Q(pk__lt=pk))
    found = list(rows.order_by("-given_at", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Wall(
        lines=lines_of(viewer, found[:PAGE]),
        after=f"{last.given_at.isoformat()}~{last.pk}" if last else "",
        person=person,
        kind=kind,
        kinds=kinds_offered(),
    )


def wall_rows(viewer: Member | None, *, person: Member | None = None, kind: str = "") -> "QuerySet[Praise]":
    """Return thanks a viewer may read, with those named in them."""
    rows = Praise.objects.visible_to(viewer).select_related("giver", "receiver", "kind")
    if person is not None:
        rows = rows.filter(Q(giver=person) | Q(receiver=person))
    return rows.filter(kind__key=kind) if kind else rows


def received_by(viewer: Member | None, member: Member) -> list[Line]:
    """Return the latest thanks that a member received and a viewer may read."""
    rows = wall_rows(viewer).filter(receiver=member).order_by("-given_at", "-pk")
    return lines_of(viewer, list(rows[: ON_PROFILE + 1]))


def lines_of(viewer: Member | None, rows: Sequence[Praise]) -> list[Line]:
    """Return rows as a viewer finds them. The posts they are for come by one statement, those the viewer may see."""
    posts = posts_for(viewer, rows)
    return [_line(viewer, row, posts.get(row.post_id or 0)) for row in rows]


def posts_for(viewer: Member | None, rows: Iterable[Praise]) -> dict[int, Post]:
    """Return, by their keys, the posts that thanks are for, of those a viewer may see."""
    pks = {row.post_id for row in rows if row.post_id}
    if not pks:
        return {}
    posts = Post.objects.visible_to(viewer).filter(pk__in=pks, state="visible").select_related("thread")
    return {post.pk: post for post in posts.only("position", "thread__title")}


def _line(viewer: Member | None, row: Praise, post: Post | None) -> Line:
    own = viewer is not None and viewer.pk == row.giver_id
    receiver = row.receiver
    return Line(
        pk=row.pk,
        giver=row.giver,
        receiver=receiver,
        kind=translated(row.kind.name),
        kind_key=row.kind.key,
        words=row.words,
        given_at=row.given_at,
        post=post,
        is_public=receiver.show_thanks and not receiver.hides_profile,
        can_take_back=own and viewer is not None and bool(can_take_back(viewer, row)),
        can_give_again=own
        and viewer is not None
        and row.state == State.TAKEN_BACK
        and bool(can_give_again(viewer, row)),
    )


def get_praise_for(viewer: Member | None, pk: int) -> Praise:
    """Return thanks a viewer may read; the giver also finds those they took back, the team those it removed. Raises `NotFound`."""
    people = Praise.objects.select_related("giver", "receiver", "kind")
    found = people.filter(pk=pk, pk__in=Praise.objects.visible_to(viewer).filter(pk=pk).values("pk")).first()
    if found is None and viewer is not None:
        hidden = Q(giver=viewer, state=State.TAKEN_BACK)
        if viewer.is_at_least("moderator"):
            hidden |= Q(state=State.REMOVED)
        found = people.filter(hidden, pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def get_shout_for(viewer: Member | None, pk: int) -> ShoutOut:
    """Return a shout-out a viewer may read; the team also finds those that were taken back. Raises `NotFound`."""
    found = ShoutOut.objects.visible_to(viewer).filter(pk=pk).first()
    if found is None and viewer is not None and viewer.is_at_least("moderator"):
        found = ShoutOut.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def shouts_of(viewer: Member | None, rows: Iterable[ShoutOut]) -> list[Shout]:
    """Return shout-outs as a viewer finds them, with all names by one statement."""
    found = list(rows)
    names: dict[int, list[Member]] = {row.pk: [] for row in found}
    if found:
        for named in Named.objects.shown_to(viewer, names):
            names[named.shout_out_id].append(named.member)
    return [
        Shout(
            pk=row.pk,
            words=row.words,
            by=row.by,
            made_at=row.made_at,
            members=names[row.pk],
            pinned_until=row.pinned_until if row.is_pinned else None,
            state=row.state,
        )
        for row in found
    ]


def pinned_shouts(viewer: Member | None) -> list[Shout]:
    """Return what stands on top now."""
    return shouts_of(viewer, ShoutOut.objects.visible_to(viewer).pinned().select_related("by"))


def any_is_pinned() -> bool:
    """Return whether anything is pinned now, for whomever."""
    return ShoutOut.objects.pinned().exists()


def read_shouts(viewer: Member | None, *, after: str = "") -> tuple[list[Shout], str]:
    """Return a page of all shout-outs, the latest first, and what continues it."""
    rows = ShoutOut.objects.visible_to(viewer).select_related("by")
    cursor = _read_cursor(after)
    if cursor is not None:
        moment, pk = cursor
        rows = rows.filter(made_at__lte=moment).filter(Q(made_at__lt=moment) | Q(pk__lt=pk))
    found = list(rows.order_by("-made_at", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return shouts_of(viewer, found[:PAGE]), f"{last.made_at.isoformat()}~{last.pk}" if last else ""


def _read_cursor(after: str) -> tuple[dt.datetime, int] | None:
    """Read a cursor; one that is not ours is the beginning."""
    moment, _tilde, pk = after.partition("~")
    try:
        found = dt.datetime.fromisoformat(moment), int(pk)
    except ValueError:
        return None
    return found if found[0].tzinfo is not None and 0 < found[1] < 2**63 else None
