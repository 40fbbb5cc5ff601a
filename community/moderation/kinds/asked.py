"""Requests to be let in, into a group or into a space: what cases of both kinds have in common."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.errors import Conflict
from community.members.models import AskState, Group, GroupAsk, Member
from community.moderation import limits
from community.moderation.case_kinds import CaseKind, Choice, Effect, Ruling, Subject
from community.moderation.models import Case
from community.spaces.models import EntryAsk, Space
from community.verdict import YES, Verdict, no

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

Ask = GroupAsk | EntryAsk
AskT = TypeVar("AskT", GroupAsk, EntryAsk)


@dataclass(frozen=True, slots=True)
class Door:
    """Where somebody asks to be let in: the rows of its requests, the column that names the place, and how they are answered."""

    asks: type[GroupAsk] | type[EntryAsk]
    place: str
    # Who answers which request with yes or no, and the word that goes with it.
    answer: Callable[[Member, Ask, bool, str], object]
    may_answer: Callable[[Member, Ask], Verdict] = lambda actor, ask: YES

    def kind(
        self, name: str, label: "_StrOrPromise", *, no_needs_reason: bool, tells_team: bool = True
    ) -> CaseKind:
        """Return the kind of case that a request at this door is."""
        return CaseKind(
            name,
            label,
            due=limits.DUE,
            choices=(
                Choice("admit", _("Let them in"), self._admit, needs_reason=False),
                Choice("decline", _("Decline"), self._decline, needs_reason=no_needs_reason),
            ),
            describe=self._describe,
            may_judge=self._may_judge,
            tells_team=tells_team,
        )

    def _rows(self, cases: Sequence[Case]) -> Mapping[int, Ask]:
        rows = self.asks._default_manager.select_related(self.place, "member")
        return rows.in_bulk([case.subject_id for case in cases])

    def _describe(self, cases: Sequence[Case]) -> Mapping[int, Subject]:
        """Name who asks, for what, and in which words."""
        rows = self._rows(cases)
        found = ((case.pk, rows.get(case.subject_id or 0)) for case in cases)
        return {pk: self._subject(ask) for pk, ask in found if ask is not None}

    def _subject(self, ask: Ask) -> Subject:
        place: Group | Space = getattr(ask, self.place)
        return Subject(
            title=f"{ask.member.name} → {place.name}",
            text=ask.words,
            place=place.name,
            url=place.get_absolute_url(),
        )

    def _may_judge(self, actor: Member, case: Case) -> Verdict:
        ask = self._rows([case]).get(case.subject_id or 0)
        return self.may_answer(actor, ask) if ask is not None else no("answered_already", _gone())

    def _admit(self, ruling: Ruling) -> Effect:
        return self._settle(ruling, accept=True)

    def _decline(self, ruling: Ruling) -> Effect:
        return self._settle(ruling, accept=False)

    def _settle(self, ruling: Ruling, *, accept: bool) -> Effect:
        ask = self._rows([ruling.case]).get(ruling.case.subject_id or 0)
        if ask is None:
            raise Conflict("answered_already", _gone())
        self.answer(ruling.actor, ask, accept, ruling.reason)
        return Effect(before="open", after="accepted" if accept else "declined")


def waiting(asks: QuerySet[AskT]) -> AskT | None:
    """Return what waits, locked: whoever answers it at this moment is heard after its case is open, and ends that."""
    rows = asks.filter(state=AskState.OPEN).select_for_update(of=("self",), no_key=True)
    return rows.select_related("member").first()


def _gone() -> str:
    return gettext("Nothing waits for an answer any more.")
