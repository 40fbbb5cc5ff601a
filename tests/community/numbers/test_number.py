"""What is declared, and whether a manager understands it."""

from typing import Any

import pytest
from django.utils.translation import override

from community.limits import parse_rates
from community.numbers.documentation import numbers_page
from community.numbers.number import ByTrust, Number, Rates, all_numbers, feature_of
from community.numbers.queries import list_groups


def known() -> list[Any]:
    names = {group.name for group in list_groups()}
    return [number for number in all_numbers() if feature_of(number) in names]


def test_every_number_says_in_words_what_it_is_and_every_limit_what_it_counts() -> None:
    without = [
        number.key
        for number in known()
        if str(number.title) in ("", number.key.removeprefix("rates."))
        or not (isinstance(number, Rates) or str(number.why))
    ]

    assert without == []


def test_every_default_is_one_a_manager_could_choose() -> None:
    for number in known():
        assert number.read(number.usual) == number.usual, number.key


def test_every_number_belongs_to_a_feature() -> None:
    strays = {number.key for number in all_numbers()} - {number.key for number in known()}

    assert {key for key in strays if not key.startswith("rates.test.")} == set()


def test_a_key_is_declared_once() -> None:
    with pytest.raises(RuntimeError, match="declared twice"):
        Number("threads.new_days", "Again", "Why", default=1, least=1, most=2)


def test_a_limit_for_everybody_has_one_text() -> None:
    guests = next(number for number in known() if number.key == "rates.search.search_guest")

    assert guests.read(["5/min"]) == ("5/min",)
    assert parse_rates(guests.usual[0])[0].count == 30


def test_the_page_names_every_number_and_speaks_english() -> None:
    with override("de"):
        page = numbers_page()

    assert all(f"`{number.key}`" in page for number in known())
    assert "How long a thread counts as new" in page
    assert any(isinstance(number, ByTrust) for number in known())
