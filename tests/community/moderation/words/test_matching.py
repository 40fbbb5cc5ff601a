"""Finding watched words."""

import time
from typing import Any

import pytest

from community.moderation.words.matching import Finder, TooSlow, Word


def found(text: str, word: str, **more: Any) -> list[str]:
    hits = Finder([Word(1, word, "hold", **more)]).find(text, "body")
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("cialis", "A specialist came.", []),
        ("cialis", "Buy Cialis!", ["Cialis"]),
        ("cialis", "buy_cialis_now", ["cialis"]),
        ("discount*", "Discounts, DISCOUNTED and a miscount", ["Discounts", "DISCOUNTED"]),
        ("*coin", "bitcoin and coins", ["bitcoin"]),
        ("free money", "Free\n  money here; freemoney not", ["Free\n  money"]),
        ("c++", "I write C++ code", ["C++"]),
        ("赌场", "最好的赌场在这里", ["赌场"]),
        ("카지노", "최고의카지노입니다", ["카지노"]),
        ("カジノ", "最高のカジノです", ["カジノ"]),
        ("казино", "Лучшее КАЗИНО, а не казинович", ["КАЗИНО"]),
        ("قمار", "موقع القمار الأفضل", ["القمار"]),
        ("قمار", "والقمار حرام", ["والقمار"]),
        ("قمار", "أقماري", []),
        ("straße", "STRASSE", ["STRASSE"]),
        ("viagra", "v\u200bі\u00adagra!", ["v\u200bі\u00adagra"]),
        ("viagra", "ｖｉａｇｒａ", ["ｖｉａｇｒａ"]),
    ],
)
def test_a_word_is_found_where_it_stands_as_a_word(word: str, text: str, expected: list[str]) -> None:
    assert found(text, word) == expected


def test_capitals_count_where_they_are_told_apart() -> None:
    assert found("It and IT", "IT", is_case_sensitive=True) == ["IT"]
    assert found("It and IT", "IT") == ["It", "IT"]


def test_a_word_is_looked_for_only_in_its_places() -> None:
    words = Finder([Word(1, "cheap", "hold", places=frozenset({"title"}))])

    assert words.find("cheap", "title") and not words.find("cheap", "body")


def test_an_expression_is_found_in_the_text_and_behind_look_alikes() -> None:
    assert found("call 0800-123", r"0800[- ]?\d{3}", is_regex=True) == ["0800-123"]
    assert found("wwｗ.сasino.com", r"casino\.com", is_regex=True) == ["сasino.com"]
    assert found("Лучшее казино", r"казино\b", is_regex=True) == ["казино"]


def test_an_expression_that_runs_away_is_stopped_in_time() -> None:
    finder = Finder([Word(1, r"(\w+\s?)*$", "block", is_regex=True)])
    begun = time.monotonic()

    with pytest.raises(TooSlow):
        finder.find("word " * 6_000 + "!", "body")

    assert time.monotonic() - begun < 1


def test_two_thousand_words_cost_a_text_without_them_next_to_nothing() -> None:
    words = [Word(n, f"wörd{n}", "hold") for n in range(1_000)]
    words += [Word(n, f"phrase number {n}", "hold") for n in range(1_000, 2_000)]
    finder = Finder(words)
    text = "Two friends snapped carbon sections last year. What do you use? " * 20
    finder.find(text, "body")
    begun = time.process_time()

    for _time in range(20):
        assert finder.find(text, "body") == []

    assert (time.process_time() - begun) / 20 < 0.01
