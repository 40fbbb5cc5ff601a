"""Reading copies and erasures."""

import datetime as dt
from dataclasses import dataclass

from django.db.models.functions import Lower
from django.utils import timezone

from community.errors import NotFound
from community.members.models import Member
from community.privacy import limits
from community.privacy.models import Erasure, ErasureState, Export, ExportState, FormerHandle


@dataclass(frozen=True, slots=True)
class DataPage:
    """What the page about one's own data shows."""

    export: Export | None
    again_at: dt.datetime | None
    cooling_off: int
    link_hours: int

    @property
    def is_made(self) -> bool:
        """Whether a copy is on its way."""
        return self.export is not None and self.export.state in (ExportState.WAITING, ExportState.BUILDING)


def get_data_page(actor: Member) -> DataPage:
    """Return what the page about one's own data shows."""
    export = Export.objects.filter(member=actor).order_by("-pk").first()
    again = None
    if export is not None and export.state != ExportState.FAILED:
        again = export.asked_at + limits.EXPORT_AGAIN.span()
    return DataPage(
        export, again if again and again > timezone.now() else None, limits.COOLING_OFF(), limits.LINK_LASTS()
    )


def get_export_for(actor: Member, pk: int) -> Export:
    """Return a copy of one's own. Raises `NotFound` for those of others and absent ones alike."""
    export = Export.objects.filter(member=actor, pk=pk).first()
    if export is None:
        raise NotFound()
    return export


def pending_erasure(actor: Member) -> Erasure | None:
    """Return the erasure of an account that has not begun, if any."""
    return Erasure.objects.filter(member=actor, state=ErasureState.WAITING).first()


def handle_behind(handle: str) -> str | None:
    """Return the handle of whose account this old handle became a part, if any."""
    old = FormerHandle.objects.alias(small=Lower("handle")).filter(small=handle.lower())
    former = old.select_related("member").first()
    return former.member.handle if former is not None and former.member.is_active else None
