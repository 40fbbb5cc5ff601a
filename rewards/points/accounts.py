"""Finding and locking accounts: always in id order, so that two transfers can never wait for each other."""

from collections.abc import Iterable

from rewards.points.models import Account, AccountKind, Unit

# The house's accounts are touched by every transfer. The highest ids lock last, and so for the shortest time.
HOUSE_IDS = {
    (Unit.STATUS, AccountKind.ISSUED): 9_000_000_000_000_001,
    (Unit.SPEND, AccountKind.ISSUED): 9_000_000_000_000_002,
    (Unit.SPEND, AccountKind.SPENT): 9_000_000_000_000_003,
    (Unit.SPEND, AccountKind.EXPIRED): 9_000_000_000_000_004,
}
FIRST_HOUSE_ID = min(HOUSE_IDS.values())

MEMBER_ACCOUNTS = (
    (Unit.STATUS, AccountKind.MEMBER),
    (Unit.SPEND, AccountKind.MEMBER),
    (Unit.SPEND, AccountKind.OWED),
)


class Purse:
    """The three accounts of one member, locked until the transaction ends."""

    __slots__ = ("owed", "spend", "status")

    def __init__(self, status: Account, spend: Account, owed: Account) -> None:
        self.status = status
        self.spend = spend
        self.owed = owed

    @property
    def to_spend(self) -> int:
        """What is free to be spent: the balance less what is held."""
        return self.spend.balance - self.spend.held


def lock_purses(member_ids: Iterable[int]) -> dict[int, Purse]:
    """Return the accounts of members, made where absent, locked in id order."""
    wanted = sorted(set(member_ids))
    _make_absent(wanted)
    found: dict[tuple[int, str, str], Account] = {
        (account.owner_id, account.unit, account.kind): account  # type: ignore[misc]
        for account in Account.objects.select_for_update().filter(owner_id__in=wanted).order_by("pk")
    }
    return {pk: Purse(*(found[pk, unit, kind] for unit, kind in MEMBER_ACCOUNTS)) for pk in wanted}


def _make_absent(member_ids: list[int]) -> None:
    have = Account.objects.filter(owner_id__in=member_ids, kind=AccountKind.OWED)
    absent = set(member_ids) - set(have.values_list("owner_id", flat=True))
    if absent:
        Account.objects.bulk_create(
            [
                Account(owner_id=pk, unit=unit, kind=kind)
                for pk in sorted(absent)
                for unit, kind in MEMBER_ACCOUNTS
            ],
            ignore_conflicts=True,
        )


def spend_account_id(member_id: int) -> int:
    """Return the id of the account a member spends from, made where absent. Nothing is locked."""
    _make_absent([member_id])
    mine = Account.objects.filter(owner_id=member_id, unit=Unit.SPEND, kind=AccountKind.MEMBER)
    return int(mine.values_list("pk", flat=True).get())


def house_id(unit: Unit, kind: AccountKind) -> int:
    """Return the id of one of the house's own accounts."""
    return HOUSE_IDS[unit, kind]


def is_house(pk: int) -> bool:
    """Return whether an account id is one of the house's."""
    return pk >= FIRST_HOUSE_ID


def open_house() -> None:
    """Make the house's accounts where they are absent."""
    if Account.objects.filter(pk__in=HOUSE_IDS.values()).count() < len(HOUSE_IDS):
        Account.objects.bulk_create(
            [Account(pk=pk, unit=unit, kind=kind) for (unit, kind), pk in HOUSE_IDS.items()],
            ignore_conflicts=True,
        )
