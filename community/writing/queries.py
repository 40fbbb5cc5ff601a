"""Reading uploads and drafts."""

from typing import TYPE_CHECKING

from community.errors import NotFound
from community.writing.models import Audience, Draft, Upload
from community.writing.registry import visibility_checks

if TYPE_CHECKING:
    from community.members.models import Member


def get_upload_for(viewer: "Member | None", key: str) -> Upload:
    """Return a picture if `viewer` may load it. Raises `NotFound` when it is absent or hidden."""
    upload = Upload.objects.filter(key=key).first()
    if upload is None or not may_load(viewer, upload):
        raise NotFound()
    return upload


def may_load(viewer: "Member | None", upload: Upload) -> bool:
    """Whether `viewer` may load a picture: public ones, their own, and those of what they may see right now."""
    if upload.audience == Audience.PUBLIC:
        return True
    if viewer is not None and upload.owner_id == viewer.pk and viewer.is_active:
        return True
    check = visibility_checks.get(upload.attached_type)
    return check is not None and upload.attached_pk is not None and check(viewer, upload.attached_pk)


def get_draft(actor: "Member", key: str) -> Draft | None:
    """Return the draft `actor` keeps for a place, if any."""
    return None if actor.is_seen_as else Draft.objects.filter(owner=actor, key=key).first()


def drafts_of(actor: "Member") -> list[Draft]:
    """Return the drafts of `actor`, newest first. There are never more than `limits.DRAFTS_EACH`.

    Whoever looks at the site as somebody reads none of theirs.
    """
    if actor.is_seen_as:
        return []
    return list(Draft.objects.filter(owner=actor).order_by("-updated_at", "-pk"))
