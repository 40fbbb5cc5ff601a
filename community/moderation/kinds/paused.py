"""What a paused member wanted to be shown: decided together, each text told to its writer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.errors import Conflict, DomainError
from community.members.models import Member
from community.moderation import limits
from community.moderation.case_kinds import (
    CaseKind,
    Choice,
    Effect,
    Fact,
    Ruling,
    Subject,
    register_case_kind,
)
from community.moderation.held.actions import approve_held, refuse_held, reopen_held
from community.moderation.held.drafts import KIND, texts_of
from community.moderation.held.grounds import say_to_team
from community.moderation.models import Case, Held, HeldState, Penalty


def describe(cases: Sequence[Case]) -> Mapping[int, Subject]:
    """Say whose texts they are, how many, and how they begin."""
    texts = texts_of(cases)
    writers = [case.author_id or 0 for case in cases]
    names = dict(Member.objects.filter(pk__in=writers).values_list("pk", "name"))
    found = {}
    for case in cases:
        mine = texts[case.pk]
        count = len(mine)
        found[case.pk] = Subject(
            title=_("What %(name)s wants to say while paused")
            % {"name": names.get(case.author_id or 0, _("Former member"))},
            text=" · ".join(held.title or held.body_md[:400] for held in mine),
            place=ngettext("%(num)d text", "%(num)d texts", count) % {"num": count},
        )
    return found


def explain(case: Case) -> list[Fact]:
    """Say for which pause they wait."""
    penalty = Penalty.objects.filter(pk=case.subject_id or 0).first()
    facts = []
    if penalty is not None and penalty.until is not None:
        over = case.facts.get("over")
        label = _("The pause is over") if over else _("Paused")
        facts.append(Fact(label, penalty.get_kind_display(), penalty.reason))
    facts.append(Fact(_("Only what was sent"), "", _("Drafts that were sent to nobody are not shown here.")))
    return facts


def shown(actor: Member, case: Case) -> list[tuple[Held, list[str]]]:
    """Return the texts with why each waits, for the page of the case."""
    return [(held, [say_to_team(ground) for ground in held.grounds]) for held in texts_of([case])[case.pk]]


def _waiting(case: Case) -> list[Held]:
    return [held for held in texts_of([case])[case.pk] if held.state == HeldState.WAITING]


def publish(ruling: Ruling) -> Effect:
    """Show all of them in spite of the pause. Of what cannot be shown any more its writer reads why."""
    rows = _waiting(ruling.case)
    changed = [
        held for held in rows if held.changed_at and ruling.seen_at and held.changed_at > ruling.seen_at
    ]
    if changed:
        raise Conflict("changed_since", _("Its writer changed it after you opened it. Read it again."))
    done = 0
    for held in rows:
        try:
            approve_held(actor=ruling.actor, held=held, despite_pause=True)
            done += 1
        except DomainError as error:
            refuse_held(actor=ruling.actor, held=held, reason=error.message[:300])
    return Effect(
        {"held": [held.pk for held in rows]}, before="waiting", after=f"{done} of {len(rows)} shown"
    )


def refuse(ruling: Ruling) -> Effect:
    """Show none of them; the writer reads why and keeps the texts."""
    rows = _waiting(ruling.case)
    for held in rows:
        refuse_held(actor=ruling.actor, held=held, reason=ruling.reason)
    return Effect({"held": [held.pk for held in rows]}, before="waiting", after="refused")


def keep(_ruling: Ruling) -> Effect:
    """Let them wait until the pause is over: then they are a case again."""
    return Effect({"held": []}, before="waiting", after="kept until the pause ends")


def take_back(actor: Member, case: Case) -> None:
    """Let them wait again."""
    for held in Held.objects.filter(pk__in=case.before.get("held", ())).order_by("pk"):
        if held.state in (HeldState.APPROVED, HeldState.REFUSED):
            reopen_held(actor=actor, held=held)


def overturn(actor: Member, case: Case) -> dict[str, Any]:
    """Show after all what was refused, because its writer appealed."""
    rows = list(
        Held.objects.filter(pk__in=case.before.get("held", ()), state=HeldState.REFUSED).order_by("pk")
    )
    if not rows:
        raise Conflict("not_refused", _("Something else has happened to it since."))
    for held in rows:
        reopen_held(actor=actor, held=held)
        approve_held(actor=actor, held=held, despite_pause=True)
    return {"held": [held.pk for held in rows]}


def reimpose(actor: Member, case: Case, kept: dict[str, Any]) -> None:
    """Keep them back again, because overturning the decision was taken back."""
    for held in Held.objects.filter(pk__in=kept.get("held", ()), state=HeldState.APPROVED).order_by("pk"):
        reopen_held(actor=actor, held=held)
        refuse_held(actor=actor, held=held, reason=case.decision_reason)


PAUSED_DRAFTS = CaseKind(
    KIND,
    gettext_lazy("Texts of a paused member"),
    due=limits.HELD_DUE,
    choices=(
        Choice(
            "publish", gettext_lazy("Show them in spite of the pause"), publish, take_back, needs_reason=False
        ),
        Choice(
            "refuse",
            gettext_lazy("Do not show them"),
            refuse,
            take_back,
            against=True,
            told=gettext_lazy("The team did not let through what you wrote"),
        ),
        Choice("keep", gettext_lazy("Keep them until the pause ends"), keep, take_back, needs_reason=False),
    ),
    describe=describe,
    explain=explain,
    detail=shown,
    overturn=overturn,
    reimpose=reimpose,
    template="admin/moderation/kinds/paused.html",
)


def register() -> None:
    """Let what paused members sent land in the queue."""
    register_case_kind(PAUSED_DRAFTS)
