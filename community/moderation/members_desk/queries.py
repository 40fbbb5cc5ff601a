"""Reading notes, what was laid on a member and what comes next, and whom somebody looks as."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from community.members.models import Member
from community.moderation import limits
from community.moderation.actions.hiding import latest_posts
from community.moderation.case_kinds import decision_label
from community.moderation.kinds.reported import POST_REPORT
from community.moderation.members_desk.ladder import Step, propose_step
from community.moderation.models import CannedReason, Case, Penalty, PenaltyKind, SeeingAs, StaffNote
from community.moderation.permissions import can_note, can_read_log, can_see_as
from community.moderation.queries import penalties_of, reviewable_by

SHOWN = 20
# Over how many days what somebody wrote may be hidden together with a penalty.
HIDINGS = (1, 3, 7, limits.LONGEST_HIDING)


@dataclass(frozen=True, slots=True)
class PenaltyPage:
    """All that is weighed before a member is warned or paused."""

    member: Member
    step: Step
    # How many of their posts would be hidden, by days.
    written: dict[int, int]
    penalties: list[Penalty]
    # With what was decided, in words.
    cases: list[tuple[Case, str]]
    notes: list[StaffNote]


def penalty_page(actor: Member, member: Member) -> PenaltyPage:
    """Return what was laid on `member` before, what is proposed now, and what they wrote lately."""
    cases = reviewable_by(actor).filter(author=member).order_by("-id")[:SHOWN]
    return PenaltyPage(
        member=member,
        step=propose_step(member),
        written=_written(actor, member),
        penalties=list(penalties_of(actor, member)[:SHOWN]),
        cases=[(case, decision_label(case)) for case in cases],
        notes=notes_about(actor, member),
    )


def reasons_for_penalties() -> list[CannedReason]:
    """Return the reasons that fit a penalty: those for every decision about a report, and those for its penalties."""
    fits = Q(kind="") | Q(kind=POST_REPORT.name, decision="") | Q(decision__in=PenaltyKind.values)
    return list(CannedReason.objects.filter(fits))


def _written(actor: Member, member: Member) -> dict[int, int]:
    """Return how many posts of a member would be hidden, by days; where the days add nothing, they are left out."""
    now = timezone.now()
    latest = latest_posts(actor, member, limits.LONGEST_HIDING)[: limits.MOST_HIDDEN]
    moments = list(latest.values_list("created_at", flat=True))
    counted: dict[int, int] = {}
    for days in HIDINGS:
        posts = sum(moment > now - dt.timedelta(days=days) for moment in moments)
        if posts and posts not in counted.values():
            counted[days] = posts
    return counted


def notes_about(viewer: Member, member: Member | None) -> list[StaffNote]:
    """Return the newest notes about a member, for those of the team; nothing for others."""
    if member is None or not can_note(viewer):
        return []
    return list(StaffNote.objects.filter(member=member).select_related("author").order_by("-pk")[:SHOWN])


def list_notes_for(viewer: Member, member: Member) -> QuerySet[StaffNote]:
    """Return every note about a member. Raises `Refused` for who is not of the team."""
    can_note(viewer).require()
    return StaffNote.objects.filter(member=member).select_related("author")


def list_looks_for(viewer: Member) -> QuerySet[SeeingAs]:
    """Return who looked at the site as a member. Raises `Refused` for who may not read the log."""
    can_read_log(viewer).require()
    return SeeingAs.objects.select_related("actor", "member")


def member_seen_by(actor: Member, seeing_pk: int) -> Member | None:
    """Return whom `actor` looks as under this number, as long as it lasts and their role still allows it."""
    rows = SeeingAs.objects.filter(pk=seeing_pk, actor=actor, ended_at=None, ends_at__gt=timezone.now())
    seeing = rows.select_related("member").first()
    return seeing.member if seeing is not None and can_see_as(actor, seeing.member) else None
