"""What is a number in an address, and what is none."""

import pytest

from community.digits import number_in


@pytest.mark.parametrize(
    "text",
    [None, "", " 1", "-1", "+1", "1_0", "1.0", "²", "٣", "０", "0x1", "9" * 19, "9" * 5_000, "\x00", "1\n"],
)
def test_what_is_no_number_of_ours_is_nothing(text: str | None) -> None:
    assert number_in(text) is None


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_numbers_are_read(text: str, number: int) -> None:
    assert number_in(text) == number
