"""What the team does to thanks that should not be read."""

from django.utils.translation import gettext as _

from community.errors import Invalid
from community.members.models import Member
from community.writing.lines import one_line
from rewards.praise import limits
from rewards.praise.actions.states import move
from rewards.praise.models import Praise, State
from rewards.praise.permissions import can_moderate_praise


def remove_thanks(*, actor: Member, praise: Praise, reason: str) -> Praise:
    """Take thanks off every page, with a reason that the giver reads. Raises `Refused`, `Invalid` or `Conflict`."""
    can_moderate_praise(actor, praise).require()
    said = one_line(reason)[:300]
    if len(said) < limits.SHORTEST_REASON:
        sentence = _("Say in a sentence why; the member reads it.")
        raise Invalid("reason_needed", sentence, fields={"reason": sentence})
    return move(actor, praise, State.VISIBLE, State.REMOVED, said)


def restore_thanks(*, actor: Member, praise: Praise) -> Praise:
    """Show thanks again that the team removed. Raises `Refused` or `Conflict`."""
    can_moderate_praise(actor, praise).require()
    return move(actor, praise, State.REMOVED, State.VISIBLE)
