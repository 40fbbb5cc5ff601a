"""Entries as a file, written as they are read: a table for spreadsheets, or one JSON object a line for programs."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from community.moderation.models import AuditEntry

COLUMNS = ("id", "occurred_at", "actor", "act", "target_type", "target_pk", "before", "after", "reason")
FORMATS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}
# A cell that begins so is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_file(entries: Iterable[AuditEntry], format: str) -> Iterator[bytes]:
    """Yield the file in pieces."""
    return _lines(entries) if format == "jsonl" else _table(entries)


def _table(entries: Iterable[AuditEntry]) -> Iterator[bytes]:
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow(
            [
                entry.pk,
                entry.occurred_at.isoformat(),
                _plain(entry.actor_name),
                entry.act,
                entry.target_type,
                entry.target_pk,
                json.dumps(entry.before, ensure_ascii=False),
                json.dumps(entry.after, ensure_ascii=False),
                _plain(entry.reason),
            ]
        )
        if sheet.tell() > 32_768:
            yield _take(sheet)
    yield _take(sheet)


def _take(sheet: io.StringIO) -> bytes:
    held = sheet.getvalue().encode()
    sheet.seek(0)
    sheet.truncate()
    return held


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


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
