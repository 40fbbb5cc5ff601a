"""What lands in the one queue: each kind of case says what it is about, who decides, what may be decided, and how it is undone.

    JOIN_REQUEST = register_case_kind(CaseKind(
        "join_request", _("Somebody wants to join a group"), due=limits.DUE, describe=describe_requests,
        choices=(Choice("admit", _("Let them in"), admit, undo=take_out, needs_reason=False), Choice("decline", _("Decline"), decline)),
    ))

A feature registers its kinds when the apps are ready and opens cases by `actions.open_case`. See docs/contributing.md.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.moderation import limits
from community.moderation.models import Case
from community.numbers.number import Number
from community.verdict import YES, Verdict

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision as it is made: who decides about which case, the reason that is told, and the days of a pause."""

    actor: Member
    case: Case
    decision: str
    reason: str
    days: int | None = None
    # When whoever decides read what it is about. What was changed since is not what they decide about.
    seen_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision did. `undo` is kept with the case for whoever takes it back; `before` and `after` are for the log."""

    undo: dict[str, Any] = field(default_factory=dict)
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be decided. `apply` runs in the transaction of the decision; without `undo` it stays decided.

    `undo` finds what `apply` kept in `case.before`. Penalties laid with the case are lifted without its help.
    """

    name: str
    label: "_StrOrPromise"
    apply: Callable[[Ruling], Effect]
    undo: Callable[[Member, Case], None] | None = None
    needs_reason: bool = True
    takes_days: bool = False
    # Whether it goes against the member whom the case is about, who may then appeal, and what that member reads of it.
    against: bool = False
    told: "_StrOrPromise" = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a case is about, as lists and its page name it: plain text, where it stands, and the way to it."""

    title: str
    text: str = ""
    place: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the page of a case explains: what, how much, and in words why."""

    label: str
    value: str
    why: str = ""


def _anyone(actor: Member, case: Case) -> Verdict:
    return YES


def _nothing_more(case: Case) -> list[Fact]:
    return []


@dataclass(frozen=True, slots=True)
class CaseKind:
    """A kind of case.

    `role` is the least role that decides about cases in no space; in a space decide those who keep order there, or with
    `in_space=False` only those of them who have the role. `may_judge` may refuse somebody in particular. `describe` is
    asked once for all cases of a list. `template` draws the subject on the page of the case, with `case`, `subject` and
    what `detail` returned.
    """

    name: str
    label: "_StrOrPromise"
    due: Number
    choices: tuple[Choice, ...]
    describe: Callable[[Sequence[Case]], Mapping[int, Subject]]
    role: str = "moderator"
    in_space: bool = True
    may_judge: Callable[[Member, Case], Verdict] = _anyone
    explain: Callable[[Case], list[Fact]] = _nothing_more
    detail: Callable[[Member, Case], Any] | None = None
    template: str = "admin/moderation/kinds/plain.html"
    # How an appeal that is right undoes a decision (what it returns is kept), and how taking that back puts it in force
    # again. Without them nobody can appeal. Penalties are lifted and put in force again without their help.
    overturn: Callable[[Member, Case], dict[str, Any]] | None = None
    reimpose: Callable[[Member, Case, dict[str, Any]], None] | None = None
    # Whether those who keep order everywhere get a notice when one is opened.
    tells_team: bool = True
    # Whether reports of members gather in it: they hear what came of it. Its decision to leave things be is called `keep`.
    is_reported: bool = False

    def choice(self, name: str) -> Choice | None:
        """Return the decision of that name, if this kind offers it."""
        return next((choice for choice in self.choices if choice.name == name), None)


_kinds: dict[str, CaseKind] = {}


def register_case_kind(kind: CaseKind) -> CaseKind:
    """Let cases of a kind land in the queue; called from a feature's `AppConfig.ready()`. Names are kept in rows for ever."""
    known = _kinds.get(kind.name)
    if known is not None and known != kind:
        raise RuntimeError(f"case kind {kind.name!r} is registered twice")
    _kinds[kind.name] = kind
    return kind


def forget_case_kind(name: str) -> None:
    """Take a kind out again, for tests that register one of their own."""
    _kinds.pop(name, None)


def find_case_kind(name: str) -> CaseKind | None:
    """Return a kind by its name, or None."""
    return _kinds.get(name)


def all_case_kinds() -> Iterator[CaseKind]:
    """Return every kind, in the order in which they were registered."""
    return iter(_kinds.values())


def _unknown(cases: Sequence[Case]) -> Mapping[int, Subject]:
    return {case.pk: Subject(title=str(_GONE.label)) for case in cases}


# Rows outlive code: what is left of a feature that was taken out can be read by administrators, and decided by nobody.
_GONE = CaseKind(
    "", _("Of a feature that is not here any more"), limits.DUE, (), _unknown, role="admin", in_space=False
)


def case_kind(name: str) -> CaseKind:
    """Return the kind of that name."""
    return _kinds.get(name, _GONE)


def kind_of(case: Case) -> CaseKind:
    """Return the kind of a case."""
    return case_kind(case.kind)


def decision_label(case: Case) -> str:
    """Return what was decided, in words; empty while nothing is."""
    choice = kind_of(case).choice(case.decision)
    return str(choice.label) if choice else case.decision


def decision_told(case: Case) -> str:
    """Return what was decided, as the member whom it concerns reads it."""
    choice = kind_of(case).choice(case.decision)
    return str(choice.told) if choice and choice.told else decision_label(case)


def describe_cases(cases: Sequence[Case]) -> dict[int, Subject]:
    """Return what each case is about, by its key: one question per kind, however many cases."""
    by_kind: dict[str, list[Case]] = {}
    for case in cases:
        by_kind.setdefault(case.kind, []).append(case)
    found: dict[int, Subject] = {}
    for group in by_kind.values():
        found.update(kind_of(group[0]).describe(group))
    return found
