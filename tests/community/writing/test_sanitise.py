"""What may leave the house: checked with another parser than the one that cleans."""

import re

import pytest

from community.writing.markdown import render
from community.writing.sanitise import LINK_REL, clean, plain_html
from tests.community.writing.corpora import Reading, attack_lines

ALLOWED = {
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "ol": {"start"},
    "code": {"class"},
    "details": {"class"},
    "td": {"class"},
    "th": {"class"},
    "span": {"class"},
}
BARE = frozenset(
    "blockquote br del div em h3 h4 h5 h6 hr li p pre s strong summary table tbody thead tr ul".split()  # noqa: SIM905
)
ALLOWED |= {tag: set() for tag in BARE}
CLASS = re.compile(r"language-[a-z]+|align-(left|center|right)|mention|spoiler( in)?|[cksnf]")


def assert_harmless(html: str, came_from: str) -> None:
    for tag, attrs in Reading(html).tags:
        assert tag in ALLOWED, (tag, came_from)
        assert set(attrs) <= ALLOWED[tag], (tag, attrs, came_from)
        assert CLASS.fullmatch(attrs.get("class") or "mention"), (attrs, came_from)
        if tag == "img":
            assert re.fullmatch(r"/files/[0-9a-f]{32}/\w+\.webp", attrs["src"] or ""), came_from
        if tag == "a":
            assert attrs["rel"] == LINK_REL
            assert_harmless_address(attrs.get("href") or "", came_from)


def assert_harmless_address(href: str, came_from: str) -> None:
    as_browsers_read_it = re.sub(r"[\t\n\r]", "", href.strip("".join(map(chr, range(33))))).replace("\\", "/")
    scheme = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*(?=:)", as_browsers_read_it)
    assert scheme is None or scheme.group().lower() in {"http", "https", "mailto"}, came_from
    assert not as_browsers_read_it.startswith("//"), came_from


WRAPPINGS = [
    "{}",
    "[a]({})",
    "[a](<{}>)",
    "![a]({})",
    "<{}>",
    "[a]: {}\n\n[a]",
    "`{}`",
    "> {}",
    "- {}",
    "# {}",
    "|{}|\n|-|",
]


def test_no_line_of_the_attack_lists_brings_anything_but_allowed_html() -> None:
    lines = attack_lines()

    assert len(lines) > 6_000
    for line in lines:
        assert_harmless(render(line).html, line)


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_no_attack_works_from_within_markdown(wrapping: str) -> None:
    for line in attack_lines()[::7]:
        text = wrapping.replace("{}", line)
        assert_harmless(render(text).html, text)


def test_the_sanitiser_alone_leaves_nothing_harmful_of_the_attack_lists() -> None:
    for line in attack_lines():
        cleaned = clean(line)
        for tag, attrs in Reading(cleaned).tags:
            assert tag in ALLOWED, line
            assert set(attrs) <= ALLOWED[tag], line
            for name in ("href", "src"):
                assert_harmless_address(attrs.get(name) or "", line)


@pytest.mark.parametrize(
    "markup",
    [
        '<p id="a" style="color:red" onclick="x()" hx-get="/x" data-hx-get="/x" data-a="1" class="evil">a</p>',
        '<form action="/x"><input name="a"><button>b</button></form>',
        '<a href="//evil.example">a</a><a href="/\\evil.example">b</a><a href="\\\\evil.example">c</a>',
        '<a href="javascript:alert(1)">a</a><a href="data:text/html,x">b</a><a href="vbscript:x">c</a>',
        '<svg><a xlink:href="javascript:x">a</a></svg><math><mi xlink:href="javascript:x">b</mi></math>',
        '<code class="language-python evil">x</code><td class="align-left evil">y</td>',
    ],
)
def test_nothing_that_acts_or_dresses_up_survives(markup: str) -> None:
    cleaned = clean(markup)

    assert not re.search(
        r"evil|id=|style|onclick|hx-|data-|form|input|button|javascript|vbscript|svg|math", cleaned
    )


def test_plain_paragraphs_are_escaped() -> None:
    assert plain_html("a <script>\nb\r\n\r\n \n'c' & d") == (
        "<p>a &lt;script&gt;<br>b</p><p>&#x27;c&#x27; &amp; d</p>"
    )
