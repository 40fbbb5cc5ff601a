"""The second lock: whatever the Markdown renderer wrote, only these tags, attributes and schemes leave the house."""

import html
import re
from typing import Final

import nh3

from community.writing.links import own_upload


def words(text: str) -> frozenset[str]:
    """Return the words of a text: a list of names that stays readable at any length."""
    return frozenset(text.split())


LANGUAGES: Final = words(
    "bash c clojure cmake console cpp csharp css csv dart diff django docker dockerfile elixir erlang fsharp go graphql "
    "groovy haskell html ini java javascript jinja js json jsx julia kotlin latex lisp lua makefile markdown matlab md nginx "
    "objectivec ocaml perl php plaintext powershell prolog py python qasm r rb ruby rust scala scheme scss sh shell sql "
    "svelte swift tex text toml ts tsx typescript vb vue xml yaml yml zig"
)

TAGS: Final = words(
    "a blockquote br code del details div em h3 h4 h5 h6 hr img li ol p pre s span strong summary table tbody td th thead tr ul"
)
ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "ol": {"start"},
}
CLASSES: Final = {
    "code": {f"language-{name}" for name in LANGUAGES},
    "details": {"spoiler", "in"},
    "p": {"lone"},
    # What Pygments found in code: comment, keyword, string, number, name.
    "span": {"mention", "c", "k", "s", "n", "f"},
    "td": {"align-left", "align-center", "align-right"},
    "th": {"align-left", "align-center", "align-right"},
}
SCHEMES: Final = frozenset({"http", "https", "mailto"})
LINK_REL: Final = "nofollow ugc noopener"

_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


def _own_images_only(tag: str, name: str, value: str) -> str | None:
    """Drop the source of an image that is not one of this site's uploads, so that showing a text fetches nothing else."""
    return None if tag == "img" and name == "src" and own_upload(value) is None else value


def _inside_only(url: str) -> str | None:
    """Keep a relative address unless a browser would read it as another host (`//host`, `/\\host`)."""
    return None if re.match(r"[\s\x00-\x1f]*[/\\]{2}", url) else url


_cleaner = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags={"script", "style"},
    attributes=ATTRIBUTES,
    attribute_filter=_own_images_only,
    allowed_classes=CLASSES,
    url_schemes=SCHEMES,
    url_relative=_inside_only,
    link_rel=LINK_REL,
    strip_comments=True,
)


def clean(markup: str) -> str:
    """Return `markup` reduced to the allowed tags, attributes, classes and schemes."""
    return _cleaner.clean(markup)


def plain_html(text: str) -> str:
    """Show text as escaped paragraphs: what a reader sees when a text could not be rendered."""
    paragraphs = _BLANK_LINES.split(text.replace("\r\n", "\n").strip())
    return "".join(
        f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs if part.strip()
    )
