"""Who may see, change and decide what waits."""

from django.utils.translation import gettext as _

from community.members.models import Member
from community.moderation.models import Held, HeldState
from community.spaces.models import Space
from community.spaces.permissions import moderates_space
from community.verdict import YES, Verdict, no


def can_review_held(actor: Member, held: Held) -> Verdict:
    """Whether `actor` decides about what waits in this space: those who keep order there. Nobody about their own."""
    if actor.is_suspended:
        return no("moderators_only", _("Only moderators of this space decide here."))
    space = Space.objects.visible_to(actor).filter(pk=held.space_id).first()
    if space is None or not moderates_space(actor, space):
        return no("moderators_only", _("Only moderators of this space decide here."))
    if held.author_id == actor.pk:
        return no("own_held", _("This is your own. Someone else of the team decides."))
    return YES


def can_decide_held(actor: Member, held: Held) -> Verdict:
    """Whether `actor` may decide now."""
    verdict = can_review_held(actor, held)
    if verdict and held.state != HeldState.WAITING:
        return no("decided_already", _("This was decided already."))
    return verdict


def can_change_held(actor: Member, held: Held) -> Verdict:
    """Whether `actor` may change it or take it back: its writer, while it waits."""
    if held.author_id != actor.pk:
        return no("not_own", _("Only its writer can do this."))
    if held.state != HeldState.WAITING:
        return no("decided_already", _("This was decided already."))
    return YES
