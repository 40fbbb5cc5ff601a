"""Opening cases: whatever needs a decision by staff lands in the one queue by `open_case`."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from community.activity.record import record
from community.members.models import Member
from community.moderation.case_kinds import CaseKind
from community.moderation.models import Case, CaseState
from community.moderation.verbs import CASE_CLOSED, CASE_OPENED

# One that is decided between two looks is looked for again; more often than this it is not bad luck.
TRIES = 50
MOST_MOOT = 1_000


@transaction.atomic
def open_case(
    *,
    actor: Member | None,
    kind: CaseKind,
    subject: models.Model,
    about: Member | None = None,
    space_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
    score: float = 0,
) -> Case:
    """Put `subject` before the team, because of what `actor` did or, with nobody, because of a rule.

    Idempotent: while a case of this kind about this subject waits, it is returned, with newer facts and score if given.
    `about` is the member it concerns, who may not decide it. `facts` is what the page of the case explains; no secrets.
    """
    fresh = Case(
        kind=kind.name,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        author=about,
        space_id=space_id,
        facts=dict(facts or {}),
        score=score,
    )
    case, is_new = find_or_open(fresh, kind)
    if not is_new:
        _renew(case, facts, score)
        return case
    payload = {
        "kind": kind.name,
        "subject_type": case.subject_type,
        "subject_id": case.subject_id,
        "author_id": case.author_id,
        "tells_team": kind.tells_team,
    }
    record(CASE_OPENED, actor=actor, target=case, payload=payload, space_id=space_id)
    return case


@transaction.atomic
def close_case(*, actor: Member | None, kind: CaseKind, subject: models.Model) -> bool:
    """End the waiting case about `subject` without a decision, because it was settled elsewhere or became moot.

    Returns whether there was one.
    """
    waiting = Case.objects.select_for_update().filter(
        state=CaseState.OPEN, kind=kind.name, subject_type=subject._meta.label_lower, subject_id=subject.pk
    )
    case = waiting.first()
    if case is None:
        return False
    _close(actor, case)
    return True


def close_moot_cases(*, actor: None, at_most: int = MOST_MOOT) -> int:
    """End waiting cases about what is not there any more: a group was deleted, a post purged, a member erased. Nobody could
    decide them. Returns how many."""
    waiting = Case.objects.filter(state=CaseState.OPEN).order_by()
    gone: list[int] = []
    for label in sorted(set(waiting.values_list("subject_type", flat=True).distinct())):
        gone += _without_subject(waiting.filter(subject_type=label), label, at_most - len(gone))
    return sum(_close_moot(pk) for pk in gone)


def _without_subject(cases: QuerySet[Case], label: str, at_most: int) -> list[int]:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        # Of a feature that is not here any more: who reads them are administrators.
        return []
    there = model._default_manager.filter(pk=OuterRef("subject_id"))
    return list(cases.exclude(Exists(there)).order_by("pk").values_list("pk", flat=True)[:at_most])


@transaction.atomic
def _close_moot(pk: int) -> bool:
    case = Case.objects.select_for_update().filter(pk=pk, state=CaseState.OPEN).first()
    if case is not None:
        _close(None, case)
    return case is not None


def _close(actor: Member | None, case: Case) -> None:
    case.state = CaseState.CLOSED
    case.decided_by, case.decided_at = actor, timezone.now()
    case.claimed_by = case.claimed_until = None
    case.save()
    payload = {"kind": case.kind, "subject_type": case.subject_type, "subject_id": case.subject_id}
    record(CASE_CLOSED, actor=actor, target=case, payload=payload, space_id=case.space_id)


def find_or_open(fresh: Case, kind: CaseKind) -> tuple[Case, bool]:
    """Return the open case of what `fresh` is about, locked, and whether it was opened just now.

    Two first reports at once meet in one case by its unique constraint; one that is decided just now is no place for a
    report any more, so a new one is opened.
    """
    for _again in range(TRIES):
        now = timezone.now()
        fresh.pk = None
        fresh.opened_at, fresh.due_at = now, now + kind.due.span()
        Case.objects.bulk_create([fresh], ignore_conflicts=True)
        # Nothing is joined: after waiting for the lock, only the locked row would be read anew.
        waiting = Case.objects.select_for_update().filter(state=CaseState.OPEN)
        case = waiting.filter(fresh.same_subject()).first()
        if case is not None:
            return case, case.opened_at == now
    raise RuntimeError(f"no case about {fresh.subject_type} {fresh.subject_id} can be opened")


def _renew(case: Case, facts: Mapping[str, Any] | None, score: float) -> None:
    if facts is not None and (dict(facts), score) != (case.facts, case.score):
        case.facts, case.score = dict(facts), score
        case.save(update_fields=["facts", "score"])
