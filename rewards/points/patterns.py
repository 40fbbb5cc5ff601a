"""Patterns in the ledger that a person should look at. None of them proves anything: friends thank friends.

Looked for in the newest awards of some days, at most `MOST` of them, in one statement; addresses of machines are not asked.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.members.models import Member
from community.sql import fetch
from rewards.points.models import MAIN, Transfer, TransferKind

MOST, MOST_SHOWN, MOST_HELD = 20_000, 8, 500
# How many awards make a pattern, and how young an account is that marks.
FROM_ONE, EACH_WAY, AT_ONCE, NEWCOMERS = 5, 3, 10, 3
YOUNG = dt.timedelta(days=7)

_FIND = """
WITH newest AS MATERIALIZED (
  SELECT id, member_id, giver_id, earned, occurred_at FROM points_transfer
  WHERE kind = 'award' AND programme_id = 'main' AND giver_id IS NOT NULL AND created_at >= %(since)s ORDER BY id DESC LIMIT %(most)s),
marks AS MATERIALIZED (
  SELECT newest.*, giver.joined_at > newest.occurred_at - %(young)s AS is_young FROM newest
  JOIN members_member giver ON giver.id = newest.giver_id
  WHERE NOT EXISTS (SELECT 1 FROM points_transfer back WHERE back.reverses_id = newest.id)),
pairs AS MATERIALIZED (
  SELECT member_id, giver_id, count(*) AS times, sum(earned) AS points FROM marks GROUP BY 1, 2),
sums AS (SELECT member_id, sum(points) AS points FROM pairs GROUP BY 1)
(SELECT 'one_giver', pairs.member_id, pairs.giver_id, times, pairs.points, 100 * pairs.points / sums.points, NULL::timestamptz
 FROM pairs JOIN sums USING (member_id) WHERE times >= %(from_one)s AND 2 * pairs.points >= sums.points
 ORDER BY pairs.points DESC, 2, 3 LIMIT %(shown)s)
UNION ALL
(SELECT 'each_other', a.member_id, a.giver_id, a.times, a.points, b.times, NULL
 FROM pairs a JOIN pairs b ON a.member_id = b.giver_id AND a.giver_id = b.member_id
 WHERE a.times >= %(each_way)s AND b.times >= %(each_way)s AND (a.points, a.member_id) > (b.points, b.member_id) ORDER BY a.points + b.points DESC, 2, 3 LIMIT %(shown)s)
UNION ALL
(SELECT 'newcomers', member_id, NULL, count(*), sum(earned), count(DISTINCT giver_id), NULL
 FROM marks WHERE is_young GROUP BY member_id HAVING count(DISTINCT giver_id) >= %(newcomers)s
 ORDER BY 5 DESC, 2 LIMIT %(shown)s)
UNION ALL
(SELECT 'burst', member_id, NULL, count(*), sum(earned), 0, date_trunc('hour', occurred_at, 'UTC')
 FROM marks GROUP BY member_id, 7 HAVING count(*) >= %(at_once)s ORDER BY 5 DESC, 2 LIMIT %(shown)s)
"""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One thing to look at: whose points, from whom if from one, how many awards and points, and in words why."""

    name: str
    member: Member
    giver: Member | None
    times: int
    points: int
    why: str
    hour: dt.datetime | None = None


def find_patterns(since: dt.datetime) -> list[Pattern]:
    """Return what looks unusual among the awards since a moment that stand, in two statements."""
    values = {
        "since": since, "most": MOST, "shown": MOST_SHOWN, "young": YOUNG, "from_one": FROM_ONE,
        "each_way": EACH_WAY, "at_once": AT_ONCE, "newcomers": NEWCOMERS,
    }  # fmt: skip
    rows = fetch(_FIND, values, tuple)
    people = Member.objects.in_bulk({pk for row in rows for pk in row[1:3] if pk})
    return [
        Pattern(
            name,
            people[member],
            people.get(giver),
            times,
            int(points),
            _why(name, people.get(giver), times, int(more), hour),
            hour,
        )
        for name, member, giver, times, points, more, hour in rows
        if member in people
    ]


def _why(name: str, giver: Member | None, times: int, more: int, hour: dt.datetime | None) -> str:
    who = giver.name if giver else ""
    match name:
        case "one_giver":
            return _("%(percent)s%% of what marks and acceptances brought came from %(name)s.") % {
                "percent": more,
                "name": who,
            }
        case "each_other":
            return _("%(name)s gave %(n)s times, and received %(m)s times in return.") % {
                "name": who,
                "n": times,
                "m": more,
            }
        case "newcomers":
            sentence = ngettext(
                "%(n)s account less than a week old marked it.",
                "%(n)s accounts less than a week old marked it.",
                more,
            )
            return sentence % {"n": more}
    said = date_format(hour, "DATETIME_FORMAT") if hour else ""
    return _("%(n)s marks within one hour: %(when)s.") % {"n": times, "when": said}


def awards_in(
    name: str, member_id: int, giver_id: int | None, since: dt.datetime, hour: dt.datetime | None
) -> list[int]:
    """Return the ids of the awards that make a pattern and stand, the newest first, `MOST_HELD` at most."""
    rows = Transfer.objects.filter(
        kind=TransferKind.AWARD,
        programme_id=MAIN,
        member_id=member_id,
        giver_id__isnull=False,
        created_at__gte=since,
        reversal=None,
    )
    if giver_id is not None:
        rows = rows.filter(giver_id=giver_id)
    if hour is not None:
        rows = rows.filter(occurred_at__gte=hour, occurred_at__lt=hour + dt.timedelta(hours=1))
    if name == "newcomers":
        young = Member.objects.filter(pk=OuterRef("giver_id"), joined_at__gt=OuterRef("occurred_at") - YOUNG)
        rows = rows.filter(Exists(young))
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:MOST_HELD])
