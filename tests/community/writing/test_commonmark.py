"""The 655 examples of the CommonMark specification: the library alone, and what our own HTML makes of each."""

import re

import pytest
from markdown_it import MarkdownIt

from community.writing.markdown import render
from community.writing.sanitise import clean
from community.writing.syntax import Findings, Parser
from tests.community.writing.corpora import spec_examples
from tests.community.writing.normal import normal

JOINING = Parser(breaks=False)

# Where our HTML differs from the specification, and why. Heading levels (h1 becomes h3) are compared shifted.
RAW_HTML_IS_SHOWN_AS_TEXT = {
    21, 31, *range(148, 194), 203, 310, 311, 346, 478, 479, 493, 496, 526, 538, *range(615, 620), 625,
    *range(627, 634), 645, 646,
}  # fmt: skip
REMOTE_IMAGES_BECOME_LINKS = {477, 519, 522, 533, *range(574, 592), 593}
OTHER_SCHEMES_ARE_NOT_LINKED = {598, 600, 601, 603}
BARE_ADDRESSES_ARE_LINKED = {604, 610, 613}
DIFFERENT = (
    RAW_HTML_IS_SHOWN_AS_TEXT
    | REMOTE_IMAGES_BECOME_LINKS
    | OTHER_SCHEMES_ARE_NOT_LINKED
    | BARE_ADDRESSES_ARE_LINKED
)


def test_the_library_passes_every_example() -> None:
    parser = MarkdownIt("commonmark")

    wrong = [
        number for number, text, wanted in spec_examples() if normal(parser.render(text)) != normal(wanted)
    ]

    assert len(spec_examples()) == 655
    assert wrong == []


def joined_lines(text: str) -> str:
    """Render as always, but with the lines of a paragraph joined as the specification has it."""
    tokens = JOINING.parse(text, {"findings": Findings()})
    # The mark of an address alone on a line goes when its card is placed.
    html = clean(JOINING.renderer.render(tokens, JOINING.options, {})).replace(' class="lone"', "")
    return re.sub(r'<span class="mention">(.*?)</span>', r"\1", html)


def test_our_html_differs_from_the_specification_only_where_we_mean_it() -> None:
    wrong = {
        number
        for number, text, wanted in spec_examples()
        if normal(joined_lines(text)) != normal(wanted, shift=True)
    }

    assert sorted(wrong) == sorted(DIFFERENT)


def test_line_ends_are_shown_and_change_nothing_else() -> None:
    for _number, text, _wanted in spec_examples():
        shown, joined = render(text).html, joined_lines(text)
        assert shown.replace("<br>", "").split() == joined.replace("<br>", "").split()
        assert shown.count("<br>") >= joined.count("<br>")

    assert render("one\ntwo").html == "<p>one<br>\ntwo</p>\n"


@pytest.mark.parametrize("text", ["<b>bold</b>", "<!-- note -->", "<script>alert(1)</script>", "</p><div>"])
def test_raw_html_is_shown_as_it_was_typed(text: str) -> None:
    html = render(text).html

    assert normal(html).replace("&lt;", "<").replace("&gt;", ">") == f"<p>{text}</p>"
