"""Who may appeal, and who decides about it."""

from django.utils.translation import gettext as _

from community.members.models import Member
from community.moderation.case_kinds import kind_of
from community.moderation.models import Appeal, Case, CaseState, Penalty
from community.moderation.permissions import can_review
from community.verdict import YES, Verdict, no

# As many colleagues are looked through; in a team so large somebody else is always there.
COLLEAGUES = 50


def can_appeal_case(actor: Member, case: Case) -> Verdict:
    """Whether `actor` may speak against what befell them in `case`. Suspended members may: see ADR 7."""
    kind = kind_of(case)
    if case.author_id != actor.pk or not actor.is_active or kind.overturn is None:
        return no("not_yours", _("Only whom it is about can appeal."))
    choice = kind.choice(case.decision)
    hidden = case.state == CaseState.OPEN and bool(case.facts.get("hidden"))
    if hidden or (case.state == CaseState.DECIDED and choice is not None and choice.against):
        return YES
    return no("nothing_against_you", _("Nothing stands against you here, so there is nothing to appeal."))


def can_appeal_penalty(actor: Member, penalty: Penalty) -> Verdict:
    """Whether `actor` may speak against a penalty that was laid on them without a case."""
    if penalty.member_id != actor.pk or not actor.is_active or penalty.case_id is not None:
        return no("not_yours", _("Only whom it is about can appeal."))
    if penalty.lifted_at is not None:
        return no("nothing_against_you", _("Nothing stands against you here, so there is nothing to appeal."))
    return YES


def may_judge_appeal(actor: Member, case: Case) -> Verdict:
    """Whether `actor` may decide the appeal in `case`: not who decided first, while anybody else can."""
    appeal = Appeal.objects.select_related("case", "penalty").filter(pk=case.subject_id or 0).first()
    if appeal is None:
        return YES
    first = (
        appeal.case.decided_by_id if appeal.case else appeal.penalty.given_by_id if appeal.penalty else None
    )
    if first != actor.pk or not _somebody_else(actor, case):
        return YES
    return no("decided_first", _("You decided this first. Somebody else of the team looks at the appeal."))


def _somebody_else(actor: Member, case: Case) -> bool:
    team = Member.objects.filter(role__in=("moderator", "manager", "admin"), is_active=True)
    others = team.exclude(pk__in=[actor.pk, case.author_id or 0]).order_by("pk")[:COLLEAGUES]
    return any(can_review(other, case) for other in others)
