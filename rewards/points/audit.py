"""The audit of the ledger: each promise is one query that returns the rows which break it."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction

EXAMPLES = 5
# Promises about things that nobody can do here yet. A feature that brings them brings their checks.
NOT_IN_USE = {
    "L7": "Coupons: there are none to redeem.",
    "L9": "Auctions: there are none to bid in.",
}

# Name, what must hold, and a query for the ids of rows where it does not.
CHECKS: tuple[tuple[str, str, str], ...] = (
    (
        "L1",
        "Transfers and entries cannot be changed or deleted.",
        """SELECT wanted.name FROM (VALUES ('points_transfer_append_only'), ('points_entry_append_only'),
           ('points_transfer_balanced'), ('points_entry_balanced'),
           ('points_allocation_append_only'), ('points_lot_keeps_its_amount')) AS wanted(name)
           LEFT JOIN pg_trigger trigger ON trigger.tgname = wanted.name AND trigger.tgenabled IN ('O', 'A')
           WHERE trigger.oid IS NULL""",
    ),
    (
        "L2",
        "Every transfer has two legs or more, which cancel out in each unit and say what the transfer says.",
        """SELECT transfer.id FROM points_transfer transfer
           LEFT JOIN points_entry entry ON entry.transfer_id = transfer.id
           LEFT JOIN points_account account ON account.id = entry.account_id
           GROUP BY transfer.id
           HAVING count(entry.id) < 2
           OR sum(entry.amount) FILTER (WHERE account.unit = 'status') <> 0
           OR sum(entry.amount) FILTER (WHERE account.unit = 'spend') <> 0
           OR count(*) FILTER (WHERE account.owner_id <> transfer.member_id) > 0
           OR coalesce(sum(entry.amount) FILTER (WHERE account.unit = 'status' AND account.owner_id IS NOT NULL), 0)
              <> transfer.earned
           OR coalesce(sum(entry.amount) FILTER (WHERE account.unit = 'spend' AND account.owner_id IS NOT NULL), 0)
              <> transfer.spendable""",
    ),
    (
        "L2-programme",
        "Programmes never mix: every leg, rule, original, hold and campaign of a transfer is of the transfer's own.",
        """SELECT transfer.id FROM points_transfer transfer
           JOIN points_entry entry ON entry.transfer_id = transfer.id JOIN points_account account ON account.id = entry.account_id
           WHERE account.programme_id <> transfer.programme_id
           UNION
           SELECT transfer.id FROM points_transfer transfer
           LEFT JOIN points_earningrule rule ON rule.id = transfer.rule_id
           LEFT JOIN points_transfer original ON original.id = transfer.reverses_id
           LEFT JOIN points_hold hold ON hold.transfer_id = transfer.id LEFT JOIN points_account held ON held.id = hold.account_id
           LEFT JOIN points_boost boost ON boost.transfer_id = transfer.id
           LEFT JOIN points_campaign campaign ON campaign.id = boost.campaign_id
           WHERE rule.programme_id <> transfer.programme_id OR original.programme_id <> transfer.programme_id
              OR held.programme_id <> transfer.programme_id OR campaign.programme_id <> transfer.programme_id
           UNION
           SELECT 0 FROM (SELECT count(*) AS n FROM pg_trigger WHERE tgname = 'points_account_keeps_its_place' AND tgenabled IN ('O', 'A')) AS guard
           WHERE guard.n = 0""",
    ),
    (
        "L3",
        "The balance of every account is the sum of its entries.",
        """SELECT account.id FROM points_account account LEFT JOIN points_entry entry ON entry.account_id = account.id
           GROUP BY account.id HAVING account.balance <> coalesce(sum(entry.amount), 0)""",
    ),
    (
        "L3-shown",
        "Every member shows what they earned in the main programme and what of it is free to be spent.",
        """SELECT member.id FROM members_member member
           LEFT JOIN points_account earned ON earned.owner_id = member.id AND earned.unit = 'status' AND earned.kind = 'member'
             AND earned.programme_id = 'main'
           LEFT JOIN points_account spend ON spend.owner_id = member.id AND spend.unit = 'spend' AND spend.kind = 'member'
             AND spend.programme_id = 'main'
           WHERE member.points_earned <> coalesce(earned.balance, 0)
           OR member.points_to_spend <> coalesce(spend.balance - spend.held, 0)""",
    ),
    (
        "L3-lots",
        "What is left of the lots of an account is its balance, and what each transfer took and gave back is what it says.",
        """SELECT account.id FROM points_account account
           LEFT JOIN points_lot lot ON lot.account_id = account.id AND lot.remaining > 0
           WHERE account.kind = 'member' AND account.unit = 'spend'
           GROUP BY account.id HAVING account.balance <> coalesce(sum(lot.remaining), 0)
           UNION ALL
           SELECT lot.id FROM points_lot lot LEFT JOIN points_allocation allocation ON allocation.lot_id = lot.id
           GROUP BY lot.id HAVING lot.remaining <> lot.amount + coalesce(sum(allocation.amount), 0)
           UNION ALL
           SELECT entry.transfer_id FROM (
             SELECT transfer_id, sum(amount) AS amount FROM (
               SELECT transfer_id, amount FROM points_allocation WHERE transfer_id IS NOT NULL
               UNION ALL SELECT transfer_id, amount FROM points_lot WHERE transfer_id IS NOT NULL) AS moved
             GROUP BY transfer_id) AS told
           JOIN points_entry entry ON entry.transfer_id = told.transfer_id
           JOIN points_account account ON account.id = entry.account_id AND account.kind = 'member' AND account.unit = 'spend'
           WHERE entry.amount <> told.amount""",
    ),
    (
        "L4",
        "No member's balance less what is held is below zero, and no debt above it.",
        """SELECT id FROM points_account
           WHERE (kind = 'member' AND balance < held) OR (kind = 'owed' AND balance > 0) OR held < 0""",
    ),
    (
        "L5",
        "All accounts together are zero in each unit of each programme.",
        "SELECT programme_id || ' ' || unit FROM points_account GROUP BY programme_id, unit HAVING sum(balance) <> 0",
    ),
    (
        "L6",
        "A key moves points once, and a source pays its rule once until that is taken back.",
        """SELECT min(id) FROM points_transfer GROUP BY scope, key HAVING count(*) > 1
           UNION ALL
           SELECT min(award.id) FROM points_transfer award
           LEFT JOIN points_transfer reversal ON reversal.reverses_id = award.id
           WHERE award.kind = 'award' AND reversal.id IS NULL
           GROUP BY award.rule_key, award.source_type, award.source_id, award.member_id HAVING count(*) > 1""",
    ),
    (
        "L8",
        "What an account holds back is the sum of its open holds, and every hold ends once: spent by its one transfer, let go or timed out.",
        """SELECT account.id FROM points_account account
           LEFT JOIN points_hold hold ON hold.account_id = account.id AND hold.state = 'open'
           GROUP BY account.id HAVING account.held <> coalesce(sum(hold.amount), 0)
           UNION ALL
           SELECT hold.id FROM points_hold hold LEFT JOIN points_transfer transfer ON transfer.id = hold.transfer_id
           WHERE (hold.state = 'captured' AND (transfer.id IS NULL OR transfer.scope <> 'hold' OR transfer.key <> hold.id::text
              OR transfer.member_id <> hold.member_id OR transfer.spendable <> -hold.captured))
           OR (hold.state <> 'captured' AND (hold.captured <> 0 OR hold.transfer_id IS NOT NULL))
           OR ((hold.state = 'open') <> (hold.ended_at IS NULL)) OR hold.captured > hold.amount
           UNION ALL
           SELECT transfer.id FROM points_transfer transfer LEFT JOIN points_hold hold ON hold.transfer_id = transfer.id
           WHERE transfer.scope = 'hold' AND hold.id IS NULL
           UNION ALL
           SELECT 0 FROM (SELECT count(*) AS n FROM pg_trigger WHERE tgname = 'points_hold_ends_once' AND tgenabled IN ('O', 'A')) AS guard
           WHERE guard.n = 0""",
    ),
    (
        "L10",
        "A reversal names one original, which is taken back once and in full.",
        """SELECT reversal.id FROM points_transfer reversal
           LEFT JOIN points_transfer original ON original.id = reversal.reverses_id
           WHERE reversal.kind = 'reversal' AND (original.id IS NULL OR original.kind = 'reversal'
           OR original.member_id <> reversal.member_id OR reversal.spendable <> -original.spendable
           OR abs(reversal.earned) > abs(original.earned))
           UNION ALL
           SELECT min(id) FROM points_transfer WHERE reverses_id IS NOT NULL GROUP BY reverses_id HAVING count(*) > 1""",
    ),
    (
        "L11",
        "Every transfer is written in the log of what happened, once.",
        """SELECT transfer.id FROM points_transfer transfer LEFT JOIN activity_activity activity
           ON activity.target_type = 'points.transfer' AND activity.target_pk = transfer.id
           AND activity.verb = 'points.changed'
           GROUP BY transfer.id HAVING count(activity.id) <> 1""",
    ),
)


@dataclass(frozen=True, slots=True)
class Breach:
    """One promise that does not hold, for how many rows, and the first few of them."""

    promise: str
    meaning: str
    count: int
    examples: list[Any]


@transaction.atomic
def audit_ledger() -> list[Breach]:
    """Check every promise of the ledger, each in one query and so on one snapshot. An empty list is good news."""
    breaches = []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '10min'")
        for promise, meaning, query in CHECKS:
            cursor.execute(query)
            rows = [row[0] for row in cursor.fetchall()]
            if rows:
                breaches.append(Breach(promise, meaning, len(rows), rows[:EXAMPLES]))
    return breaches


def report(breaches: list[Breach]) -> dict[str, Any]:
    """Return the result of an audit as plain values, for the command and the log."""
    return {
        "ok": not breaches,
        "promises": [promise for promise, _meaning, _query in CHECKS],
        "not_in_use": NOT_IN_USE,
        "breaches": [asdict(breach) for breach in breaches],
    }
