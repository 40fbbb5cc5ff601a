"""Markdown to safe HTML. A text is rendered once, when it is written; the row keeps `RENDER_VERSION` beside the HTML."""

import html
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from community.writing.colours import coloured
from community.writing.excerpts import excerpt_of
from community.writing.sanitise import clean, plain_html
from community.writing.syntax import Findings, Parser

# Raise by one whenever the same text would give other HTML, so that stored HTML can be renewed in the background.
RENDER_VERSION = 3

EXCERPT_LENGTH = 240

logger = logging.getLogger(__name__)

_parser = Parser()
_colouring = Parser()
_colouring.options["highlight"] = coloured
_LONE = re.compile(r'<p class="lone">(<a href="([^"]*)"[^>]*>[^<]*</a>)</p>')
_MARK = re.compile(r'<span class="mention">@([^<]{1,60})</span>')
# What Postgres refuses, and what neither XML nor a reader has any use for: feeds and marks in excerpts rely on it.
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_UNSEEN = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Mention:
    """Someone a handle stands for, as the caller's resolver answers. `kind` and `pk` are for the caller's own use."""

    handle: str
    url: str
    kind: str = "member"
    pk: int | None = None


Resolver = Callable[[frozenset[str]], Mapping[str, Mention]]
# From addresses that stand alone on a line to the HTML of their cards, for those that have one.
CardLookup = Callable[[frozenset[str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Rendered:
    """The HTML of a text, and what was found in it.

    `mentions_found` are handles in lower case as typed; `mentioned` is who they turned out to be. `images` are keys of
    own uploads; `lone` are addresses that stand alone on a line. `code` is empty, or says why the text is shown as plain paragraphs.
    """

    html: str
    excerpt: str
    mentions_found: tuple[str, ...] = ()
    mentioned: tuple[Mention, ...] = ()
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    lone: tuple[str, ...] = ()
    code: str = ""
    version: int = RENDER_VERSION


def tidy(text: str) -> str:
    """Return the text as it is stored: one kind of line end, nothing Postgres refuses, no control characters."""
    ends = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub("", _UNSTORABLE.sub("\ufffd", ends))


def render(text: str, *, resolve: Resolver | None = None, cards: CardLookup | None = None) -> Rendered:
    """Render `text` here and now. For what members type, use `limited.render_limited`, which also bounds the time."""
    return link_mentions(render_marked(text), resolve, cards)


def render_marked(text: str, *, colours: bool = False) -> Rendered:
    """Render, leaving each mention as a marked span for `link_mentions`. Never raises: at worst the text is plain.

    `colours` is for the limited process: nobody knows how long colouring a code takes.
    """
    parser = _colouring if colours else _parser
    try:
        found = Findings()
        source = tidy(text)
        tokens = parser.parse(source, {"findings": found})
        markup = clean(parser.renderer.render(tokens, parser.options, {}))
        return Rendered(
            html=markup,
            excerpt=excerpt_of(tokens, EXCERPT_LENGTH),
            mentions_found=tuple(found.mentions),
            links=tuple(found.links),
            images=tuple(found.images),
            lone=tuple(found.lone),
        )
    except Exception:
        logger.exception(
            "A text of %d characters could not be rendered and is shown as plain paragraphs", len(text)
        )
        return plain(text, "render_failed")


def plain(text: str, code: str) -> Rendered:
    """Show `text` as escaped paragraphs, with the reason."""
    source = tidy(text)
    return Rendered(
        html=plain_html(source),
        excerpt=" ".join(source[: EXCERPT_LENGTH * 4].split())[:EXCERPT_LENGTH],
        code=code,
    )


def link_mentions(rendered: Rendered, resolve: Resolver | None, cards: CardLookup | None = None) -> Rendered:
    """Turn the marked names into links to whom `resolve` says they are; unknown names become plain text again.

    Addresses that stand alone become the cards `cards` has for them. The marks cannot be forged: raw HTML in a member's
    text is escaped, so only our own rules write them.
    """
    if rendered.lone:
        rendered = _place_cards(rendered, cards)
    if not rendered.mentions_found:
        return rendered
    known = resolve(frozenset(rendered.mentions_found)) if resolve else {}
    markup = _MARK.sub(lambda match: _name_link(match[1], known), rendered.html)
    mentioned = tuple(known[name] for name in rendered.mentions_found if name in known)
    return replace(rendered, html=markup, mentioned=mentioned)


def _place_cards(rendered: Rendered, cards: CardLookup | None) -> Rendered:
    known = cards(frozenset(rendered.lone)) if cards else {}

    def placed(match: re.Match[str]) -> str:
        return known.get(html.unescape(match[2])) or f"<p>{match[1]}</p>"

    return replace(rendered, html=_LONE.sub(placed, rendered.html))


def _name_link(typed: str, known: Mapping[str, Mention]) -> str:
    mention = known.get(typed.casefold())
    if mention is None:
        return f"@{typed}"
    return f'<a class="mention" href="{html.escape(mention.url)}">@{html.escape(mention.handle)}</a>'
