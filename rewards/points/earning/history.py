"""What was awarded before, for the sources a batch touches."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from rewards.points.book import UNDONE_BY_HAND
from rewards.points.earning.touches import Source
from rewards.points.models import Transfer, TransferKind

Claim = tuple[str, Source, int]


class History:
    """Awards of certain sources, and of certain once-only rules: which still stand, and how many were taken back.

    What a person took back does not stand, but is not given again either.
    """

    def __init__(
        self, sources: Iterable[Source], once_keys: Iterable[str], member_ids: Iterable[int]
    ) -> None:
        self._live: dict[Source, list[Transfer]] = defaultdict(list)
        self._claims: dict[Claim, int] = defaultdict(int)
        self._held: set[Claim] = set()
        self._once: dict[tuple[str, int], int] = defaultdict(int)
        self._once_held: set[tuple[str, int]] = set()
        self._once_keys = set(once_keys)
        members = set(member_ids)
        rows = Transfer.objects.filter(_of_sources(set(sources)) | _of_once(self._once_keys, members))
        for transfer in rows.filter(kind=TransferKind.AWARD).select_related("reversal").order_by("pk"):
            undone = getattr(transfer, "reversal", None)
            claim = self._remember(transfer, live=undone is None)
            if undone is not None and undone.scope == UNDONE_BY_HAND:
                self._held.add(claim)

    def _remember(self, transfer: Transfer, *, live: bool) -> Claim:
        source = (transfer.source_type, transfer.source_id or 0)
        claim = (transfer.rule_key, source, transfer.member_id)
        self._claims[claim] += 1
        once = (transfer.rule_key, transfer.member_id)
        if transfer.rule_key in self._once_keys:
            self._once[once] += 1
        if live:
            self._live[source].append(transfer)
            self._held.add(claim)
            if transfer.rule_key in self._once_keys:
                self._once_held.add(once)
        return claim

    def live(self, source: Source) -> list[Transfer]:
        """Return the awards of a source that were not taken back."""
        return self._live.get(source, [])

    def holds(self, rule_key: str, source: Source, member_id: int, *, once: bool) -> bool:
        """Return whether a member has this award already; of a once-only rule, for whatever source."""
        if once and (rule_key, member_id) in self._once_held:
            return True
        return (rule_key, source, member_id) in self._held

    def round(self, rule_key: str, source: Source, member_id: int) -> int:
        """Return how many awards of this claim there were before."""
        return self._claims[rule_key, source, member_id]

    def once_round(self, rule_key: str, member_id: int) -> int:
        """Return how many awards of a once-only rule a member had before."""
        return self._once[rule_key, member_id]

    def add(self, transfer: Transfer) -> None:
        """Remember an award that is being written."""
        self._remember(transfer, live=True)

    def forget(self, transfer: Transfer) -> None:
        """Remember that an award is being taken back."""
        source = (transfer.source_type, transfer.source_id or 0)
        self._live[source].remove(transfer)
        self._held.discard((transfer.rule_key, source, transfer.member_id))
        self._once_held.discard((transfer.rule_key, transfer.member_id))


def _of_sources(sources: set[Source]) -> Q:
    by_type: dict[str, set[int]] = defaultdict(set)
    for source_type, source_id in sources:
        by_type[source_type].add(source_id)
    wanted = Q(pk__in=[])
    for source_type, ids in by_type.items():
        wanted |= Q(source_type=source_type, source_id__in=ids)
    return wanted


def _of_once(rule_keys: set[str], members: set[int]) -> Q:
    return Q(rule_key__in=rule_keys, member_id__in=members) if rule_keys else Q(pk__in=[])
