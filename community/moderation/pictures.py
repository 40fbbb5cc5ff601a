"""Pictures in reported messages and in what waits: the team sees what it decides about."""

from community.members.models import Member
from community.messages.pictures import MESSAGE, may_see_pictures_of
from community.moderation.held.permissions import can_review_held
from community.moderation.models import Held
from community.moderation.queries import reads_for_report
from community.writing.registry import visibility_checks

HELD = "moderation.held"


def may_see_pictures(viewer: Member | None, message_pk: int) -> bool:
    """Whether `viewer` reads the message, as a participant or because it waits for their decision."""
    return may_see_pictures_of(viewer, message_pk) or reads_for_report(viewer, message_pk)


def may_see_held(viewer: Member | None, held_pk: int) -> bool:
    """Whether `viewer` wrote what waits, or decides about it."""
    held = Held.objects.filter(pk=held_pk).first() if viewer is not None else None
    if viewer is None or held is None:
        return False
    return held.author_id == viewer.pk or bool(can_review_held(viewer, held))


def register() -> None:
    """Open the pictures of reported messages, and of what waits, to those who decide."""
    visibility_checks[MESSAGE] = may_see_pictures
    visibility_checks[HELD] = may_see_held
