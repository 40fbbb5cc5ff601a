"""Tables for spreadsheets: a text that begins like a formula is kept from being one."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def guard(cell: str) -> str:
    """Return the text so that no spreadsheet runs it: an apostrophe before =, +, -, @, tab or line end; numbers stay."""
    if cell.startswith(SIGNS) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def unguard(cell: str) -> str:
    """Return the text that `guard` made safe, as it was."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(SIGNS) else cell


def write_row(row: Iterable[str]) -> str:
    """Return one line of a CSV file."""
    line = io.StringIO()
    csv.writer(line).writerow([guard(cell) for cell in row])
    return line.getvalue()


def write_csv(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield the lines of a CSV file, with a mark at the beginning by which spreadsheets know its encoding."""
    yield "\ufeff"
    for row in rows:
        yield write_row(row)
