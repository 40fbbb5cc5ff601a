"""The brand's own standing texts, from Markdown. Raw HTML is shown as text."""

from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup


@lru_cache(maxsize=16)
def to_html(text: str) -> Markup:
    """Render a text written by an administrator."""
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return Markup(html)  # noqa: S704 - raw HTML is off, and links are checked by the parser
