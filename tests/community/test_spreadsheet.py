"""What a spreadsheet might run, it is not given."""

import pytest

from community.spreadsheet import guard, unguard, write_csv
from tests.architecture.code import FAMILIES, ROOT


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "-", "+", "-cmd|' /C calc'!A0", "＝1+1"],
)
def test_what_begins_like_a_formula_is_text(cell: str) -> None:
    assert guard(cell) == f"'{cell}"
    assert unguard(guard(cell)) == cell


@pytest.mark.parametrize("cell", ["", "5", "-5", "-5.25", "A mug", "1-2", "’=1"])
def test_numbers_and_words_stay(cell: str) -> None:
    assert guard(cell) == cell


def test_quotes_commas_and_lines_stay_in_their_cell() -> None:
    assert "".join(write_csv([['a,"b"', "c\nd"]])) == '\ufeff"a,""b""","c\nd"\r\n'


def test_no_table_is_written_past_it() -> None:
    """Every file for spreadsheets, those to come as well."""
    files = (path for family in FAMILIES for path in (ROOT / family).rglob("*.py"))
    writers = [path.relative_to(ROOT).as_posix() for path in files if "csv.writer" in path.read_text()]

    assert writers == ["community/spreadsheet.py"]
