"""Badges that come by themselves: what members have is made to agree with what the rules say."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from community.members.models import Member, Role
from rewards.badges.counts import refresh_all_counts, refresh_counts, refresh_holders
from rewards.badges.models import Award, Badge
from rewards.badges.rarity import refresh_shares
from rewards.badges.rules.judging import Counted, asks_of, deserved, reached, sources_of, value_of
from rewards.badges.rules.measuring import Ask, Holder, measure, measure_some
from rewards.badges.rules.tree import asks_where
from rewards.badges.telling import tell_awarded, tell_revoked

CHUNK = 500
NO_LONGER = gettext_noop("What it counted is no longer there")


@dataclass(frozen=True, slots=True)
class Cause:
    """The Activity that made us look, and when it was. `raises` when it cannot have taken anything away; `elsewhere` when
    only rules that ask where something was written can tell the difference."""

    activity_id: int | None = None
    occurred_at: dt.datetime | None = None
    quiet: bool = False
    raises: bool = False
    elsewhere: bool = False

    def beside(self, other: "Cause") -> "Cause":
        """Return the cause when two come together: what either may have done."""
        first = other if self.raises and not other.raises else self
        return replace(
            first, raises=self.raises and other.raises, elsewhere=self.elsewhere and other.elsewhere
        )


# For each source of rules, the members it may have moved for, and why we look.
Causes = Mapping[str, Mapping[int, Cause]]
# The same for each badge, by primary key.
Wanted = dict[int, dict[int, Cause]]


def settle_badges(*, causes: Causes) -> int:
    """Give and take the automatic badges that happenings may have moved. Returns how many changed."""
    # A badge that not everybody was counted for comes to all of them at once, soon and quietly.
    badges = list(Badge.objects.active().filter(rule__isnull=False, counted_at__isnull=False))
    wanted: Wanted = {}
    for badge in badges:
        found: dict[int, Cause] = {}
        where = badge.tree is not None and asks_where(badge.tree)
        for source in sources_of(badge):
            for pk, cause in causes.get(source, {}).items():
                # What can only have raised one thing may have lowered another: then everything is looked at.
                if where or not cause.elsewhere:
                    found[pk] = found[pk].beside(cause) if pk in found else cause
        if found:
            wanted[badge.pk] = found
    return _settle_all([badge for badge in badges if badge.pk in wanted], wanted)


@transaction.atomic
def _settle_all(badges: list[Badge], wanted: Wanted) -> int:
    """Settle badges for the members wanted of each. Members are locked, in id order, before anything is counted: whoever
    comes second sees what the first did."""
    members = _lock({pk for causes in wanted.values() for pk in causes})
    awards: dict[int, dict[Holder, Award]] = defaultdict(dict)
    for award in Award.objects.filter(badge__in=badges, member_id__in=members):
        awards[award.badge_id][award.member_id, award.period] = award
    todo = {badge.pk: _open(badge, wanted[badge.pk], members, awards[badge.pk]) for badge in badges}
    asked: dict[Ask, set[int]] = defaultdict(set)
    for badge in badges:
        for ask in asks_of(badge) if todo[badge.pk] else ():
            asked[ask] |= todo[badge.pk].keys()
    counted = measure_some(asked)
    moved = {
        badge: _settle(badge, todo[badge.pk], awards[badge.pk], counted) for badge in badges if todo[badge.pk]
    }
    changed = {pk for given, taken in moved.values() for pk, _term in (*given, *taken)}
    if changed:
        refresh_counts(
            changed, {b.pk: len(given) - len(taken) for b, (given, taken) in moved.items() if not b.every}
        )
        refresh_holders([badge.pk for badge in moved if badge.every])
    return sum(len(given) + len(taken) for given, taken in moved.values())


def recompute_all(*, keys: Iterable[str] | None = None, quiet: bool = False) -> int:
    """Compare badges (all, or some by key) with their rules for everybody, and settle members where they differ.

    `quiet` tells nobody: for a badge that is new, and was deserved long ago. Returns how many changed.
    """
    changed = 0
    for badge, members in _differing(keys):
        changed += _settle_everybody(badge, members, quiet=quiet or badge.counted_at is None)
    # A badge that was paused counts for nobody, and for its holders again once it is not.
    refresh_all_counts()
    refresh_holders()
    refresh_shares()
    return changed


def recompute_waiting(*, until: dt.datetime) -> int:
    """Count badges that are new, or were changed, for everybody without telling anyone, until a moment; the rest waits for
    the next time. Returns how many badges were counted."""
    waiting = Badge.objects.active().filter(rule__isnull=False, counted_at=None).order_by("position", "key")
    done = 0
    for key in list(waiting.values_list("key", flat=True)):
        if timezone.now() >= until:
            break
        for badge, members in _differing([key]):
            _settle_everybody(badge, members, quiet=True)
        done += 1
    if done:
        refresh_shares()
    return done


def _settle_everybody(badge: Badge, members: set[int], *, quiet: bool) -> int:
    """Settle a badge for many, some at a time, each time in a transaction of its own: other work comes in between."""
    ordered, changed = sorted(members), 0
    for start in range(0, len(ordered), CHUNK):
        some = {pk: Cause(quiet=quiet) for pk in ordered[start : start + CHUNK]}
        changed += _settle_all([badge], {badge.pk: some})
    if badge.counted_at is None:
        # Only as it was when it was counted: somebody may have changed it meanwhile.
        Badge.objects.filter(pk=badge.pk, rule=badge.rule, every=badge.every).update(
            counted_at=timezone.now()
        )
    return changed


def differing_members(*, keys: Iterable[str] | None = None) -> dict[str, set[int]]:
    """Return, for each badge, the members whose stored awards are not what its rule says now. Empty sets are good news."""
    return {badge.key: members for badge, members in _differing(keys)}


def _differing(keys: Iterable[str] | None) -> list[tuple[Badge, set[int]]]:
    members = Member.objects.get_queryset().filter(role=Role.MEMBER, is_active=True)
    collectors = set(members.values_list("pk", flat=True))
    badges = Badge.objects.active().filter(rule__isnull=False)
    found: list[tuple[Badge, set[int]]] = []
    counted: dict[Ask, Counted] = {}
    for badge in badges if keys is None else badges.filter(key__in=list(keys)):
        for ask in asks_of(badge):
            if ask not in counted:
                counted[ask] = measure(ask)
        deserve = {holder for holder in deserved(badge, counted) if holder[0] in collectors}
        awards = list(
            Award.objects.filter(badge=badge).values_list("member_id", "period", "is_by_hand", "revoked_at")
        )
        by_hand = {(pk, term) for pk, term, is_by_hand, _at in awards if is_by_hand}
        have = {(pk, term) for pk, term, _by_hand, at in awards if at is None and pk in collectors}
        found.append((badge, {pk for pk, _term in (deserve ^ have) - by_hand}))
    return found


def _lock(member_ids: set[int]) -> set[int]:
    """Lock those who collect badges; the team does not."""
    members = Member.objects.get_queryset().filter(pk__in=member_ids, role=Role.MEMBER, is_active=True)
    return set(members.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def _open(
    badge: Badge, causes: dict[int, Cause], members: set[int], awards: dict[Holder, Award]
) -> dict[int, Cause]:
    """Return the members for whom there is something to count: who holds a badge for good cannot lose it by doing more."""
    if badge.every:
        return {pk: cause for pk, cause in causes.items() if pk in members}
    has = {pk for (pk, _term), award in awards.items() if award.revoked_at is None or award.is_by_hand}
    return {pk: cause for pk, cause in causes.items() if pk in members and not (cause.raises and pk in has)}


def _settle(
    badge: Badge, causes: dict[int, Cause], awards: dict[Holder, Award], counted: Mapping[Ask, Counted]
) -> tuple[list[Holder], list[Holder]]:
    """Return who was given this badge and from whom it was taken."""
    due, over = [], []
    deserve = {holder for holder in deserved(badge, counted) if holder[0] in causes}
    for holder in deserve | {holder for holder in awards if holder[0] in causes}:
        award = awards.get(holder)
        if award is not None and award.is_by_hand:
            continue
        if holder in deserve and (award is None or award.revoked_at is not None):
            due.append(holder)
        elif holder not in deserve and award is not None and award.revoked_at is None:
            over.append(award)
    _give(badge, sorted(due), awards, causes, counted)
    _take(badge, over, causes)
    return due, [(award.member_id, award.period) for award in over]


def _give(
    badge: Badge,
    due: list[Holder],
    had: dict[Holder, Award],
    causes: Mapping[int, Cause],
    counted: Mapping[Ask, Counted],
) -> None:
    if not due:
        return
    since = reached(badge, due)
    given = [
        Award(
            badge=badge,
            member_id=pk,
            period=term,
            value=value_of(badge, (pk, term), counted),
            activity_id=causes[pk].activity_id,
            awarded_at=since.get((pk, term)) or causes[pk].occurred_at or timezone.now(),
        )
        for pk, term in due
    ]
    Award.objects.bulk_create(
        given,
        update_conflicts=True,
        unique_fields=["badge", "member", "period"],
        update_fields=["value", "activity_id", "awarded_at", "revoked_at", "reason"],
    )
    tell_awarded(
        badge,
        [(award, (award.member_id, award.period) in had, causes[award.member_id].quiet) for award in given],
    )


def _take(badge: Badge, over: list[Award], causes: Mapping[int, Cause]) -> None:
    if not over:
        return
    Award.objects.filter(pk__in=[award.pk for award in over]).update(
        revoked_at=timezone.now(), reason=NO_LONGER
    )
    tell_revoked(badge, [(award, causes[award.member_id].quiet) for award in over], reason=NO_LONGER)
