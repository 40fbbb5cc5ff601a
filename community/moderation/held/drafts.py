"""What somebody who is paused wanted to be shown, as one case: what waited when the pause was laid, and what they sent since.

Never what they only drafted and sent to nobody. What was meant for a private space stays a case of that space.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from community.errors import Refused
from community.members.models import Member
from community.members.permissions import can_take_part
from community.moderation.actions.opening import close_case, open_case
from community.moderation.case_kinds import case_kind, find_case_kind
from community.moderation.held.grounds import PAUSED, kind_of
from community.moderation.models import Case, CaseState, Held, HeldState, Penalty, PenaltyKind
from community.spaces.models import Access, Space

KIND = "paused_drafts"
# Sent while paused: enough not to lose what somebody was writing, too few to fill the queue.
MOST_SENT = 5


def waiting_of(member: Member) -> QuerySet[Held]:
    """Return what waits of a member in spaces where any moderator may read it."""
    rows = Held.objects.filter(author=member, state=HeldState.WAITING)
    return rows.exclude(space__access=Access.PRIVATE).order_by("pk")


def pause_of(member: Member) -> Penalty | None:
    """Return the pause in force that ends last."""
    now = timezone.now()
    rows = Penalty.objects.filter(member=member, lifted_at=None, until__gt=now)
    return rows.exclude(kind=PenaltyKind.WARN).order_by("-until", "-pk").first()


def require_room(author: Member, space: Space) -> None:
    """Raise `Refused` where what a paused member sends is not kept: in a private space, or when enough is kept already."""
    sent = waiting_of(author).filter(grounds__contains=[{"code": PAUSED}]).count()
    if space.access == Access.PRIVATE or sent >= MOST_SENT or pause_of(author) is None:
        can_take_part(author).require()
        raise Refused("silenced", "")


@transaction.atomic
def gather(*, actor: Member | None, member: Member) -> Case | None:
    """Bring what waits of a paused member together in one case; cases of single texts end. Returns it, or None."""
    penalty = pause_of(member)
    rows = list(waiting_of(member))
    if penalty is None or not rows:
        return None
    for held in rows:
        _end_single(actor, held)
    facts = {"held": [held.pk for held in rows]}
    score = max(held.score for held in rows)
    open_already = _open_case_of(member)
    if open_already is not None:
        open_already.facts, open_already.score = facts, score
        open_already.save(update_fields=["facts", "score"])
        return open_already
    return open_case(
        actor=actor, kind=case_kind(KIND), subject=penalty, about=member, facts=facts, score=score
    )


@transaction.atomic
def scatter(*, actor: Member | None, member: Member, penalty: Penalty) -> None:
    """When the last pause is over: what waited for other reasons is a case of its own again, and what waits only because of
    the pause is still decided together."""
    if pause_of(member) is not None:
        return
    rows = list(waiting_of(member))
    sent = [held for held in rows if _waits_for_the_pause_alone(held)]
    for held in rows:
        if held not in sent:
            _open_single(actor, held)
    case = _open_case_of(member)
    facts = {"held": [held.pk for held in sent], "over": True}
    if case is not None and not sent:
        gone = Penalty(pk=case.subject_id)
        close_case(actor=actor, kind=case_kind(KIND), subject=gone)
    elif case is not None:
        case.facts = facts
        case.save(update_fields=["facts"])
    elif sent:
        open_case(actor=actor, kind=case_kind(KIND), subject=penalty, about=member, facts=facts)


@transaction.atomic
def leave(*, actor: Member | None, held: Held) -> None:
    """Take one text out of the case, because its writer took it back; the case ends with the last."""
    case = _open_case_of(held.author)
    if case is None or held.pk not in case.facts.get("held", ()):
        return
    case.facts = {**case.facts, "held": [pk for pk in case.facts["held"] if pk != held.pk]}
    case.save(update_fields=["facts"])
    if not case.facts["held"]:
        close_case(actor=actor, kind=case_kind(KIND), subject=Penalty(pk=case.subject_id))


def texts_of(cases: Sequence[Case]) -> dict[int, list[Held]]:
    """Return what each case is about, by its key, in one question."""
    wanted = {pk for case in cases for pk in case.facts.get("held", ())}
    rows = Held.objects.select_related("space", "thread", "post").in_bulk(wanted)
    return {case.pk: [rows[pk] for pk in case.facts.get("held", ()) if pk in rows] for case in cases}


def _waits_for_the_pause_alone(held: Held) -> bool:
    return all(ground.get("code") == PAUSED for ground in held.grounds)


def _single_kind(held: Held) -> str:
    return kind_of([ground for ground in held.grounds if ground.get("code") != PAUSED])


def _end_single(actor: Member | None, held: Held) -> None:
    kind = find_case_kind(_single_kind(held))
    if kind is not None:
        close_case(actor=actor, kind=kind, subject=held)


def _open_single(actor: Member | None, held: Held) -> None:
    kind = find_case_kind(_single_kind(held))
    if kind is not None:
        open_case(
            actor=actor,
            kind=kind,
            subject=held,
            about=held.author,
            space_id=held.space_id,
            facts={"grounds": held.grounds},
            score=held.score,
        )


def _open_case_of(member: Member) -> Case | None:
    return Case.objects.select_for_update().filter(state=CaseState.OPEN, kind=KIND, author=member).first()
