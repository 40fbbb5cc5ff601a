"""What was awarded before, or is on its way, for the sources a batch touches."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from rewards.points.book import UNDONE_BY_HAND
from rewards.points.earning.misses import Outcome
from rewards.points.earning.touches import Source
from rewards.points.models import PendingAward, PendingState, Transfer, TransferKind

Claim = tuple[str, Source, int]


class Memory:
    """Which claims were answered already, and which once-only rules a member had."""

    def __init__(self, once_keys: Iterable[str] = ()) -> None:
        self._once_keys = set(once_keys)
        self._answers: dict[Claim, Outcome] = {}
        self._once_held: set[tuple[str, int]] = set()

    def outcome(self, rule_key: str, source: Source, member_id: int) -> Outcome | None:
        """Return what became of a claim: paid, on its way, or taken back for good by a person. None: nothing yet."""
        return self._answers.get((rule_key, source, member_id))

    def holds(self, rule_key: str, source: Source, member_id: int, *, once: bool) -> bool:
        """Return whether a member has this award already; of a once-only rule, for whatever source."""
        if once and (rule_key, member_id) in self._once_held:
            return True
        return (rule_key, source, member_id) in self._answers

    def remember(self, claim: Claim, outcome: Outcome) -> None:
        """Remember what became of a claim."""
        self._answers[claim] = outcome
        if claim[0] in self._once_keys and outcome is not Outcome.TAKEN_BACK:
            self._once_held.add((claim[0], claim[2]))

    def had_once(self, rule_key: str, member_id: int) -> None:
        """Remember that a member had a once-only rule for something else."""
        self._once_held.add((rule_key, member_id))

    def drop(self, claim: Claim) -> None:
        """Remember that what a claim gave is being taken back."""
        self._answers.pop(claim, None)
        self._once_held.discard((claim[0], claim[2]))


class History(Memory):
    """Awards of certain sources, and of certain once-only rules: which still stand, and how many were taken back.

    What a person took back does not stand, but is not given again either.
    """

    def __init__(
        self, sources: Iterable[Source], once_keys: Iterable[str], member_ids: Iterable[int]
    ) -> None:
        super().__init__(once_keys)
        self._live: dict[Source, list[Transfer]] = defaultdict(list)
        self._waiting: dict[Source, list[PendingAward]] = defaultdict(list)
        self._rounds: dict[Claim, int] = defaultdict(int)
        self._once: dict[tuple[str, int], int] = defaultdict(int)
        self.undone: dict[Claim, Transfer | PendingAward] = {}
        self._granted: dict[Claim, int] = {}
        wanted = of_sources(set(sources)) | _of_once(self._once_keys, set(member_ids))
        rows = Transfer.objects.filter(wanted, kind=TransferKind.AWARD)
        for transfer in rows.select_related("reversal", "rule").order_by("pk"):
            self._read(transfer)
        for pending in PendingAward.objects.filter(wanted).select_related("rule").order_by("pk"):
            self._read_pending(pending)

    def _read(self, transfer: Transfer) -> None:
        undone = getattr(transfer, "reversal", None)
        self._granted.setdefault(claim_of(transfer), transfer.earned)
        self._note(transfer)
        if undone is None:
            self._stand(transfer)
            return
        self.undone[claim_of(transfer)] = undone
        if undone.scope == UNDONE_BY_HAND:
            self.remember(claim_of(transfer), Outcome.TAKEN_BACK)

    def _read_pending(self, pending: PendingAward) -> None:
        # What was promised first is more than what came when a part was refunded meanwhile.
        self._granted[claim_of(pending)] = pending.points
        if pending.state == PendingState.WAITING:
            self.promise(pending)
        elif pending.state in (PendingState.CANCELLED, PendingState.STOPPED):
            self.undone[claim_of(pending)] = pending
            if pending.state == PendingState.STOPPED:
                self.remember(claim_of(pending), Outcome.TAKEN_BACK)

    def _note(self, transfer: Transfer) -> None:
        self._rounds[claim_of(transfer)] += 1
        self._once[transfer.rule_key, transfer.member_id] += 1

    def _stand(self, transfer: Transfer) -> None:
        self._live[claim_of(transfer)[1]].append(transfer)
        self.remember(claim_of(transfer), Outcome.PAID)

    def live(self, source: Source) -> list[Transfer]:
        """Return the awards of a source that were not taken back."""
        return self._live.get(source, [])

    def waiting(self, source: Source) -> list[PendingAward]:
        """Return the awards of a source that are on their way."""
        return self._waiting.get(source, [])

    def granted(self, claim: Claim) -> int:
        """Return how many points were given or promised for a claim in the first place, before any refund."""
        return self._granted[claim]

    def round(self, rule_key: str, source: Source, member_id: int) -> int:
        """Return how many awards of this claim there were before."""
        return self._rounds[rule_key, source, member_id]

    def once_round(self, rule_key: str, member_id: int) -> int:
        """Return how many awards of a once-only rule a member had before."""
        return self._once[rule_key, member_id]

    def add(self, transfer: Transfer) -> None:
        """Remember an award that is being written."""
        self._note(transfer)
        self._stand(transfer)

    def promise(self, pending: PendingAward) -> None:
        """Remember an award that is on its way."""
        self._waiting[claim_of(pending)[1]].append(pending)
        self.remember(claim_of(pending), Outcome.PENDING)

    def forget(self, gone: Transfer | PendingAward) -> None:
        """Remember that an award is being taken back, or is not on its way any more."""
        _key, source, _member = claim = claim_of(gone)
        if isinstance(gone, Transfer):
            self._live[source].remove(gone)
        else:
            self._waiting[source].remove(gone)
        self.drop(claim)


def claim_of(row: Transfer | PendingAward) -> Claim:
    """Return what an award is for: rule, source and member."""
    return row.rule_key, (row.source_type, row.source_id or 0), row.member_id


def of_sources(sources: set[Source]) -> Q:
    """Return the condition that a row is for one of these sources."""
    by_type: dict[str, set[int]] = defaultdict(set)
    for source_type, source_id in sources:
        by_type[source_type].add(source_id)
    wanted = Q(pk__in=[])
    for source_type, ids in by_type.items():
        wanted |= Q(source_type=source_type, source_id__in=ids)
    return wanted


def _of_once(rule_keys: set[str], members: set[int]) -> Q:
    return Q(rule_key__in=rule_keys, member_id__in=members) if rule_keys else Q(pk__in=[])
