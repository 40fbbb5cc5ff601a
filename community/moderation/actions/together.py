"""The same for several cases at once. Each case is its own transaction: one that is refused holds up no other."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.utils.translation import gettext as _

from community.errors import DomainError, Invalid
from community.members.models import Member
from community.moderation import limits
from community.moderation.actions.cases import claim_case, decide_case, release_case, undo_decision
from community.moderation.models import Case


@dataclass(slots=True)
class Together:
    """What came of it: which cases it was done to, and why not to the others."""

    done: list[Case] = field(default_factory=list)
    refused: list[tuple[Case, str]] = field(default_factory=list)


def claim_cases(*, actor: Member, cases: Sequence[Case]) -> Together:
    """Claim each of `cases` that nobody else holds."""
    return _each(cases, lambda case: claim_case(actor=actor, case=case))


def release_cases(*, actor: Member, cases: Sequence[Case]) -> Together:
    """Give each of `cases` back that `actor` holds."""
    return _each(cases, lambda case: release_case(actor=actor, case=case))


def undo_decisions(*, actor: Member, cases: Sequence[Case]) -> Together:
    """Take the decision of each of `cases` back."""
    return _each(cases, lambda case: undo_decision(actor=actor, case=case))


def decide_cases(
    *,
    actor: Member,
    cases: Sequence[Case],
    kind: str,
    decision: str,
    reason: str = "",
    days: int | None = None,
    seen_at: dt.datetime | None = None,
) -> Together:
    """Decide several cases of one kind alike; those of other kinds are refused.

    Raises `Invalid` when what was typed fits none of them, before anything is changed.
    """
    alike = [case for case in cases if case.kind == kind]
    act = partial(decide_case, actor=actor, decision=decision, reason=reason, days=days, seen_at=seen_at)
    told = _each(alike, lambda case: act(case=case))
    other = _("It is of another kind.")
    told.refused += [(case, other) for case in cases if case.kind != kind]
    return told


def _each(cases: Sequence[Case], act: Callable[[Case], Case]) -> Together:
    if len(cases) > limits.MOST_TOGETHER:
        raise Invalid(
            "too_many", _("Choose at most %(most)d cases at once.") % {"most": limits.MOST_TOGETHER}
        )
    told = Together()
    for case in sorted(cases, key=lambda one: one.pk):
        try:
            told.done.append(act(case))
        except Invalid as error:
            if error.fields:
                # What was typed is unfit for all of them alike, and so for the first.
                raise
            told.refused.append((case, error.message))
        except DomainError as error:
            told.refused.append((case, error.message))
    return told
