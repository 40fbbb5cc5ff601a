"""Newcomers who wait for a yes. They hear either answer by e-mail, so it is not taken back: the account is opened again by hand."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.activity.models import Activity
from community.activity.registry import consumer
from community.errors import NotFound
from community.members.doors.admissions import decide_admission
from community.members.models import Admission, AdmissionState
from community.members.verbs import ADMISSION_ASKED, ADMISSION_DECIDED
from community.moderation import limits
from community.moderation.actions.opening import close_case, open_case
from community.moderation.case_kinds import CaseKind, Choice, Effect, Ruling, Subject, register_case_kind
from community.moderation.models import Case


def describe(cases: Sequence[Case]) -> Mapping[int, Subject]:
    """Say who wants to join and why."""
    rows = Admission.objects.select_related("member").in_bulk([case.subject_id for case in cases])
    return {
        case.pk: Subject(
            title=_("%(name)s would like to join") % {"name": rows[case.subject_id].member.name},
            text=rows[case.subject_id].why
            or _("Their browser did not do the small sum that it was asked for, so the team looks first."),
        )
        for case in cases
        if case.subject_id in rows
    }


def _answer(ruling: Ruling) -> Effect:
    wish = Admission.objects.filter(pk=ruling.case.subject_id or 0).first()
    if wish is None:
        raise NotFound()
    approved = ruling.decision == "admit"
    decide_admission(actor=ruling.actor, admission=wish, approved=approved, answer=ruling.reason)
    return Effect({}, before="waiting", after="approved" if approved else "refused")


WISH_TO_JOIN = CaseKind(
    "sign_up",
    gettext_lazy("Wish to join"),
    due=limits.HELD_DUE,
    choices=(
        Choice("admit", gettext_lazy("Let them in"), _answer, needs_reason=False),
        Choice("decline", gettext_lazy("Do not let them in"), _answer),
    ),
    describe=describe,
)


@consumer(ADMISSION_ASKED, hears_replays=False)
def bring_wish(activity: Activity) -> None:
    """Put a newcomer's wish into the queue, unless somebody was quicker."""
    wish = Admission.objects.filter(member=activity.target_pk, state=AdmissionState.WAITING).first()
    if wish is not None:
        open_case(actor=None, kind=WISH_TO_JOIN, subject=wish, about=wish.member)


@consumer(ADMISSION_DECIDED, hears_replays=False)
def take_wish_away(activity: Activity) -> None:
    """End the case when the wish was answered elsewhere."""
    wish = Admission.objects.filter(member=activity.target_pk).first()
    if wish is not None:
        close_case(actor=activity.actor, kind=WISH_TO_JOIN, subject=wish)


def register() -> None:
    """Let wishes to join land in the queue."""
    register_case_kind(WISH_TO_JOIN)
