"""Badges that come by themselves: what members have is made to agree with what the metrics say."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from community.members.models import Member, Role
from rewards.badges.counts import refresh_all_counts, refresh_counts, refresh_holders
from rewards.badges.metrics import ROWS, measure, reached_at
from rewards.badges.models import Award, Badge
from rewards.badges.telling import tell_awarded, tell_revoked

CHUNK = 500
NO_LONGER = gettext_noop("What it counted is no longer there")


@dataclass(frozen=True, slots=True)
class Cause:
    """The Activity that made us look, and when it was."""

    activity_id: int | None = None
    occurred_at: dt.datetime | None = None
    quiet: bool = False


# For each metric, the members it may have moved for, and why we look.
Causes = Mapping[str, Mapping[int, Cause]]


@transaction.atomic
def settle_badges(*, causes: Causes) -> int:
    """Give and take the automatic badges that metrics may have moved. Returns how many changed.

    Members are locked, in id order, before anything is counted: whoever comes second sees what the first did.
    """
    members = _lock({pk for wanted in causes.values() for pk in wanted})
    badges = list(Badge.objects.active().filter(metric__in=causes))
    awards: dict[int, dict[int, Award]] = defaultdict(dict)
    for award in Award.objects.filter(badge__in=badges, member_id__in=members, period=""):
        awards[award.badge_id][award.member_id] = award
    counted = {
        metric: measure(metric, members & set(causes[metric]))
        for metric in {badge.metric for badge in badges}
    }
    moved = {}
    for badge in badges:
        wanted = {pk: cause for pk, cause in causes[badge.metric].items() if pk in members}
        moved[badge.pk] = _settle(badge, wanted, awards[badge.pk], counted[badge.metric])
    changed = {pk for given, taken in moved.values() for pk in (*given, *taken)}
    if changed:
        refresh_counts(changed, {pk: len(given) - len(taken) for pk, (given, taken) in moved.items()})
    return sum(len(given) + len(taken) for given, taken in moved.values())


def recompute_all(*, keys: Iterable[str] | None = None, quiet: bool = False) -> int:
    """Compare badges (all, or some by key) with their metrics for everybody, and settle members where they differ.

    `quiet` tells nobody: for a badge that is new, and was deserved long ago. Returns how many changed.
    """
    differing = differing_members(keys=keys)
    changed = 0
    for metric, wanted in differing.items():
        ordered = sorted(wanted)
        for start in range(0, len(ordered), CHUNK):
            changed += settle_badges(
                causes={metric: {pk: Cause(quiet=quiet) for pk in ordered[start : start + CHUNK]}}
            )
    # A badge that was paused counts for nobody, and for its holders again once it is not.
    refresh_all_counts()
    refresh_holders()
    return changed


def differing_members(*, keys: Iterable[str] | None = None) -> dict[str, set[int]]:
    """Return, for each metric, the members whose stored badges are not what it says now. Empty sets are good news."""
    members = Member.objects.get_queryset().filter(role=Role.MEMBER, is_active=True)
    collectors = set(members.values_list("pk", flat=True))
    differing: dict[str, set[int]] = defaultdict(set)
    counted: dict[str, dict[int, int]] = {}
    badges = Badge.objects.active().filter(metric__in=list(ROWS))
    for badge in badges if keys is None else badges.filter(key__in=list(keys)):
        if badge.metric not in counted:
            counted[badge.metric] = measure(badge.metric)
        differing[badge.metric] |= _differing(badge, counted[badge.metric], collectors)
    return differing


def _lock(member_ids: set[int]) -> set[int]:
    """Lock those who collect badges; the team does not."""
    members = Member.objects.get_queryset().filter(pk__in=member_ids, role=Role.MEMBER, is_active=True)
    return set(members.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def _differing(badge: Badge, counted: dict[int, int], collectors: set[int]) -> set[int]:
    deserve = {pk for pk, value in counted.items() if value >= badge.number} & collectors
    awards = Award.objects.filter(badge=badge, period="")
    by_hand = set(awards.filter(is_by_hand=True).values_list("member_id", flat=True))
    have = set(awards.filter(revoked_at=None).values_list("member_id", flat=True)) & collectors
    return (deserve ^ have) - by_hand


def _settle(
    badge: Badge, causes: Mapping[int, Cause], awards: dict[int, Award], counted: dict[int, int]
) -> tuple[list[int], list[int]]:
    """Return who was given this badge and from whom it was taken."""
    due, over = [], []
    for pk in causes:
        award, deserves = awards.get(pk), counted.get(pk, 0) >= badge.number
        if award is not None and award.is_by_hand:
            continue
        if deserves and (award is None or award.revoked_at is not None):
            due.append(pk)
        elif not deserves and award is not None and award.revoked_at is None:
            over.append(award)
    _give(badge, due, awards, causes, counted)
    _take(badge, over, causes)
    return due, [award.member_id for award in over]


def _give(
    badge: Badge, due: list[int], had: dict[int, Award], causes: Mapping[int, Cause], counted: dict[int, int]
) -> None:
    if not due:
        return
    since = reached_at(badge.metric, badge.number, due)
    given = [
        Award(
            badge=badge,
            member_id=pk,
            value=counted[pk],
            activity_id=causes[pk].activity_id,
            awarded_at=since.get(pk) or causes[pk].occurred_at or timezone.now(),
        )
        for pk in due
    ]
    Award.objects.bulk_create(
        given,
        update_conflicts=True,
        unique_fields=["badge", "member", "period"],
        update_fields=["value", "activity_id", "awarded_at", "revoked_at", "reason"],
    )
    tell_awarded(badge, [(award, award.member_id in had, causes[award.member_id].quiet) for award in given])


def _take(badge: Badge, over: list[Award], causes: Mapping[int, Cause]) -> None:
    if not over:
        return
    Award.objects.filter(pk__in=[award.pk for award in over]).update(
        revoked_at=timezone.now(), reason=NO_LONGER
    )
    tell_revoked(badge, [(award, causes[award.member_id].quiet) for award in over], reason=NO_LONGER)
