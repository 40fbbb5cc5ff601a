"""Regular expressions of managers: refused before they are saved when they cannot be read, or could hold the site up."""

import re
import time
from typing import Any

from django.utils.translation import gettext as _

from community.errors import Invalid
from community.moderation.words.matching import (
    LARGEST,
    LONGEST_WORD,
    PATIENCE,
    compile_expression,
    size_of,
)

# Letters that stand for kinds of letters in an expression, tried in long rows: most of what runs away does so on one.
_TRIED = "a0 _-.x"
_LONG = 4_000
# For all samples together: an expression that is slow on each is as bad as one that never ends.
_PATIENCE_FOR_CHECK = 2.0


def check_expression(text: str, *, is_case_sensitive: bool = False) -> None:
    """Raise `Invalid` for an expression that cannot be read, finds nothing in particular, or takes too long."""
    _check_size(text)
    try:
        compiled = compile_expression(text, is_case_sensitive=is_case_sensitive)
        if compiled.match("", timeout=PATIENCE):
            raise _unusable(_("It is found in every text, even in an empty one."))
    except ValueError as error:
        raise _unusable(_("This is no regular expression: %(why)s.") % {"why": str(error)[:120]}) from error
    try:
        until = time.monotonic() + _PATIENCE_FOR_CHECK
        for sample in _samples(text):
            _run(compiled, sample)
            if time.monotonic() > until:
                raise TimeoutError
    except TimeoutError as error:
        raise _unusable(
            _(
                "It takes too long on some texts and would hold everybody up. Most often a repetition stands inside another one: (a+)+."
            )
        ) from error


def _check_size(text: str) -> None:
    if len(text) > LONGEST_WORD:
        raise _unusable(_("An expression has room for %(n)d characters.") % {"n": LONGEST_WORD})
    if size_of(text) > LARGEST:
        raise _unusable(_("It repeats too much. Use smaller numbers in { }."))


def _run(compiled: Any, sample: str) -> None:
    begun = time.monotonic()
    for _match in compiled.finditer(sample, timeout=PATIENCE):
        if time.monotonic() - begun > PATIENCE:
            raise TimeoutError


def _samples(text: str) -> list[str]:
    """Return texts on which expressions run away: long rows of what the expression itself names, ending otherwise."""
    literals = [piece for piece in re.findall(r"[^\W_]+|\s+", text, re.UNICODE) if piece][:12]
    letters = dict.fromkeys([*_TRIED, *(letter for piece in literals for letter in piece[:2])])
    rows = [letter * _LONG + end for letter in letters for end in ("!", "\n")]
    rows += [(piece * _LONG)[:_LONG] + "!" for piece in literals]
    rows += [("".join(literals) * _LONG)[:_LONG] + "!", "word " * 800 + "!", "a1 b2, " * 500 + "!"]
    # Some need only a few letters, where a long row fails at once.
    rows += [letter * count + "!" for letter in letters for count in (19, 40)]
    rows += [(letter + "!") * count for letter in letters for count in (19, 400)]
    # A letter that must occur is missed at once: let it occur where it does not help.
    ends = "".join(dict.fromkeys(piece[-1] for piece in literals))
    rows += [ends + letter * count for letter in letters for count in (40, _LONG)]
    return rows


def _unusable(sentence: str) -> Invalid:
    return Invalid("expression_unusable", sentence, fields={"word": sentence})
