"""Spoilers: `>! a block` and `||some words||`, which open when asked. They are `<details>`, so that keys and screen readers
work without script, and no excerpt tells what is inside.
"""

import re
from typing import NamedTuple

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

OPEN_BLOCK, CLOSE_BLOCK = "spoiler_open", "spoiler_close"
_SUMMARY = "<summary>Spoiler</summary>"
OPEN = f'<details class="spoiler in">{_SUMMARY}'
CLOSE = "</details>"

_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_LINE = re.compile(r"( {0,3})>!(?= |$)")
_MARK = re.compile(r"\|\|")


def find_blocks(state: StateCore) -> None:
    """Note where blocks of `>!` begin, and read on as if they were quotes. Lines of code stay as they are."""
    if ">!" not in state.src:
        return
    lines, begins, in_code, before = [], set(), False, ""
    for line in state.src.split("\n"):
        if _FENCE.match(line):
            in_code = not in_code
        hidden = None if in_code else _LINE.match(line)
        if hidden and not _LINE.match(before):
            if before.lstrip().startswith(">"):
                lines.append("")  # a quote above is not part of it
            begins.add(len(lines))
        lines.append(_LINE.sub(r"\1>", line) if hidden else line)
        before = line
    state.src = "\n".join(lines)
    state.env["spoilers"] = begins


def shape_blocks(tokens: list[Token], begins: set[int]) -> list[Token]:
    """Turn the quotes that begin on these lines into spoilers."""
    shaped: list[Token] = []
    levels: list[int] = []
    for token in tokens:
        if token.type == "blockquote_open" and token.map and token.map[0] in begins:
            # What is quoted inside begins on the same line, but is a quote.
            begins = begins - {token.map[0]}
            levels.append(token.level)
            token.type, token.tag, token.attrs = OPEN_BLOCK, "details", {"class": "spoiler"}
            shaped += [token, Token("html_block", "", 0, content=_SUMMARY)]
            continue
        if token.type == "blockquote_close" and levels and token.level == levels[-1]:
            levels.pop()
            token.type, token.tag = CLOSE_BLOCK, "details"
        shaped.append(token)
    return shaped


class _Place(NamedTuple):
    token: int
    at: int


def shape_words(children: list[Token]) -> bool:
    """Put what stands between `||` and `||` into spoilers, in place. Tells whether there was any."""
    if not any("||" in child.content for child in children if child.type == "text"):
        return False
    pairs = _pairs(children)
    for begin, end in reversed(pairs):
        _cut(children, end, CLOSE)
        _cut(children, begin, OPEN)
    return bool(pairs)


def _pairs(children: list[Token]) -> list[tuple[_Place, _Place]]:
    """Return where spoilers begin and end: both at the same depth, and none inside a link or another spoiler."""
    pairs: list[tuple[_Place, _Place]] = []
    pending: _Place | None = None
    depth = begun = links = 0
    for number, child in enumerate(children):
        depth += child.nesting
        links += child.nesting if child.tag == "a" else 0
        if depth < begun:
            pending = None
        if child.type != "text" or links:
            continue
        for match in _MARK.finditer(child.content):
            place = _Place(number, match.start())
            before, after = child.content[: match.start()][-1:], child.content[match.end() :][:1]
            closes = pending is not None and depth == begun and not before.isspace() and place != pending
            if closes and pending is not None and (place.token != pending.token or place.at > pending.at + 2):
                pairs.append((pending, place))
                pending = None
            elif not after.isspace() and (after or number + 1 < len(children)):
                pending, begun = place, depth
    return pairs


def _cut(children: list[Token], place: _Place, markup: str) -> None:
    text = children[place.token].content
    parts = [
        Token("text", "", 0, content=text[: place.at]),
        Token("html_inline", "", 0, content=markup),
        Token("text", "", 0, content=text[place.at + 2 :]),
    ]
    children[place.token : place.token + 1] = [part for part in parts if part.content]
