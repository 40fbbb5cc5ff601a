"""The brand's own standing texts, from Markdown. Raw HTML is shown as text."""

from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup


@lru_cache(maxsize=16)
def to_html(text: str) -> Markup:
    """Render a text written by an administrator."""
    return Markup(
        MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table").render(text)
    )  # noqa: S704
