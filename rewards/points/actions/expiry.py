"""How long points to spend count: the policy, and what a night does about it in bounded steps that may be repeated.

Each step takes an account id to go on after and returns the next, 0 at the end; beat may ring twice, nothing happens twice.
"""

import datetime as dt
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from community.activity.record import Happening, record, record_many
from community.members.models import Member
from rewards.points import limits
from rewards.points.book import Book
from rewards.points.expiry import ends_at
from rewards.points.lapsing import lapse, last_active, place_of, put_off
from rewards.points.lots import cover
from rewards.points.models import (
    Account,
    Expiry,
    ExpiryWarning,
    Lot,
    Programme,
)
from rewards.points.permissions import can_change_rules
from rewards.points.verbs import POINTS_EXPIRING, PROGRAMME_CHANGED

BATCH = 200
POLICY = ("expiry", "months", "month", "day")
PROGRAMME_FIELDS = ("name", *POLICY)

_OUT_OF_STEP = """
SELECT account.id, account.owner_id, account.programme_id FROM points_account account
WHERE account.kind = 'member' AND account.unit = 'spend' AND account.id > %s AND account.balance <> (
  SELECT coalesce(sum(lot.remaining), 0) FROM points_lot lot WHERE lot.account_id = account.id AND lot.remaining > 0)
ORDER BY account.id LIMIT %s
"""
_WARN = """
INSERT INTO points_expirywarning (account_id, expires_at, days, amount, told_at)
SELECT account_id, expires_at, days, sum(remaining), now() FROM (
  SELECT account_id, expires_at, remaining,
    CASE WHEN expires_at <= now() + make_interval(days => %(last)s) THEN %(last)s ELSE %(first)s END AS days
  FROM points_lot WHERE remaining > 0 AND expires_at > now() AND expires_at <= now() + make_interval(days => %(first)s)
    AND account_id > %(after)s
) AS soon
WHERE NOT EXISTS (SELECT 1 FROM points_expirywarning told WHERE told.account_id = soon.account_id
  AND told.expires_at = soon.expires_at AND told.days = soon.days)
GROUP BY account_id, expires_at, days ORDER BY account_id LIMIT %(batch)s
ON CONFLICT DO NOTHING RETURNING id
"""


@transaction.atomic
def change_programme(*, actor: Member, programme: Programme, changes: dict[str, Any]) -> Programme:
    """Change what the points are called and how long they count. A new policy begins now, and never shortens a date given before.

    Raises `Refused`, or `ValidationError` for a value that cannot be.
    """
    can_change_rules(actor).require()
    limits.CHANGE_PROGRAMME.spend(actor)
    row = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    before = {name: getattr(row, name) for name in PROGRAMME_FIELDS}
    for name in set(changes) & set(PROGRAMME_FIELDS):
        setattr(row, name, changes[name])
    after = {name: getattr(row, name) for name in PROGRAMME_FIELDS}
    changed = [name for name in PROGRAMME_FIELDS if before[name] != after[name]]
    if not changed:
        return row
    if set(changed) & set(POLICY):
        row.version += 1
        row.switched_at = timezone.now()
    row.full_clean()
    row.save()
    payload = {
        "key": row.key,
        "before": {name: before[name] for name in changed},
        "after": {name: after[name] for name in changed},
    }
    record(PROGRAMME_CHANGED, actor=actor, target=row, payload=payload)
    return row


@transaction.atomic
def settle_lots(after: int = 0, batch: int = BATCH) -> int:
    """Let lots add up to balances that moved while an older version, which keeps none, was at work."""
    with connection.cursor() as cursor:
        cursor.execute(_OUT_OF_STEP, [after, batch])
        found = cursor.fetchall()
    if not found:
        return 0
    book = Book({owner for _pk, owner, _programme in found})
    locked = [book.purse(owner, programme).spend for _pk, owner, programme in found]
    cover({account.pk: account.balance for account in locked})
    return int(found[-1][0])


@transaction.atomic
def refresh_lots(batch: int = 1000) -> int:
    """Give lots the date that the policy in force gives them. Returns how many; 0 means that all have it."""
    # A lot that is being spent is not waited for: it keeps its turn for the next night.
    due = (
        Lot.objects.open()
        .exclude(dated_for=F("account__programme__version"))
        .select_for_update(skip_locked=True, of=("self",))
    )
    lots = list(due.select_related("account__programme").order_by("pk")[:batch])
    active = last_active(
        {lot.account.owner_id or 0 for lot in lots if lot.account.programme.expiry == Expiry.INACTIVITY}
    )
    for lot in lots:
        programme = lot.account.programme
        since = lot.came_at
        if programme.expiry == Expiry.INACTIVITY:
            since = active.get(place_of(lot.account), since)
        date = ends_at(programme, max(since, lot.came_at, programme.switched_at))
        lot.expires_at = max(lot.expires_at, date) if date and lot.expires_at else date
        lot.dated_for = programme.version
    Lot.objects.bulk_update(lots, ["expires_at", "dated_for"])
    return len(lots)


@transaction.atomic
def refresh_active(after: int = 0, batch: int = BATCH) -> int:
    """Where inactivity decides: put off what would expire soon and belongs to somebody who took part meanwhile."""
    soon = timezone.now() + limits.FIRST_WARNING + dt.timedelta(days=1)
    near = (
        Lot.objects.open()
        .filter(expires_at__lte=soon, account_id__gt=after, account__programme__expiry=Expiry.INACTIVITY)
        .values("account_id")
        .distinct()
    )
    ids = list(near.order_by("account_id").values_list("account_id", flat=True)[:batch])
    put_off(Account.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    return ids[-1] if ids else 0


@transaction.atomic
def settle_warnings(after: int = 0, batch: int = BATCH) -> int:
    """Write down who is to be told that points to spend reach their date, twice and each time once."""
    first, last = limits.FIRST_WARNING.days, limits.LAST_WARNING.days
    values = {"first": first, "last": last, "after": after, "batch": batch}
    with connection.cursor() as cursor:
        cursor.execute(_WARN, values)
        new = [row[0] for row in cursor.fetchall()]
    told = ExpiryWarning.objects.filter(pk__in=new).select_related("account").order_by("account_id", "pk")
    happenings = [
        Happening(
            verb=POINTS_EXPIRING,
            actor_id=None,
            target_type=ExpiryWarning._meta.label_lower,
            target_pk=row.pk,
            payload={
                "member_id": row.account.owner_id,
                "amount": row.amount,
                "expires_at": row.expires_at.isoformat(),
                "days": row.days,
            },
            occurred_at=row.told_at,
        )
        for row in told
    ]
    if happenings:
        record_many(happenings, quiet=False)
    return len(new)


@transaction.atomic
def expire_points(after: int = 0, batch: int = BATCH) -> int:
    """Move points to spend whose time is over out of some accounts. What is held waits until its hold ends."""
    overdue = Lot.objects.overdue().filter(account_id__gt=after).order_by("account_id")
    columns = ("account_id", "account__owner_id", "account__programme_id")
    found = list(overdue.values_list(*columns).distinct()[:batch])
    if not found:
        return 0
    places = {(owner, programme) for _pk, owner, programme in found}
    book = Book({owner for owner, _programme in places})
    lapse(book, places)
    book.close()
    return int(found[-1][0])
