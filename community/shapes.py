"""Fragments that a page repeats twenty times: drawn by their template once per combination, then only filled in.

A template call costs a hundred times a string join, and twenty posts differ in a few words. So a template sees *flags*,
which decide what is drawn, and *gaps*, which stand for the words that differ; what it drew is remembered for these
flags and the reader's language, cut at the gaps. The template stays the one place that says how the fragment looks.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.template import engines
from django.utils.translation import get_language
from markupsafe import Markup

_GAP = re.compile("\x02([a-z_]+)\x03")
# Combinations are few; whoever finds a way to make many must not fill the memory with them.
_MOST = 4000

_Key = tuple[str, str | None, tuple[Any, ...]]
_Cut = tuple[list[str], list[str]]
_cuts: dict[_Key, _Cut] = {}


def draw(
    template: str, flags: tuple[Any, ...], gaps: Mapping[str, str], language: str | None = None
) -> Markup:
    """Fill a fragment in. `flags` (a NamedTuple, `s` in the template) must be hashable and of few combinations;
    the values of `gaps` must be escaped already, and its names always the same for a template."""
    key = (template, language or get_language(), flags)
    cut = _cuts.get(key)
    if cut is None:
        cut = _draw_and_cut(template, flags, gaps)
        if not settings.DEBUG and len(_cuts) < _MOST:
            _cuts[key] = cut
    pieces, names = cut
    filled = pieces.copy()
    filled[1::2] = [gaps[name] for name in names]
    return Markup("".join(filled))  # noqa: S704 - what the template drew, with gaps the caller escaped


def _draw_and_cut(template: str, flags: tuple[Any, ...], gaps: Mapping[str, str]) -> _Cut:
    marks = {name: Markup(f"\x02{name}\x03") for name in gaps}  # noqa: S704 - marks, no markup
    drawn = jinja().get_template(template).render(s=flags, **marks)
    pieces = _GAP.split(drawn)
    return pieces, pieces[1::2]


@cache
def jinja() -> Any:
    """Return the environment of all member-facing templates."""
    return engines["jinja2"].env  # type: ignore[attr-defined]
