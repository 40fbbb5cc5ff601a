"""A member whom many others would rather not read. The team looks; the member is not told, nor who it was."""

from collections.abc import Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.models import Member
from community.members.profiles.verbs import IGNORED_BY_MANY
from community.moderation import limits
from community.moderation.actions.opening import open_case
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


def describe(cases: Sequence[Case]) -> Mapping[int, Subject]:
    """Say of whom it is."""
    members = Member.objects.in_bulk([case.subject_id for case in cases])
    return {
        case.pk: Subject(
            title=_("Many would rather not read %(name)s") % {"name": members[case.subject_id].name},
            text=_(
                "Read what they wrote lately, and talk with them where it helps. They do not know of this."
            ),
            url=members[case.subject_id].get_absolute_url(),
        )
        for case in cases
        if case.subject_id in members
    }


def _explain(case: Case) -> list[Fact]:
    count = int(case.facts.get("count", 0))
    return [
        Fact(
            _("Ignored by"),
            ngettext("%(num)d member", "%(num)d members", count) % {"num": count},
            _("Who they are is kept from everybody, the team too."),
        )
    ]


def _note(_ruling: Ruling) -> Effect:
    """Nothing happens to anybody: what the team does about it, it does on the page of the member."""
    return Effect()


def _take_back(_actor: Member, _case: Case) -> None:
    """There is nothing to put back."""


IGNORED = CaseKind(
    "ignored_by_many",
    gettext_lazy("Ignored by many"),
    due=limits.DUE,
    choices=(
        Choice("fine", gettext_lazy("Nothing to do"), _note, undo=_take_back, needs_reason=False),
        Choice("handled", gettext_lazy("Taken care of"), _note, undo=_take_back, needs_reason=False),
    ),
    describe=describe,
    explain=_explain,
)


@consumer(IGNORED_BY_MANY, hears_replays=False)
def bring_ignored(activity: Activity) -> None:
    """Bring a member before the team whom many ignore: once in each period, however many more follow."""
    member = Member.objects.get_queryset().present().filter(pk=activity.target_pk).first()
    if member is None or _was_brought(member):
        return
    open_case(
        actor=None,
        kind=IGNORED,
        subject=member,
        about=member,
        facts={"count": activity.payload["count"]},
    )


def _was_brought(member: Member) -> bool:
    since = timezone.now() - limits.IGNORED_AGAIN.span()
    earlier = Case.objects.filter(author=member, kind=IGNORED.name)
    return earlier.filter(opened_at__gte=since).exists()


def register() -> None:
    """Let those whom many ignore land in the queue."""
    register_case_kind(IGNORED)
