"""Groups whose last owner went: left, was taken out, suspended or erased. A manager says who looks after it from now on.

Groups that never had an owner are run by the team anyway and are no case.
"""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.activity.models import Activity
from community.activity.registry import consumer
from community.errors import Conflict
from community.members.groups.actions import delete_group, set_owner
from community.members.groups.queries import is_looked_after, longest_in
from community.members.groups.verbs import GROUP_DELETED, GROUP_LEFT, GROUP_OWNER_CHANGED
from community.members.models import Group, GroupMembership, Member
from community.moderation import limits
from community.moderation.actions.opening import close_case, open_case
from community.moderation.case_kinds import (
    CaseKind,
    Choice,
    Effect,
    Fact,
    Ruling,
    Subject,
    register_case_kind,
)
from community.moderation.kinds.joining import queue_what_waits
from community.moderation.models import Case
from community.moderation.verbs import MEMBER_PENALISED, PENALTY_ENDED, PENALTY_LIFTED


def describe(cases: Sequence[Case]) -> Mapping[int, Subject]:
    """Name the group, and what it is for."""
    groups = Group.objects.in_bulk([case.subject_id for case in cases])
    return {
        case.pk: Subject(
            title=_("Nobody looks after the group %(group)s any more")
            % {"group": groups[case.subject_id].name},
            text=groups[case.subject_id].description,
            url=groups[case.subject_id].get_absolute_url(),
        )
        for case in cases
        if case.subject_id in groups
    }


def _explain(case: Case) -> list[Fact]:
    group = Group.objects.filter(pk=case.subject_id or 0).first()
    if group is None:
        return []
    heir = _heir(case, group)
    return [
        Fact(_("People in it"), str(group.member_count)),
        Fact(
            _("In it longest"),
            f"{heir.name} (@{heir.handle})" if heir else "–",
            _(
                "To name somebody else, mark them as owner on the page of the group; this case then ends by itself."
            ),
        ),
    ]


def _heir(case: Case, group: Group) -> Member | None:
    """Return whom the case proposes: noted when it was opened, so that nobody else is named than whoever was read."""
    place = longest_in(group).filter(member=case.facts.get("heir_id") or 0).first()
    return place.member if place else None


def _name(ruling: Ruling) -> Effect:
    group = _group(ruling.case)
    heir = _heir(ruling.case, group)
    if heir is None:
        raise Conflict(
            "heir_gone", _("They cannot look after it now. Name somebody else on the page of the group.")
        )
    set_owner(actor=ruling.actor, group=group, member=heir, is_owner=True)
    return Effect({"owner_id": heir.pk}, before="nobody", after="owner")


def _unname(actor: Member, case: Case) -> None:
    place = GroupMembership.objects.filter(group=case.subject_id, member=case.before.get("owner_id"))
    found = place.select_related("group", "member").first()
    if found is not None:
        set_owner(actor=actor, group=found.group, member=found.member, is_owner=False)


def _keep(_ruling: Ruling) -> Effect:
    """Nothing changes: requests come to the queue, and managers invite."""
    return Effect(before="nobody", after="team")


def _unkeep(_actor: Member, _case: Case) -> None:
    """There is nothing to put back."""


def _close(ruling: Ruling) -> Effect:
    group = _group(ruling.case)
    if is_looked_after(group.pk):
        raise Conflict("looked_after", _("Somebody looks after this group again."))
    delete_group(actor=ruling.actor, group=group)
    return Effect(before="nobody", after="closed")


def _group(case: Case) -> Group:
    group = Group.objects.filter(pk=case.subject_id or 0).first()
    if group is None:
        raise Conflict("group_gone", _("This group is not there any more."))
    return group


OWNERLESS = CaseKind(
    "group_without_owner",
    gettext_lazy("Group that nobody looks after"),
    due=limits.DUE,
    role="manager",
    choices=(
        Choice("name", gettext_lazy("Let whoever is in it longest look after it"), _name, undo=_unname, needs_reason=False),
        Choice("team", gettext_lazy("The team looks after it"), _keep, undo=_unkeep, needs_reason=False),
        Choice("close", gettext_lazy("Close the group"), _close),
    ),
    describe=describe,
    explain=_explain,
)  # fmt: skip


def bring_if_ownerless(group_id: int, gone_id: int) -> None:
    """Put a group that lost an owner before the managers if it was the last, with what waits for one; or end that case."""
    group = Group.objects.filter(pk=group_id, rule="").first()
    if group is None or is_looked_after(group_id):
        close_case(actor=None, kind=OWNERLESS, subject=Group(pk=group_id))
        return
    heir = longest_in(group).exclude(member=gone_id).first()
    facts = {"heir_id": heir.member_id if heir else None}
    open_case(actor=None, kind=OWNERLESS, subject=group, facts=facts)
    queue_what_waits(group_id)


@consumer(GROUP_LEFT, GROUP_OWNER_CHANGED, hears_replays=False)
def queue_what_waited_for_owners(activity: Activity) -> None:
    """Look at a group that an owner left, or that has another."""
    # Whoever was only in it looked after nothing.
    if activity.target_pk is None:
        return
    if activity.verb == GROUP_OWNER_CHANGED.name or activity.payload.get("was_owner"):
        bring_if_ownerless(activity.target_pk, activity.payload["member_id"])


@consumer(MEMBER_PENALISED, PENALTY_LIFTED, PENALTY_ENDED, hears_replays=False)
def look_after_groups_of_paused(activity: Activity) -> None:
    """Whoever may not come in looks after nothing; whoever may again does."""
    member_id = activity.payload["member_id"]
    mine = GroupMembership.objects.filter(member=member_id, is_owner=True)
    for group_id in mine.order_by("group_id").values_list("group_id", flat=True):
        bring_if_ownerless(group_id, member_id)


@consumer(GROUP_DELETED, hears_replays=False)
def close_with_group(activity: Activity) -> None:
    """End the case of a group that is gone."""
    if activity.target_pk is not None:
        close_case(actor=activity.actor, kind=OWNERLESS, subject=Group(pk=activity.target_pk))


def register() -> None:
    """Let groups without owner land in the queue."""
    register_case_kind(OWNERLESS)
