"""Finding and locking accounts: always in id order, so that two transfers can never wait for each other."""

from collections import defaultdict
from collections.abc import Iterable

from rewards.points.models import MAIN, Account, AccountKind, Programme, Unit

# The house's accounts are touched by every transfer. The highest ids lock last, and so for the shortest time.
# These are of the main programme; each other one has its own ten numbers above them.
HOUSE_IDS = {
    (Unit.STATUS, AccountKind.ISSUED): 9_000_000_000_000_001,
    (Unit.SPEND, AccountKind.ISSUED): 9_000_000_000_000_002,
    (Unit.SPEND, AccountKind.SPENT): 9_000_000_000_000_003,
    (Unit.SPEND, AccountKind.EXPIRED): 9_000_000_000_000_004,
}
FIRST_HOUSE_ID = min(HOUSE_IDS.values())
NUMBERS_EACH = 10

MEMBER_ACCOUNTS = (
    (Unit.STATUS, AccountKind.MEMBER),
    (Unit.SPEND, AccountKind.MEMBER),
    (Unit.SPEND, AccountKind.OWED),
)

# One member in one programme.
Place = tuple[int, str]


class Purse:
    """The three accounts of one member in one programme, locked until the transaction ends."""

    __slots__ = ("owed", "spend", "status")

    def __init__(self, status: Account, spend: Account, owed: Account) -> None:
        self.status = status
        self.spend = spend
        self.owed = owed

    @property
    def to_spend(self) -> int:
        """What is free to be spent: the balance less what is held."""
        return self.spend.balance - self.spend.held


def lock_purses(member_ids: Iterable[int], places: Iterable[Place] = ()) -> dict[Place, Purse]:
    """Return all accounts of members, locked in id order. Those of the main programme and of `places` are made where absent."""
    wanted = sorted(set(member_ids))
    _make_absent({(pk, MAIN) for pk in wanted} | set(places))
    found: dict[Place, dict[tuple[str, str], Account]] = defaultdict(dict)
    for account in Account.objects.select_for_update().filter(owner_id__in=wanted).order_by("pk"):
        found[account.owner_id or 0, account.programme_id][account.unit, account.kind] = account
    return {place: Purse(*(mine[key] for key in MEMBER_ACCOUNTS)) for place, mine in found.items()}


def _make_absent(places: set[Place]) -> None:
    have = Account.objects.filter(owner_id__in={pk for pk, _key in places}, kind=AccountKind.OWED)
    absent = places - set(have.values_list("owner_id", "programme__key"))
    if absent:
        Account.objects.bulk_create(
            [
                Account(owner_id=pk, programme_id=key, unit=unit, kind=kind)
                for pk, key in sorted(absent)
                for unit, kind in MEMBER_ACCOUNTS
            ],
            ignore_conflicts=True,
        )


def spend_account_id(member_id: int, programme: str = MAIN) -> int:
    """Return the id of the account a member spends from, made where absent. Nothing is locked."""
    _make_absent({(member_id, programme)})
    mine = Account.objects.filter(
        owner_id=member_id, programme_id=programme, unit=Unit.SPEND, kind=AccountKind.MEMBER
    )
    return int(mine.values_list("pk", flat=True).get())


def is_house(pk: int) -> bool:
    """Return whether an account id is one of the house's."""
    return pk >= FIRST_HOUSE_ID


class House:
    """The house's own accounts in each programme: which ids they have. Made where they are absent."""

    def __init__(self) -> None:
        rows = Account.objects.filter(owner=None).values_list("programme__key", "unit", "kind", "pk")
        self._ids = {(programme, unit, kind): pk for programme, unit, kind, pk in rows}
        self.open(MAIN)

    def open(self, programme: str) -> None:
        """Make the accounts of a programme where they are absent."""
        if all((programme, unit, kind) in self._ids for unit, kind in HOUSE_IDS):
            return
        above = 0 if programme == MAIN else NUMBERS_EACH * Programme.objects.get(key=programme).pk
        ids = {key: pk + above for key, pk in HOUSE_IDS.items()}
        Account.objects.bulk_create(
            [
                Account(pk=pk, programme_id=programme, unit=unit, kind=kind)
                for (unit, kind), pk in ids.items()
            ],
            ignore_conflicts=True,
        )
        self._ids |= {(programme, unit, kind): pk for (unit, kind), pk in ids.items()}

    def id_of(self, programme: str, unit: Unit, kind: AccountKind) -> int:
        """Return the id of one of the house's accounts."""
        self.open(programme)
        return self._ids[programme, unit, kind]
