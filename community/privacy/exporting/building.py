"""Making the copies that were asked for: claimed by a lease, written to a file, stored, told."""

import logging
import tempfile
from itertools import chain
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation

from community.belongings import all_belongings
from community.brand.queries import current_brand
from community.notifications.mail.message import language_of
from community.privacy import limits
from community.privacy.exporting.archive import Archive
from community.privacy.letters import export_is_ready
from community.privacy.models import Export, ExportState

logger = logging.getLogger(__name__)


def build_waiting(*, at_most: int = 5) -> int:
    """Make copies that wait, one after the other. Returns how many are ready."""
    ready = 0
    for _number in range(at_most):
        export = _claim()
        if export is None:
            break
        try:
            build_export(export)
        except Exception:  # one that cannot be made must not stop those behind it
            logger.exception("export %s could not be made", export.pk)
            _give_up(export)
        else:
            ready += 1
    return ready


@transaction.atomic
def _claim() -> Export | None:
    export = (
        Export.objects.waiting()
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("member")
        .first()
    )
    if export is None:
        return None
    export.state, export.attempts = ExportState.BUILDING, export.attempts + 1
    export.lease_until, export.done = timezone.now() + limits.LEASE, 0
    export.save(update_fields=["state", "attempts", "lease_until", "done"])
    return export


def build_export(export: Export) -> None:
    """Write the copy, keep it, and tell its owner. Nothing is locked while it is written."""
    member = export.member
    listed = all_belongings()
    Export.objects.filter(pk=export.pk).update(total=len(listed))
    with tempfile.TemporaryFile() as file, translation.override(language_of(member)):
        archive = Archive(
            file,
            community=current_brand().name,
            name=member.name,
            language=translation.get_language() or "en",
        )
        for number, belonging in enumerate(listed, 1):
            if belonging.rows is not None:
                archive.add(belonging, belonging.rows(member))
            elif belonging.unsaid:
                archive.leave_out(belonging)
            lease = timezone.now() + limits.LEASE
            Export.objects.filter(pk=export.pk).update(done=number, lease_until=lease)
        archive.close(chain.from_iterable(it.files(member) for it in listed if it.files is not None))
        size = file.tell()
        file.seek(0)
        _keep(export, file, rows=archive.rows, size=size)
    export_is_ready(export)


def _keep(export: Export, file: IO[bytes], *, rows: int, size: int) -> None:
    """Put the file into the storage. One that an earlier try left there is replaced."""
    default_storage.delete(export.path)
    default_storage.save(export.path, File(file))
    now = timezone.now()
    export.state, export.ready_at, export.ends_at = ExportState.READY, now, now + limits.LINK_LASTS.span()
    export.rows, export.bytes = rows, size
    Export.objects.filter(pk=export.pk).update(
        state=export.state,
        ready_at=now,
        ends_at=export.ends_at,
        rows=rows,
        bytes=size,
        lease_until=None,
    )


def _give_up(export: Export) -> None:
    last = export.attempts >= limits.TRIES
    # The lease stays: the next try begins when it ends.
    Export.objects.filter(pk=export.pk).update(state=ExportState.FAILED if last else ExportState.BUILDING)


def remove_files(pks: list[int]) -> int:
    """Remove the files of these copies; that they were made stays. Returns how many."""
    rows = list(Export.objects.filter(pk__in=pks))
    for export in rows:
        default_storage.delete(export.path)
        state = ExportState.FETCHED if export.fetched_at else ExportState.GONE
        Export.objects.filter(pk=export.pk).update(state=state, bytes=0)
    return len(rows)
