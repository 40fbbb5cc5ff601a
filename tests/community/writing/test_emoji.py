"""Emoji by the letters of their names."""

from community.writing.emoji import EMOJI, emoji_like


def test_names_that_begin_with_the_letters_come_first() -> None:
    assert emoji_like("che")[0] == ("✅", "check")
    assert emoji_like("tada") == [("🎉", "tada")]
    assert len(emoji_like("a", most=3)) == 3


def test_nothing_typed_or_nothing_known_brings_nothing() -> None:
    assert emoji_like("") == emoji_like(" ") == emoji_like("qqq") == []


def test_no_name_stands_for_two_signs() -> None:
    first = [names[0] for _sign, names in EMOJI]
    assert len(first) == len(set(first))
