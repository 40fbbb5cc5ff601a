"""Pictures in reported messages: the team sees what it decides about."""

from community.members.models import Member
from community.messages.pictures import MESSAGE, may_see_pictures_of
from community.moderation.queries import reads_for_report
from community.writing.registry import visibility_checks


def may_see_pictures(viewer: Member | None, message_pk: int) -> bool:
    """Whether `viewer` reads the message, as a participant or because it waits for their decision."""
    return may_see_pictures_of(viewer, message_pk) or reads_for_report(viewer, message_pk)


def register() -> None:
    """Open the pictures of reported messages to those who decide."""
    visibility_checks[MESSAGE] = may_see_pictures
