"""Points held back because a pattern looks unusual: a case in the one review queue, told to its member, who may answer by an appeal."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.errors import Conflict, NotFound
from community.members.models import Member
from community.moderation import limits as desk
from community.moderation.actions import decide_case, open_case
from community.moderation.case_kinds import (
    CaseKind,
    Choice,
    Effect,
    Fact,
    Ruling,
    Subject,
    register_case_kind,
)
from community.moderation.models import Case
from rewards.points.actions import hold_back, release
from rewards.points.models import Hold, HoldState, Transfer
from rewards.points.patterns import Pattern, awards_in
from rewards.points.permissions import can_adjust_points


@transaction.atomic
def hold_pattern(*, actor: Member, pattern: Pattern, since: dt.datetime, reason: str) -> Case:
    """Hold back what the awards of a pattern brought, as far as it is free, and tell the member why.

    Raises `Refused`, `Invalid`, `RateLimited` or `Conflict`; then nothing is held.
    """
    can_adjust_points(actor, pattern.member).require()
    giver_id = pattern.giver.pk if pattern.giver else None
    awards = awards_in(pattern.name, pattern.member.pk, giver_id, since, pattern.hour)
    points = sum(Transfer.objects.filter(pk__in=awards).values_list("spendable", flat=True))
    if points < 1:
        raise Conflict("nothing_to_hold", _("Nothing of it is free to be held."))
    facts = {"why": pattern.why, "points": points, "awards": awards}
    case = open_case(actor=actor, kind=POINTS_HELD, subject=pattern.member, about=pattern.member, facts=facts)
    return decide_case(actor=actor, case=case, decision="hold", reason=reason)


def describe(cases: Sequence[Case]) -> Mapping[int, Subject]:
    """Say whose points they are and how many. What looked unusual is for the team only."""
    names = dict(Member.objects.filter(pk__in=[c.subject_id for c in cases]).values_list("pk", "name"))
    return {
        case.pk: Subject(
            title=_("Points of %(name)s") % {"name": names[case.subject_id]},
            text=ngettext("%(n)s point", "%(n)s points", case.facts.get("points", 0))
            % {"n": case.facts.get("points", 0)},
        )
        for case in cases
        if case.subject_id in names
    }


def explain(case: Case) -> list[Fact]:
    """Say what looked unusual."""
    awards = len(case.facts.get("awards", ()))
    return [
        Fact(_("What looked unusual"), "", case.facts.get("why", "")),
        Fact(
            _("Awards it is about"), str(awards), _("Friends thank friends: this proves nothing by itself.")
        ),
    ]


def _hold(ruling: Ruling) -> Effect:
    hold = _hold_back(ruling.actor, ruling.case, ruling.reason)
    return Effect({"hold": hold.pk}, before="free", after=f"{hold.amount} held")


def _hold_back(actor: Member, case: Case, reason: str) -> Hold:
    if case.author is None:
        raise NotFound()
    # The case is in the key, so that the notice can lead to it.
    key = f"{case.pk}:{uuid.uuid4().hex}"
    return hold_back(
        actor=actor, member=case.author, amount=int(case.facts.get("points", 0)), reason=reason, key=key
    )


def _let_go(actor: Member, case: Case, reason: str) -> dict[str, Any]:
    hold = Hold.objects.filter(pk=case.before.get("hold")).first()
    if hold is not None and hold.state == HoldState.OPEN:
        release(actor=actor, hold=hold, reason=reason)
    return {"hold": hold.pk if hold else None}


def _undo(actor: Member, case: Case) -> None:
    _let_go(actor, case, _("The decision was taken back"))


def _overturn(actor: Member, case: Case) -> dict[str, Any]:
    return _let_go(actor, case, _("An appeal was right"))


def _reimpose(actor: Member, case: Case, kept: dict[str, Any]) -> None:
    _hold_back(actor, case, case.decision_reason)


def _leave(_ruling: Ruling) -> Effect:
    return Effect(before="free", after="left as they are")


POINTS_HELD = CaseKind(
    "points_held",
    gettext_lazy("Points to look at"),
    due=desk.DUE,
    role="manager",
    in_space=False,
    choices=(
        Choice(
            "hold",
            gettext_lazy("Hold the points back"),
            _hold,
            undo=_undo,
            against=True,
            told=gettext_lazy("Points of yours are held back while a person looks at how they came"),
        ),
        Choice("leave", gettext_lazy("Leave them as they are"), _leave, needs_reason=False),
    ),
    describe=describe,
    explain=explain,
    overturn=_overturn,
    reimpose=_reimpose,
    tells_team=False,
)


def register() -> None:
    """Let points that are held back land in the queue."""
    register_case_kind(POINTS_HELD)


def case_of(hold: Hold) -> int:
    """Return the number of the case that a hold came from."""
    number = hold.key.partition(":")[0]
    return int(number) if number.isdecimal() else 0
