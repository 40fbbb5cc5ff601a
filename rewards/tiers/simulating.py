"""What a change of tiers would do to everybody, before it is saved: one statement, nothing written."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from community.members.models import Member
from rewards.tiers.counting import COUNTED, current_rules, spans_of, today
from rewards.tiers.models import Tier, TierRules

NEAREST = 10
_PATIENCE = "20s"

_POINTS = (
    "SELECT id AS member_id, points_earned::bigint AS points FROM members_member WHERE points_earned > 0"
)
_PLACED = """
WITH counted AS ({points}),
standing AS (
    SELECT member.id AS member_id, GREATEST(COALESCE(max(counted.points), 0), 0) AS points,
        COALESCE(array_position(%(ids)s::bigint[], max(stood.tier_id)), 1) AS here
    FROM members_member member
    LEFT JOIN counted ON counted.member_id = member.id LEFT JOIN tiers_standing stood ON stood.member_id = member.id
    WHERE member.is_active AND member.role = 'member' AND (counted.member_id IS NOT NULL OR stood.id IS NOT NULL)
    GROUP BY member.id),
placed AS MATERIALIZED (
    SELECT member_id, points, here, GREATEST(width_bucket(points, %(thresholds)s::bigint[]), 1) AS deserved FROM standing),
near AS (
    SELECT placed.member_id, placed.points, placed.here, placed.deserved,
        (SELECT min(abs(placed.points - line)) FROM unnest(%(thresholds)s::bigint[]) line WHERE line > 0) AS gap
    FROM placed ORDER BY gap, member_id LIMIT %(nearest)s)
SELECT 'move', here, deserved, count(*), 0 FROM placed GROUP BY here, deserved
UNION ALL SELECT 'near', here, deserved, points, member_id FROM near
"""


@dataclass(frozen=True, slots=True)
class Shift:
    """So many members would go from one tier to another."""

    before: str
    after: str
    members: int
    is_up: bool


@dataclass(frozen=True, slots=True)
class Near:
    """One of the members nearest to a line."""

    member: Member
    points: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a change would do. `falls` says what becomes of those who fall short: at once, later one by one, or nothing."""

    shifts: list[Shift]
    near: list[Near]
    stay: int
    falls: str
    digest: str

    @property
    def up(self) -> int:
        """How many would rise."""
        return sum(shift.members for shift in self.shifts if shift.is_up)

    @property
    def down(self) -> int:
        """How many would fall short of the tier they have."""
        return sum(shift.members for shift in self.shifts if not shift.is_up)


def simulate(*, tiers: Sequence[Tier] | None = None, rules: TierRules | None = None) -> Simulation:
    """Return what tiers and rules that are not saved yet would do to everybody who is in a tier or has points."""
    ordered = sorted(Tier.objects.all() if tiers is None else tiers, key=lambda tier: tier.threshold)
    rules = rules or current_rules()
    rows = _count(ordered, rules)
    names = [tier.name for tier in ordered]
    shifts = [
        Shift(names[here - 1], names[deserved - 1], count, deserved > here)
        for kind, here, deserved, count, _pk in rows
        if kind == "move" and here != deserved
    ]
    shifts.sort(key=lambda shift: (not shift.is_up, -shift.members, shift.before))
    falls = _falls(rules)
    text = repr([(s.before, s.after, s.members) for s in shifts]) + falls
    return Simulation(
        shifts=shifts,
        near=_near(names, rows),
        stay=sum(row[3] for row in rows if row[0] == "move" and row[1] == row[2]),
        falls=falls,
        digest=hashlib.sha256(text.encode()).hexdigest()[:16],
    )


def _falls(rules: TierRules) -> str:
    if not rules.is_windowed:
        return "at_once"
    if not rules.may_fall:
        return "never"
    return f"after:{rules.grace_days}"


def _count(tiers: list[Tier], rules: TierRules) -> list[Any]:
    spans = spans_of(rules, today())
    values: dict[str, Any] = {
        # A tier that is being added has nobody yet.
        "ids": [tier.pk or 0 for tier in tiers],
        "thresholds": [tier.threshold for tier in tiers],
        "nearest": NEAREST,
    }
    parts = []
    for n, (first, last) in enumerate(spans):
        one = COUNTED.replace("%(first)s", f"%(first{n})s").replace("%(last)s", f"%(last{n})s")
        parts.append(one + "GROUP BY moved.member_id")
        values |= {f"first{n}": first, f"last{n}": last}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [_PATIENCE])
        cursor.execute(_PLACED.format(points=" UNION ALL ".join(parts) or _POINTS), values)
        return list(cursor.fetchall())


def _near(names: list[str], rows: list[Any]) -> list[Near]:
    nearest = [row for row in rows if row[0] == "near"]
    people = Member.objects.get_queryset().in_bulk([row[4] for row in nearest])
    return [
        Near(people[pk], points, names[here - 1], names[deserved - 1])
        for _kind, here, deserved, points, pk in nearest
    ]
