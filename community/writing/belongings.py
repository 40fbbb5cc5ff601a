"""Pictures and drafts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.belongings import AT_A_TIME, Fate, Kept, Leaving, table
from community.writing.actions import erase_uploads
from community.writing.models import Upload

if TYPE_CHECKING:
    from community.members.models import Member


def _files(owner: "Member") -> Iterator[Kept]:
    """Each picture once, in its largest size: what it was added as is not kept."""
    for upload in Upload.objects.filter(owner=owner).order_by("pk").iterator(chunk_size=AT_A_TIME):
        yield Kept(f"files/{upload.key}.webp", upload.path_for(upload.largest))


def _erase(leaving: Leaving) -> int:
    """Portraits and what no text shows go; pictures in posts that stay are part of them, without the name of their file."""
    mine = Q() if leaving.deletes_posts else Q(kind="avatar") | Q(attached_pk=None)
    return erase_uploads(actor=None, owner_id=leaving.member_id, which=mine)


table(
    "writing.uploads",
    _("Pictures you added"),
    "writing.Upload",
    "owner",
    {
        "key": _("File"),
        "original_name": _("Name of the file"),
        "kind": _("Kind"),
        "width": _("Width"),
        "height": _("Height"),
        "created_at": _("Added"),
    },
    fate=Fate.DETACH,
    files=_files,
    erase=_erase,
)
table(
    "writing.drafts",
    _("Drafts"),
    "writing.Draft",
    "owner",
    {
        "key": _("Place"),
        "title": _("Title"),
        "body": _("Text"),
        "data": _("More"),
        "updated_at": _("Last changed"),
    },
)
