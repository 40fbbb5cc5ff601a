"""Text as it looks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.moderation.words.folding import fold, fold_with_places, span_of

TEXTS = st.text(max_size=200)


@pytest.mark.parametrize(
    "written",
    [
        "viagra",
        "VIAGRA",
        "Ｖｉａｇｒａ",
        "vіаgrа",
        "v\u200bi\u00adagra",
        "víágrà",
        "v\u0336i\u0336agra",
        "𝓿𝓲𝓪𝓰𝓻𝓪",
    ],
)
def test_what_looks_alike_folds_alike(written: str) -> None:
    assert fold(written) == "viagra"


def test_scripts_that_are_not_latin_stay_apart() -> None:
    assert fold("가") not in fold("각")
    assert fold("شِرَاء") == fold("شراء")
    assert fold("が") != fold("か")


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(fold(text, keeps_case=True), keeps_case=True) == fold(text, keeps_case=True)


@given(TEXTS)
def test_every_folded_letter_knows_where_it_came_from(text: str) -> None:
    folded, places = fold_with_places(text)

    assert folded == fold(text)
    assert len(places) == len(folded) + 1
    assert places == sorted(places)
    for at in range(len(folded)):
        start, end = span_of(text, places, at, at + 1)
        assert 0 <= start < end <= len(text)
        assert folded[at] in fold(text[start:end])


@given(TEXTS, st.sampled_from(["\u200b", "\u00ad", "\u2060", "\u0301", "\ufe0f"]))
def test_what_nobody_sees_changes_nothing(text: str, unseen: str) -> None:
    assert fold(unseen.join(text)) == fold(text)
