"""What opens only when asked: blocks and words, without script, and nothing of them in excerpts."""

import pytest

from community.writing.markdown import render

WORDS = '<details class="spoiler in"><summary>Spoiler</summary>'


def test_words_between_double_bars_open_when_asked() -> None:
    rendered = render("In the end ||the *dog* wins||, of course.")

    assert f"<div>In the end {WORDS}the <em>dog</em> wins</details>, of course.</div>" in rendered.html
    assert rendered.excerpt == "In the end …, of course."


def test_a_block_holds_whatever_a_quote_could_hold() -> None:
    rendered = render("Before\n\n>! First\n>!\n>! - a list\n\nAfter")

    assert '<details class="spoiler">\n<summary>Spoiler</summary><p>First</p>' in rendered.html
    assert "<li>a list</li>" in rendered.html
    assert rendered.html.index("</details>") < rendered.html.index("<p>After</p>")
    assert rendered.excerpt == "Before After"


def test_a_quote_above_and_one_inside_stay_quotes() -> None:
    html = render("> said\n>! hidden").html
    assert html.count("<blockquote>") == html.count("<details") == 1

    html = render(">! > said").html
    assert (
        html.index("<details")
        < html.index("<blockquote>")
        < html.index("</blockquote>")
        < html.index("</details>")
    )


@pytest.mark.parametrize(
    "text",
    [
        "a || b || c",
        "||||",
        "|| a||",
        "`||code||`",
        r"\|\|a\|\|",
        "[||a||](/b)",
        "||open",
        "**||a**||",
        "```\n>! code\n```",
        ">!important",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert "<details" not in render(text).html


def test_two_in_a_line_are_two() -> None:
    assert render("||a|| and ||b||").html.count(WORDS) == 2


def test_many_bars_take_no_longer_than_they_must() -> None:
    assert "<details" in render("||a" * 800).html
    assert render(">! " * 800).html


def test_markup_in_a_spoiler_is_still_escaped() -> None:
    html = render("||<script>alert(1)</script>||").html

    assert "<script" not in html
    assert "&lt;script&gt;" in html
