"""Pictures in messages: whoever may read the message at this moment may load them."""

from community.members.models import Member
from community.messages.composing import Composed
from community.messages.models import Message
from community.writing.actions import attach_uploads
from community.writing.models import Audience
from community.writing.registry import visibility_checks

MESSAGE = "conversations.message"


def attach_pictures(actor: Member, message: Message, composed: Composed) -> None:
    """Say that the pictures `composed` shows belong to `message`."""
    if composed.images:
        attach_uploads(
            actor=actor,
            keys=composed.images,
            target_type=MESSAGE,
            target_pk=message.pk,
            audience=Audience.PRIVATE,
        )


def may_see_pictures_of(viewer: Member | None, message_pk: int) -> bool:
    """Whether `viewer` may read the message now."""
    return Message.objects.readable_by(viewer).filter(pk=message_pk).exists()


def register() -> None:
    """Lend writing what it cannot know."""
    visibility_checks[MESSAGE] = may_see_pictures_of
