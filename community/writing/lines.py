"""A line that someone typed, such as a title, a name or a tag: it stands amid words of others, in lists and in headers of
e-mail, so it must neither break the line nor turn what surrounds it."""

import re

from django.utils.translation import gettext as _

from community.writing.markdown import tidy

# Control characters, and those that turn the direction of what follows.
_TURNING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
# Characters that take no ink: a text of these alone says nothing.
_INKLESS = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0]+"
)


def one_line(text: str) -> str:
    """Return `text` as a single line with single blanks between its words."""
    return " ".join(_TURNING.sub(" ", tidy(text)).split())


def ink(text: str) -> int:
    """Return how many characters of `text` can be seen."""
    return len(_INKLESS.sub("", text))


def too_long(text: str, most: int) -> str:
    """Return the sentence for whoever typed more than `most` characters, or nothing."""
    if len(text) <= most:
        return ""
    return _("Use at most %(most)d characters; this has %(n)d.") % {"most": most, "n": len(text)}
