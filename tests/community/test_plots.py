"""Plots are geometry: as high as their numbers, as wide as their place, nothing below nothing."""

import pytest

from community.plots import HEIGHT, WIDTH, columns_of, line_of, round_top


@pytest.mark.parametrize(
    ("most", "top"),
    [
        (-5, 1),
        (0, 1),
        (1, 1),
        (2, 2),
        (3, 5),
        (5, 5),
        (6, 10),
        (11, 20),
        (99, 100),
        (101, 200),
        (4_001, 5_000),
    ],
)
def test_the_upper_edge_is_a_round_number(most: int, top: int) -> None:
    assert round_top(most) == top


def test_columns_stand_beside_each_other_and_end_at_the_bottom() -> None:
    plot = columns_of([0, 5, 10, -3], first="a", last="b")

    assert [column.height for column in plot.columns] == [0, HEIGHT / 2, HEIGHT, 0]
    assert all(column.y + column.height == HEIGHT for column in plot.columns)
    ends = [column.x + column.width for column in plot.columns]
    assert all(end <= column.x for end, column in zip(ends, plot.columns[1:], strict=False))
    assert (ends[-1] <= WIDTH, plot.top, plot.first, plot.last) == (True, 10, "a", "b")


def test_a_line_goes_from_edge_to_edge() -> None:
    plot = line_of([0, 5, 10])

    assert plot.line == f"0.0,{HEIGHT}.0 {WIDTH / 2},{HEIGHT / 2} {WIDTH}.0,0.0"
    assert plot.area.startswith(f"0,{HEIGHT} ") and plot.area.endswith(f" {WIDTH},{HEIGHT}")


def test_without_numbers_there_is_nothing_to_draw() -> None:
    assert (columns_of([]).columns, line_of([]).line, line_of([]).area) == ((), "", "")
