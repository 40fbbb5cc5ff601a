"""The Markdown this house speaks: CommonMark, tables, strikethrough, bare links and mentions, and nothing that runs."""

import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from community.writing import spoilers
from community.writing.excerpts import alt_text
from community.writing.links import BARE, address_of, is_external, is_safe_link, own_upload, trim_address

MAX_MENTIONS = 50
MAX_NESTING = 20
MAX_CARDS = 5

# The parser stops its fast text rule only at characters our rules know; the stock set stops at sixteen more.
_TERMINATORS = re.compile(r"[\n&*<\[\]\\_`~]|!(?=\[)")

# A row shorter than its header is filled up with empty cells; without a cap 4 kB of text become 600 kB of HTML.
importlib.import_module("markdown_it.rules_block.table").MAX_AUTOCOMPLETED_CELLS = 1_000  # type: ignore[attr-defined]

# Members' headings sit below the page's own h1 and h2.
_HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}


@dataclass(slots=True)
class Findings:
    """What the parser met on its way: handles as typed, addresses linked, keys of own uploads, addresses on lines alone."""

    mentions: dict[str, None] = field(default_factory=dict)
    links: dict[str, None] = field(default_factory=dict)
    images: dict[str, None] = field(default_factory=dict)
    lone: dict[str, None] = field(default_factory=dict)


class Parser(MarkdownIt):
    """Markdown-it set up once and reused; it keeps no state between texts.

    A line end in a paragraph is shown as one (`breaks`), as people who write messages expect; CommonMark joins the lines.
    """

    def __init__(self, *, breaks: bool = True) -> None:
        super().__init__("commonmark", {"html": False, "maxNesting": MAX_NESTING, "breaks": breaks})
        self.enable(["table", "strikethrough"])
        self.disable(["html_block", "html_inline"])
        self.inline.terminator_re = _TERMINATORS
        self.core.ruler.after("normalize", "spoilers", spoilers.find_blocks)
        self.core.ruler.at("text_join", _shape)

    def validateLink(self, url: str) -> bool:
        """Decide which link targets stay links; the rest stays text."""
        return is_safe_link(url)


def _shape(state: StateCore) -> None:
    """Turn the parsed tokens into this house's own: shifted headings, linked names and addresses, own images only."""
    found: Findings = state.env["findings"]
    if begins := state.env.get("spoilers"):
        state.tokens = spoilers.shape_blocks(state.tokens, begins)
    for number, token in enumerate(state.tokens):
        if token.type == "inline":
            if token.children:
                token.children = _shape_inline(token.children, found)
                if spoilers.shape_words(token.children) and state.tokens[number - 1].tag == "p":
                    # A paragraph would end where a spoiler begins.
                    state.tokens[number - 1].tag = state.tokens[number + 1].tag = "div"
                else:
                    _mark_lone(state.tokens[number - 1], token.children, found)
        elif token.tag in _HEADINGS:
            token.tag = _HEADINGS[token.tag]
        elif "style" in token.attrs:
            token.attrs = {"class": str(token.attrs["style"]).replace("text-align:", "align-")}


def _mark_lone(paragraph: Token, children: list[Token], found: Findings) -> None:
    """Mark a paragraph of the text itself, not of a quote or a list, that is nothing but one bare address."""
    if len(children) != 3 or paragraph.level or paragraph.tag != "p" or not children[0].meta.get("typed"):
        return
    url = str(children[0].attrs.get("href", ""))
    if is_external(url) and (url in found.lone or len(found.lone) < MAX_CARDS):
        found.lone[url] = None
        paragraph.attrs["class"] = "lone"


def _shape_inline(children: list[Token], found: Findings) -> list[Token]:
    shaped: list[Token] = []
    inside_link = 0
    run: list[Token] = []

    def flush() -> None:
        if run:
            run[0].content = "".join(piece.content for piece in run)
            shaped.extend(run[:1] if inside_link else _split_text(run[0], found))
            run.clear()

    for token in children:
        kind = token.type
        if kind == "text" or (kind == "text_special" and token.info == "entity"):
            token.type = "text"
            run.append(token)
            continue
        flush()
        if kind == "text_special":  # an escaped character: text, but never part of a name or an address
            token.type = "text"
            shaped.append(token)
        elif kind == "image":
            shaped.extend(_shape_image(token, found, inside_link=inside_link > 0))
        else:
            if kind == "link_open":
                _note_link(str(token.attrs["href"]), found)
            inside_link += token.nesting if token.tag == "a" else 0
            shaped.append(token)
    flush()
    return shaped


def _note_link(url: str, found: Findings) -> None:
    if is_external(url):
        found.links[url] = None


def _split_text(token: Token, found: Findings) -> list[Token]:
    text = token.content
    if "@" not in text and "://" not in text and "www." not in text.lower():
        return [token]
    pieces: list[Token] = []
    end = 0
    for match in BARE.finditer(text):
        replacement = list(_replacement(match, found))
        if not replacement:
            continue
        if match.start() > end:
            pieces.append(_text(text[end : match.start()]))
        pieces.extend(replacement)
        end = match.start() + sum(len(piece.meta.get("typed", "")) for piece in replacement)
    if end == 0 and not pieces:
        return [token]
    if end < len(text):
        pieces.append(_text(text[end:]))
    return pieces


def _replacement(match: re.Match[str], found: Findings) -> Iterator[Token]:
    """Yield the tokens for one name or address; `meta["typed"]` says how much of the text they stand for."""
    handle = match["handle"]
    if handle is not None:
        name = handle.casefold()
        if name in found.mentions or len(found.mentions) < MAX_MENTIONS:
            found.mentions[name] = None
            yield Token(
                "html_inline",
                "",
                0,
                content=f'<span class="mention">@{handle}</span>',
                meta={"typed": f"@{handle}"},
            )
        return
    typed = trim_address(match["url"])
    address = address_of(typed)
    if address is not None and is_safe_link(address):
        yield from _link(address, typed, found, typed=typed)


def _link(address: str, text: str, found: Findings, *, typed: str = "", title: str = "") -> Iterator[Token]:
    _note_link(address, found)
    attrs: dict[str, str | int | float] = {"href": address, "title": title} if title else {"href": address}
    yield Token("link_open", "a", 1, attrs=attrs, meta={"typed": typed})
    yield _text(text)
    yield Token("link_close", "a", -1)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _shape_image(token: Token, found: Findings, *, inside_link: bool) -> Iterator[Token]:
    """Show an image only from this site's own uploads; from elsewhere it becomes a link, so no reader is tracked."""
    source = str(token.attrs.get("src", ""))
    for child in token.children or []:
        if child.type == "text_special":
            child.type = "text"
    upload = own_upload(source)
    if upload is not None:
        key, width, height = upload
        found.images[key] = None
        token.attrs["src"] = source.partition("#")[0]
        token.attrs["loading"] = "lazy"
        if width and height:
            token.attrs.update(width=width, height=height)
        yield token
        return
    words = alt_text(token) or source
    if inside_link or not source:
        yield _text(words)
    else:
        yield from _link(source, words, found, title=str(token.attrs.get("title", "")))
