"""Who may ask to be let into a space, and who answers. Callers found the door through `queries`."""

from django.utils import timezone
from django.utils.translation import gettext as _

from community.members.models import AskState, Member
from community.members.permissions import can_take_part
from community.spaces.entering import limits
from community.spaces.models import EntryAsk, Space
from community.spaces.permissions import can_add_to_space
from community.verdict import Verdict, no


def can_ask_to_enter(actor: Member, space: Space) -> Verdict:
    """Whether `actor` may ask to be let in: whoever takes part, but not soon after a no."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    declined = EntryAsk.objects.filter(space=space, member=actor, state=AskState.DECLINED)
    if declined.filter(answered_at__gt=timezone.now() - limits.ASK_AGAIN.span()).exists():
        return no("entry_declined", _("Your last request was declined. You can ask again later."))
    return verdict


def can_answer_entry(actor: Member, ask: EntryAsk) -> Verdict:
    """Whether `actor` may let somebody in who asked: who chooses the people of that space, and nobody for themselves."""
    if ask.member_id == actor.pk:
        return no("own_request", _("Somebody else decides about your request."))
    return can_add_to_space(actor, ask.space)
