"""Whether content is shown, and who reads what is not."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from community.members.models import Member


class State(models.TextChoices):
    """Whether content is shown. `HIDDEN` waits for a decision, `REMOVED` was decided, `DELETED` is the author's own act."""

    VISIBLE = "visible", _("Shown")
    HIDDEN = "hidden", _("Hidden, waiting for a decision")
    REMOVED = "removed", _("Removed by moderators")
    DELETED = "deleted", _("Deleted by its author")


def sees_hidden(viewer: "Member | None") -> bool:
    """Return whether a viewer reads what is hidden, removed or deleted, where they may read at all."""
    return viewer is not None and viewer.is_at_least("moderator")
