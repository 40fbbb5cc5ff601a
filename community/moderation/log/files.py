"""Entries as a file, written as they are read: a table for spreadsheets, or one JSON object a line for programs."""

import json
from collections.abc import Iterable, Iterator

from community.moderation.models import AuditEntry
from community.spreadsheet import write_row

COLUMNS = ("id", "occurred_at", "actor", "act", "target_type", "target_pk", "before", "after", "reason")
FORMATS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}
# So many characters of the table are sent at a time.
_PIECE = 32_768


def write_file(entries: Iterable[AuditEntry], format: str) -> Iterator[bytes]:
    """Yield the file in pieces."""
    return _lines(entries) if format == "jsonl" else _table(entries)


def _table(entries: Iterable[AuditEntry]) -> Iterator[bytes]:
    held, length = [write_row(COLUMNS)], 0
    for entry in entries:
        held.append(write_row(_cells(entry)))
        length += len(held[-1])
        if length > _PIECE:
            yield "".join(held).encode()
            held, length = [], 0
    yield "".join(held).encode()


def _cells(entry: AuditEntry) -> tuple[str, ...]:
    return (
        str(entry.pk),
        entry.occurred_at.isoformat(),
        entry.actor_name,
        entry.act,
        entry.target_type,
        str(entry.target_pk),
        json.dumps(entry.before, ensure_ascii=False),
        json.dumps(entry.after, ensure_ascii=False),
        entry.reason,
    )


def _lines(entries: Iterable[AuditEntry]) -> Iterator[bytes]:
    for entry in entries:
        row = {
            "id": entry.pk,
            "occurred_at": entry.occurred_at.isoformat(),
            "actor_id": entry.actor_id,
            "actor": entry.actor_name,
            "act": entry.act,
            "target_type": entry.target_type,
            "target_pk": entry.target_pk,
            "before": entry.before,
            "after": entry.after,
            "reason": entry.reason,
        }
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"
