"""The first words of a text, without markup: for lists, cards, notices and search results."""

import re
from collections.abc import Iterator

from markdown_it.token import Token

_TAG = re.compile(r"<[^>]*>")


def alt_text(image: Token) -> str:
    """Return the words that stand for an image."""
    parts = []
    for child in image.children or []:
        if child.type == "image":
            parts.append(alt_text(child))
        else:
            parts.append(" " if child.type in {"softbreak", "hardbreak"} else child.content)
    return "".join(parts).strip()


def excerpt_of(tokens: list[Token], length: int) -> str:
    """Return the first `length` characters a reader sees; a text of nothing but code shows its code."""
    tokens = list(_told(tokens))
    words = _first_words((_words(token) for token in tokens if token.type == "inline"), length)
    if not words:
        code = (token.content[: length * 2] for token in tokens if token.type in {"fence", "code_block"})
        words = _first_words(code, length)
    if len(words) <= length:
        return words
    cut = words[:length]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(" ,;:.") + "…"


def _told(tokens: list[Token]) -> Iterator[Token]:
    """Leave out what spoilers keep."""
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type in {"spoiler_open", "spoiler_close"} else 0
        if not depth:
            yield token


def _first_words(pieces: Iterator[str], length: int) -> str:
    """Join pieces until there is more than enough, with single blanks between words."""
    gathered: list[str] = []
    size = 0
    for piece in pieces:
        gathered.append(piece)
        size += len(piece)
        if size > length * 2:
            break
    return " ".join(" ".join(gathered).split())


def _words(inline: Token) -> str:
    parts = []
    kept = False
    for child in inline.children or []:
        if child.type == "html_inline" and "details" in child.content:
            kept = not child.content.startswith("</")
            parts.append("" if kept else "…")
        elif kept:
            continue
        elif child.type == "html_inline":
            parts.append(_TAG.sub("", child.content))
        elif child.type == "image":
            parts.append(alt_text(child))
        else:
            parts.append(child.content or ("" if child.nesting else " "))
    return "".join(parts)
