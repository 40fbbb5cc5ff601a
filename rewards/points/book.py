"""The one place that writes transfers: legs are worked out on locked accounts, and written together."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from community.activity.record import Happening, record_many
from community.errors import Conflict, Refused
from community.members.actions import set_standings
from rewards.points.accounts import House, Place, Purse, is_house, lock_purses
from rewards.points.lots import Lots, Move
from rewards.points.models import MAIN, Account, AccountKind, Entry, Transfer, TransferKind, Unit
from rewards.points.verbs import POINTS_CHANGED

Leg = tuple[int, int]

_MOVE = """
UPDATE points_account AS account SET balance = account.balance + move.amount
FROM unnest(%s::bigint[], %s::bigint[]) AS move(id, amount)
WHERE account.id = move.id AND (account.kind <> 'member' OR account.balance + move.amount >= account.held)
"""
_SET_ASIDE = """
UPDATE points_account SET held = held + %(amount)s
WHERE id = %(id)s AND held + %(amount)s BETWEEN 0 AND balance RETURNING balance - held
"""


# Where points to spend went that a transfer took: who undoes it takes them from there.
_WENT_TO = {TransferKind.SPENDING: AccountKind.SPENT, TransferKind.EXPIRY: AccountKind.EXPIRED}
# The scope of keys of reversals; who took back by hand meant it for good.
UNDONE, UNDONE_BY_HAND = "reversal", "by_hand"


class Book:
    """Transfers being written in one transaction. Opening it locks the members' accounts, of all programmes; `close()` writes.

    `places` are members in other programmes than the main one who may get their first points there.

    Between the two, methods only work on the locked balances in memory, so that hundreds of transfers cost a
    handful of statements. Nothing is written by a book that is not closed.
    """

    def __init__(self, member_ids: Iterable[int], places: Iterable[Place] = ()) -> None:
        self._house = House()
        self._purses = lock_purses(member_ids, places)
        self._written: list[tuple[Transfer, list[Leg], bool, tuple[int, int]]] = []

    def purse(self, member_id: int, programme: str = MAIN) -> Purse:
        """Return the locked accounts of one member in one programme."""
        return self._purses[member_id, programme]

    def programmes_of(self, member_id: int) -> list[str]:
        """Return the keys of the programmes in which a member has accounts."""
        return sorted(key for pk, key in self._purses if pk == member_id)

    def holds(self, member_id: int, programme: str = MAIN) -> bool:
        """Return whether this book locked the accounts of a member."""
        return (member_id, programme) in self._purses

    def issue(
        self, member_id: int, *, earned: int, spendable: int, programme: str = MAIN, **fields: Any
    ) -> Transfer:
        """Move points between a member and the house; below zero they go back. Raises `Refused` when too few are there."""
        purse = self._purses[member_id, programme]
        _require(purse.status, -earned)
        _require(purse.spend, -spendable)
        legs = _shift(purse.status, earned)
        legs += _credit(purse, spendable) if spendable > 0 else _shift(purse.spend, spendable)
        legs += self._to_house(programme, Unit.STATUS, AccountKind.ISSUED, -earned)
        legs += self._to_house(programme, Unit.SPEND, AccountKind.ISSUED, -spendable)
        return self._write(member_id, programme, legs, earned=earned, spendable=spendable, **fields)

    def let_go(self, member_id: int, amount: int, programme: str = MAIN) -> None:
        """Free points that a hold had set aside, at once: what follows in this book may spend them."""
        account = self._purses[member_id, programme].spend
        set_aside(account.pk, -amount)
        account.held -= amount

    def show(self, *member_ids: int) -> None:
        """Write what members have to spend into their rows, where no transfer does it."""
        show_to_spend({pk: self._purses[pk, MAIN].to_spend for pk in member_ids})

    def spend(self, member_id: int, amount: int, programme: str = MAIN, **fields: Any) -> Transfer:
        """Move points to spend out of a member's account. Raises `Refused` when there are not as many."""
        purse = self._purses[member_id, programme]
        _require(purse.spend, amount)
        legs = _shift(purse.spend, -amount)
        legs += self._to_house(programme, Unit.SPEND, AccountKind.SPENT, amount)
        return self._write(member_id, programme, legs, earned=0, spendable=-amount, **fields)

    def expire(self, member_id: int, amount: int, programme: str = MAIN, **fields: Any) -> Transfer:
        """Move points to spend whose time is over out of a member's account. What is held stays until its hold ends."""
        purse = self._purses[member_id, programme]
        _require(purse.spend, amount)
        legs = _shift(purse.spend, -amount)
        legs += self._to_house(programme, Unit.SPEND, AccountKind.EXPIRED, amount)
        kind = TransferKind.EXPIRY
        return self._write(member_id, programme, legs, earned=0, spendable=-amount, kind=kind, **fields)

    def reverse(self, original: Transfer, *, by_hand: bool = False, **fields: Any) -> Transfer:
        """Undo a transfer. What was earned falls to zero at most; what was spent already is written down as owed."""
        programme = original.programme_id
        purse = self._purses[original.member_id, programme]
        other = _WENT_TO.get(TransferKind(original.kind), AccountKind.ISSUED)
        earned = max(-original.earned, -purse.status.balance)
        legs = _shift(purse.status, earned)
        if original.spendable < 0:
            legs += _credit(purse, -original.spendable)
        else:
            legs += _claw_back(purse, original.spendable)
        legs += self._to_house(programme, Unit.STATUS, AccountKind.ISSUED, -earned)
        legs += self._to_house(programme, Unit.SPEND, other, original.spendable)
        if not legs:
            raise Conflict("nothing_to_reverse", _("There is nothing left of it to take back."))
        return self._write(
            original.member_id,
            programme,
            legs,
            earned=earned,
            spendable=-original.spendable,
            kind=TransferKind.REVERSAL,
            reverses=original,
            rule_id=original.rule_id,
            rule_key=original.rule_key,
            source_type=original.source_type,
            source_id=original.source_id,
            round=original.round,
            thread_id=original.thread_id,
            post_id=original.post_id,
            scope=UNDONE_BY_HAND if by_hand else UNDONE,
            key=str(original.pk),
            **fields,
        )

    def _to_house(self, programme: str, unit: Unit, kind: AccountKind, amount: int) -> list[Leg]:
        return [(self._house.id_of(programme, unit, kind), amount)] if amount else []

    def _write(
        self, member_id: int, programme: str, legs: list[Leg], *, quiet: bool = False, **fields: Any
    ) -> Transfer:
        occurred_at: dt.datetime = fields["occurred_at"]
        day = occurred_at.astimezone(dt.UTC).date()
        transfer = Transfer(member_id=member_id, programme_id=programme, day=day, **fields)
        purse = self._purses[member_id, programme]
        self._written.append((transfer, legs, quiet, (purse.status.balance, purse.to_spend)))
        return transfer

    def close(self) -> list[Transfer]:
        """Write everything: transfers, legs, balances, what members show, and one Activity per transfer."""
        transfers = [transfer for transfer, *_rest in self._written]
        if not transfers:
            return []
        Transfer.objects.bulk_create(transfers, batch_size=1000)
        entries = [
            Entry(transfer=transfer, account_id=account, amount=amount)
            for transfer, legs, *_rest in self._written
            for account, amount in legs
        ]
        Entry.objects.bulk_create(entries, batch_size=4000)
        self._settle_lots()
        self._record()
        # Last what others wait for: the house's accounts, then the members' own rows.
        _move_balances(entries)
        self._show_balances(transfers)
        return transfers

    def _settle_lots(self) -> None:
        mine = {purse.spend.pk: purse.spend.balance for purse in self._purses.values()}
        moves = [
            Move(transfer, account, amount)
            for transfer, legs, *_rest in self._written
            for account, amount in legs
            if account in mine
        ]
        for move in moves:
            mine[move.account_id] -= move.amount
        Lots(moves, mine).settle()

    def _show_balances(self, transfers: list[Transfer]) -> None:
        """Members' rows show the main programme."""
        shown = {transfer.member_id for transfer in transfers if transfer.programme_id == MAIN}
        set_standings(
            actor=None,
            values={
                pk: {"points_earned": purse.status.balance, "points_to_spend": purse.to_spend}
                for pk in shown
                for purse in (self._purses[pk, MAIN],)
            },
        )

    def _record(self) -> None:
        for wanted in (False, True):
            happenings = [
                _happening(transfer, totals)
                for transfer, _legs, quiet, totals in self._written
                if quiet is wanted
            ]
            if happenings:
                record_many(happenings, quiet=wanted)


def set_aside(account_id: int, amount: int) -> int:
    """Hold points of an account, or let them go (below zero). Returns what is free then. Raises `Refused` when too few are.

    One conditional statement: whoever comes second sees what the first left.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SET_ASIDE, {"id": account_id, "amount": amount})
        changed = cursor.fetchone()
    if changed is not None:
        return int(changed[0])
    account = Account.objects.get(pk=account_id)
    _require(account, amount)
    raise Conflict("balance_moved", _("The balance changed meanwhile. Nothing was spent; try again."))


def show_to_spend(free: Mapping[int, int]) -> None:
    """Write into members' rows what they have to spend: what is held is not."""
    set_standings(actor=None, values={pk: {"points_to_spend": points} for pk, points in free.items()})


def _shift(account: Account, amount: int) -> list[Leg]:
    account.balance += amount
    return [(account.pk, amount)] if amount else []


def _credit(purse: Purse, amount: int) -> list[Leg]:
    """Points to spend come in: what is owed is settled first."""
    settled = min(-purse.owed.balance, amount)
    return _shift(purse.owed, settled) + _shift(purse.spend, amount - settled)


def _claw_back(purse: Purse, amount: int) -> list[Leg]:
    """Points to spend are taken back: what is not there any more is owed."""
    there = min(amount, purse.to_spend)
    return _shift(purse.spend, -there) + _shift(purse.owed, there - amount)


def _require(account: Account, amount: int) -> None:
    short = amount - (account.balance - account.held)
    if short > 0:
        raise Refused("not_enough_points", _("%(n)s to go") % {"n": short})


def _move_balances(entries: list[Entry]) -> None:
    """Add the legs to the balances: members' in one statement (they are locked), then the house's in id order."""
    moves: dict[int, int] = defaultdict(int)
    for entry in entries:
        moves[entry.account_id] += entry.amount
    house = sorted(pk for pk in moves if is_house(pk) and moves[pk])
    mine = [pk for pk in moves if not is_house(pk) and moves[pk]]
    with connection.cursor() as cursor:
        for group in (mine, *([pk] for pk in house)):
            cursor.execute(_MOVE, [group, [moves[pk] for pk in group]])
            if cursor.rowcount != len(group):
                raise Conflict(
                    "balance_moved", _("The balance changed meanwhile. Nothing was spent; try again.")
                )


def _happening(transfer: Transfer, totals: tuple[int, int]) -> Happening:
    return Happening(
        verb=POINTS_CHANGED,
        actor_id=transfer.actor_id,
        target_type=Transfer._meta.label_lower,
        target_pk=transfer.pk,
        payload={
            "member_id": transfer.member_id,
            "programme": transfer.programme_id,
            "kind": str(transfer.kind),
            "rule": transfer.rule_key,
            "earned": transfer.earned,
            "spendable": transfer.spendable,
            "earned_total": totals[0],
            "spendable_total": totals[1],
            "memo": transfer.memo,
        },
        occurred_at=transfer.occurred_at,
    )
