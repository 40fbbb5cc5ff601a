"""Who may report, decide and lay penalties."""

from django.utils.translation import gettext as _

from community.members.models import Member
from community.members.permissions import can_take_part, outranks
from community.messages.models import Message
from community.moderation.case_kinds import kind_of
from community.moderation.models import Case, CaseState
from community.spaces.models import Space
from community.spaces.permissions import moderates_space
from community.threads.models import Post, State
from community.verdict import YES, Verdict, no


def can_report(actor: Member, post: Post) -> Verdict:
    """Whether `actor` may report `post`. Silenced members may: a report is not shown to others."""
    if not actor.is_active or actor.is_suspended:
        return can_take_part(actor)
    if post.author_id == actor.pk:
        return no("own_post", _("This is your own post. You can edit or delete it."))
    if post.state != State.VISIBLE:
        return no("not_shown", _("This post is not shown any more."))
    return YES


def can_report_message(actor: Member, message: Message) -> Verdict:
    """Whether `actor` may report a message they may read."""
    if not actor.is_active or actor.is_suspended:
        return can_take_part(actor)
    if message.author_id == actor.pk:
        return no("own_post", _("This is your own message. You can edit or delete it."))
    if not message.is_shown:
        return no("not_shown", _("This message is not shown any more."))
    return YES


def can_review(actor: Member, case: Case) -> Verdict:
    """Whether `actor` may look at this case: those who keep order in its space, or for cases in none, everywhere; some
    kinds ask for a higher role."""
    kind = kind_of(case)
    everywhere = case.space_id is None or not kind.in_space
    if everywhere and (actor.is_suspended or not actor.is_at_least(kind.role)):
        return no("moderators_only", _("Only moderators can do this."))
    if case.space_id is None:
        return YES
    space = Space.objects.visible_to(actor).filter(pk=case.space_id).first()
    if space is not None and not actor.is_suspended and moderates_space(actor, space):
        return YES
    return no("moderators_only", _("Only moderators of this space decide here."))


def can_judge(actor: Member, case: Case) -> Verdict:
    """Whether `actor` may decide about this case at all, or take its decision back. Nobody judges their own post."""
    verdict = can_review(actor, case)
    if verdict and case.author_id == actor.pk:
        return no("own_case", _("This is about your own post. Someone else of the team decides."))
    return verdict and kind_of(case).may_judge(actor, case)


def can_decide(actor: Member, case: Case) -> Verdict:
    """Whether `actor` may decide `case` now."""
    verdict = can_judge(actor, case)
    if not verdict:
        return verdict
    if case.state != CaseState.OPEN:
        return no("decided_already", _("This case was decided already."))
    if case.holder_id not in (None, actor.pk):
        return no("claimed", _("Someone else of the team is looking at this case now."))
    return YES


def can_penalise(actor: Member, member: Member) -> Verdict:
    """Whether `actor` may lay a penalty on `member`: moderators and above, only on people below their own role."""
    if actor.is_suspended or not actor.is_at_least("moderator"):
        return no("moderators_only", _("Only moderators can do this."))
    return outranks(actor, member)


def can_can_reasons(actor: Member) -> Verdict:
    """Whether `actor` may write the reasons that the team inserts."""
    if actor.is_at_least("manager") and not actor.is_suspended:
        return YES
    return no(
        "managers_only", _("Only community managers write these reasons. Everybody of the team uses them.")
    )


def can_read_log(actor: Member) -> Verdict:
    """Whether `actor` may read what the team did, in private spaces as well."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers can do this."))


def can_note(actor: Member) -> Verdict:
    """Whether `actor` may read and write what the team tells itself about members."""
    if actor.is_at_least("moderator"):
        return YES
    return no("moderators_only", _("Only moderators can do this."))


def can_see_as(actor: Member, member: Member) -> Verdict:
    """Whether `actor` may look at the site as `member`: managers and above, only below their own role."""
    if not actor.is_at_least("manager"):
        return no("managers_only", _("Only community managers can do this."))
    verdict = outranks(actor, member)
    if verdict and not member.is_active:
        return no("account_closed", _("This account is closed."))
    return verdict
