"""Code in colours: a few classes that the stylesheet knows, written on the server by Pygments.

Only the limited process does this, and it stops after half a second; what is not coloured is shown plain.
"""

import html
from functools import lru_cache
from itertools import groupby
from time import monotonic

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, String, _TokenType
from pygments.util import ClassNotFound

from community.writing.sanitise import LANGUAGES

# More code than this is a file, which is read elsewhere.
MOST = 10_000
SECONDS = 0.5

_CLASSES: tuple[tuple[_TokenType, str], ...] = (
    (Comment, "c"),
    (Keyword, "k"),
    (String, "s"),
    (Number, "n"),
    (Name.Function, "f"),
    (Name.Class, "f"),
    (Name.Tag, "k"),
    (Name.Attribute, "f"),
)


def coloured(code: str, language: str, _attrs: str = "") -> str:
    """Return `code` as HTML with its parts marked, or nothing where it should be shown plain."""
    lexer = _lexer(language) if language in LANGUAGES and len(code) <= MOST else None
    if lexer is None:
        return ""
    until = monotonic() + SECONDS
    parts: list[tuple[str, str]] = []
    for kind, text in lexer.get_tokens(code):
        parts.append((_class_of(kind) if text.strip() else "", text))
        if monotonic() > until:
            return ""
    if "".join(text for _name, text in parts) != code:
        return ""
    runs = (
        (name, "".join(text for _name, text in run)) for name, run in groupby(parts, lambda part: part[0])
    )
    return "".join(
        f'<span class="{name}">{html.escape(text)}</span>' if name else html.escape(text)
        for name, text in runs
    )


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=512)
def _class_of(kind: _TokenType) -> str:
    return next((name for parent, name in _CLASSES if kind in parent), "")  # type: ignore[comparison-overlap]
