"""Putting members into the tier their points have earned."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from community.activity.record import Happening, record_many
from community.activity.registry import Verb
from community.members.actions import set_standings
from community.members.models import Member, Role
from community.notifications.actions import reconsider_member
from community.spaces.queries import is_opened_by
from community.sql import fetch
from rewards.tiers.counting import current_rules, points_that_count
from rewards.tiers.deciding import Decision, decide
from rewards.tiers.models import Standing, Tier, TierMove, TierRules, Why
from rewards.tiers.verbs import TIER_GRACE, TIER_LEFT, TIER_REACHED

CHUNK = 1000
Causes = Mapping[int, tuple[dt.datetime, bool]]


@dataclass(slots=True)
class _Round:
    """What one round of settling will write."""

    why: Why
    rules: TierRules
    standings: list[Standing] = field(default_factory=list)
    moves: list[TierMove] = field(default_factory=list)
    happenings: dict[bool, list[Happening]] = field(default_factory=lambda: {False: [], True: []})


@transaction.atomic
def settle_tiers(
    *, causes: Causes, why: Why = Why.EARNED, actor: Member | None = None, now: dt.datetime | None = None
) -> int:
    """Put members (id to when their points changed, and whether it is history) into their tier. Returns how many moved.

    `now` is the moment that graces are measured by: the database's, for the evaluation of everyone.
    """
    tiers, rules = list(Tier.objects.all()), current_rules()
    if not tiers:
        return 0
    rows = Member.objects.get_queryset().filter(pk__in=causes).select_for_update(no_key=True).order_by("pk")
    members = {member.pk: member for member in rows.only("pk", "points_earned", "tier", "role")}
    before = {standing.member_id: standing for standing in Standing.objects.filter(member_id__in=members)}
    places = {tier.pk: place for place, tier in enumerate(tiers)}
    points = points_that_count(rules, {pk: member.points_earned for pk, member in members.items()})
    turn = _Round(why, rules)
    for pk, member in members.items():
        standing = before.get(pk)
        here = places[standing.tier_id] if standing else 0
        decision = decide(
            rules,
            tiers,
            here=here,
            points=points[pk],
            grace_until=standing.grace_until if standing else None,
            now=now or timezone.now(),
        )
        # Who is not told, because all of it is history or the team is at work, begins no grace: the next evaluation does.
        silent = decision.grace_begins and causes[pk][1]
        kept_until = standing.grace_until if standing else None
        if not silent and (decision.place != here or decision.grace_until != kept_until):
            _note(turn, tiers, member, standing, here, decision, causes[pk], actor)
    _write(turn)
    return len(turn.moves)


def _note(
    turn: _Round,
    tiers: list[Tier],
    member: Member,
    standing: Standing | None,
    here: int,
    decision: Decision,
    cause: tuple[dt.datetime, bool],
    actor: Member | None,
) -> None:
    """Note what becomes of one member: a grace that begins or ends, or a move with all that belongs to it."""
    (when, quiet), tier, was = cause, tiers[decision.place], tiers[here]
    highest = standing.highest if standing else 0
    moved = decision.place != here
    since = when if moved or standing is None else standing.since
    fresh = Standing(member=member, tier=tier, since=since, highest=max(highest, tier.threshold))
    fresh.grace_until = decision.grace_until
    turn.standings.append(fresh)
    told = turn.happenings[quiet] if member.role == Role.MEMBER else []
    if moved:
        down = Why.SHORT if turn.rules.is_windowed else Why.CORRECTED
        why = down if turn.why is Why.EARNED and decision.place < here else turn.why
        turn.moves.append(
            TierMove(member=member, before=was.name, after=tier.name, why=why, actor=actor, at=when)
        )
        if tier.threshold > highest:
            told.append(_happening(TIER_REACHED, member, tier, when, earned=member.points_earned))
        elif decision.place < here:
            told.append(_happening(TIER_LEFT, member, was, when, after=tier.name))
    elif decision.grace_begins and decision.grace_until is not None:
        until = decision.grace_until.isoformat()
        told.append(_happening(TIER_GRACE, member, was, when, until=until))


def _write(turn: _Round) -> None:
    if not turn.standings:
        return
    Standing.objects.bulk_create(
        turn.standings,
        update_conflicts=True,
        unique_fields=["member"],
        update_fields=["tier", "since", "highest", "grace_until"],
    )
    TierMove.objects.bulk_create(turn.moves)
    moved = {move.member_id for move in turn.moves}
    # The first tier is where everyone begins; it needs no word beside a name.
    shown = {
        standing.member_id: {"tier": standing.tier.name if standing.tier.threshold else ""}
        for standing in turn.standings
        if standing.member_id in moved
    }
    if shown:
        set_standings(actor=None, values=shown)
        _reconsider(sorted(shown))
    for quiet, happenings in turn.happenings.items():
        if happenings:
            record_many(happenings, quiet=quiet)


def _reconsider(member_ids: list[int]) -> None:
    """Where spaces are open to tiers, ask again what those who moved may see of what they were told."""
    if is_opened_by("tier:"):
        for member in Member.objects.get_queryset().filter(pk__in=member_ids).order_by("pk"):
            reconsider_member(member=member)


def _happening(verb: Verb, member: Member, tier: Tier, when: dt.datetime, **more: object) -> Happening:
    return Happening(
        verb=verb,
        actor_id=member.pk,
        target_type=Member._meta.label_lower,
        target_pk=member.pk,
        payload={"member_id": member.pk, "tier": tier.key, "name": tier.name, **more},
        occurred_at=when,
    )


def settle_everyone(
    *, renamed: Tier | None = None, why: Why = Why.RULES, actor: Member | None = None, quiet: bool = True
) -> int:
    """Put everyone with points into their tier, a bounded number at a time. Returns how many moved."""
    if renamed is not None and renamed.threshold:
        held = Standing.objects.filter(tier=renamed).values_list("member_id", flat=True)
        set_standings(actor=None, values={pk: {"tier": renamed.name} for pk in held})
    after, moved = 0, 0
    now = fetch("SELECT now()", (), lambda row: row[0])[0]
    while people := _after(after):
        causes = {pk: (now, quiet) for pk in people}
        moved += settle_tiers(causes=causes, why=why, actor=actor, now=now)
        after = people[-1]
    return moved


def _after(pk: int) -> list[int]:
    """Return the next of those who may be in another tier than the first: by their points, or by where they stand."""
    return fetch(
        """(SELECT id FROM members_member WHERE points_earned > 0 AND id > %s ORDER BY id LIMIT %s)
          UNION (SELECT member_id FROM tiers_standing WHERE member_id > %s ORDER BY member_id LIMIT %s)
          ORDER BY 1 LIMIT %s""",
        (pk, CHUNK, pk, CHUNK, CHUNK),
        lambda row: int(row[0]),
    )


def settle_by_time() -> int:
    """The evaluation of every day: who rose, whose grace begins or is over. Returns how many moved."""
    return settle_everyone(why=Why.EARNED, quiet=False)
