"""Who may upload and keep drafts."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from community.verdict import YES, Verdict, no
from community.writing.models import Kind, Upload

if TYPE_CHECKING:
    from community.members.models import Member


def can_add_image(actor: "Member", kind: str) -> Verdict:
    """Whether `actor` may upload a picture. Whoever may only read may still change their own portrait."""
    if not actor.is_active:
        return no("account_closed", _("This account is closed."))
    if actor.is_suspended:
        return no("suspended", _("Your account is paused, so you cannot add pictures just now."))
    if actor.is_silenced and kind != Kind.AVATAR:
        return no("silenced", _("You can read, but not write just now, so pictures have to wait too."))
    return YES


def can_remove_upload(actor: "Member", upload: Upload) -> Verdict:
    """Whether `actor` may take a picture away: its owner, and those who keep order."""
    if upload.owner_id == actor.pk or actor.is_at_least("moderator"):
        return YES
    return no("not_yours", _("Only the member who added this picture can remove it."))


def can_keep_draft(actor: "Member") -> Verdict:
    """Whether `actor` may keep drafts: they are seen by nobody else, so only a closed account may not."""
    return YES if actor.is_active else no("account_closed", _("This account is closed."))


def can_change_card_rules(actor: "Member") -> Verdict:
    """Whether `actor` may say which links get cards."""
    if actor.is_at_least("manager") and not actor.is_suspended:
        return YES
    return no("managers_only", _("Only community managers decide about link cards."))
