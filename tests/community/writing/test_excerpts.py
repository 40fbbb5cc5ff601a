import pytest

from community.writing.markdown import render


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a\nb  \nc", "a b c"),
        ("- one\n- two", "one two"),
        ("![a *tent*](https://e.org/a.png) here", "a tent here"),
        ("AT&amp;T \\*star\\*", "AT&T *star*"),
        ("<b>", "<b>"),
        ("before\n\n```\ncode\n```\n\nafter", "before after"),
    ],
)
def test_an_excerpt_is_what_a_reader_sees(text: str, wanted: str) -> None:
    assert render(text).excerpt == wanted


def test_one_endless_word_is_cut() -> None:
    assert len(render("a" * 5_000).excerpt) == 241
