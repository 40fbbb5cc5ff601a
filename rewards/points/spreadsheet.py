"""Tables for spreadsheets: a text that begins like a formula is kept from being one."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def guard(cell: str) -> str:
    """Return the text so that no spreadsheet runs it: an apostrophe before =, +, -, @, tab or line end; numbers stay."""
    if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def write_csv(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield the lines of a CSV file, with a mark at the beginning by which spreadsheets know its encoding."""
    yield "\ufeff"
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([guard(cell) for cell in row])
        yield line.getvalue()
