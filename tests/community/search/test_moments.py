"""Dates as people write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.search.moments import moment

NOW = dt.datetime(2026, 3, 14, 15, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("2026-03-14", (2026, 3, 14)),
        ("2026-2", (2026, 2, 1)),
        ("2025", (2025, 1, 1)),
        ("today", (2026, 3, 14)),
        ("yesterday", (2026, 3, 13)),
        ("7d", (2026, 3, 7)),
        ("2w", (2026, 2, 28)),
        ("1m", (2026, 2, 12)),
        ("1y", (2025, 3, 14)),
    ],
)
def test_a_moment_is_where_its_day_begins(said, begins):
    assert moment(said, NOW) == dt.datetime(*begins, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "said", ["", "soon", "2026-02-31", "2026-13", "0001", "9999y", "7", "-7d", "٢٠٢٦", "7d7d"]
)
def test_what_is_no_moment_is_none(said):
    assert moment(said, NOW) is None


@given(st.text(max_size=12))
def test_no_text_breaks_it(said):
    moment(said, NOW)
