"""The language of questions: words, "phrases", -words, and filters such as `status:solved`, `@bob`, `#tents`, `after:7d`.

Pure: nothing is looked up here, and any text at all is a question. Whether there is a Bob is for `queries.narrowing`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

# A quoted part may hold spaces and lasts to the end when nobody closes it; anything else ends at a space.
_TERM = re.compile(r'-?(?:[A-Za-z]+:)?"[^"]*(?:"|\Z)|\S+')
_FILTER = re.compile(r"(-?)([A-Za-z]+):(.+)", re.S)
_SHORT = re.compile(r"(-?)([@#])(.+)", re.S)
_HANDLE = re.compile(r"@?[A-Za-z0-9][A-Za-z0-9._-]{0,29}")
_SLUG = re.compile(r"[\w-]{1,50}")
_QUOTES = str.maketrans("“”„‟«»", '""""""')

# What a filter may be called, and its one name here. Some people bring their habits from elsewhere.
NAMES = {
    "in": "in",
    "by": "by",
    "from": "by",
    "user": "by",
    "space": "space",
    "category": "space",
    "tag": "tag",
    "tags": "tag",
    "before": "before",
    "after": "after",
    "status": "status",
    "kind": "kind",
    "order": "order",
    "has": "has",
    "thread": "thread",
}
# The filters of which one counts, and what they may say.
VALUES: dict[str, tuple[str, ...]] = {
    "in": ("title", "mine", "bookmarks", "thread"),
    "status": ("solved", "unsolved", "unanswered", "open", "closed"),
    "kind": ("question", "discussion", "idea", "article", "showcase"),
    "order": ("latest", "oldest", "likes"),
    "has": ("picture",),
}
_SAME = {
    "me": "mine",
    "bookmarked": "bookmarks",
    "topic": "thread",
    "answered": "solved",
    "questions": "question",
    "discussions": "discussion",
    "ideas": "idea",
    "articles": "article",
    "newest": "latest",
    "liked": "likes",
    "pictures": "picture",
    "image": "picture",
    "images": "picture",
}
# Filters that can be turned round with a minus.
_TURNING = ("by", "space", "tag")


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a question. `name` is empty for words; `short` says that a filter was written as `@x` or `#x`."""

    text: str
    name: str = ""
    value: str = ""
    without: bool = False
    short: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether this is a bare word: no filter, no phrase, nothing left out."""
        return not self.name and not self.text.startswith(("-", '"'))


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was understood, in the order in which it was typed."""

    terms: tuple[Term, ...]

    @property
    def text(self) -> str:
        """The whole question; reading it again gives the same."""
        return " ".join(term.text for term in self.terms)

    @property
    def words(self) -> str:
        """What is looked for in texts."""
        return " ".join(term.text for term in self.terms if not term.name)

    @property
    def filters(self) -> list[Term]:
        """Everything else."""
        return [term for term in self.terms if term.name]

    def without(self, left: Term) -> str:
        """Return the question without one part."""
        return " ".join(term.text for term in self.terms if term is not left)

    def choosing(self, name: str, value: str) -> str:
        """Return the question with one filter of this name, or with none for no value.

        `in:` is several filters under one name: only the same one is replaced.
        """
        kept = [term.text for term in self.terms if term.name != name or name == "in"]
        return " ".join([*kept, f"{name}:{value}"] if value else kept)

    def with_words(self, better: Callable[[str], str | None]) -> str:
        """Return the question with some of its bare words replaced."""
        return " ".join((term.is_plain and better(term.text.lower())) or term.text for term in self.terms)

    def as_words(self, strangers: tuple[Term, ...]) -> "Reading":
        """Return the question with filters that name nobody and nothing read as words."""
        return Reading(
            tuple(replace(term, name="") if term in strangers else term for term in self.terms)
            if strangers
            else self.terms
        )


def read(text: str) -> Reading:
    """Read any text as a question."""
    return Reading(tuple(_term(part) for part in _TERM.findall(text.translate(_QUOTES))))


def phrase(text: str) -> str:
    """Write words as a phrase."""
    bare = text.translate(_QUOTES).replace('"', " ").strip()
    return f'"{bare}"' if bare else ""


def _term(part: str) -> Term:
    if part.count('"') == 1 and _opens(part):
        part += '"'
    if match := _SHORT.fullmatch(part):
        return _short(part, bool(match[1]), match[2], match[3])
    if (match := _FILTER.fullmatch(part)) and (name := NAMES.get(match[2].lower())):
        value = match[3].strip('"').strip().lower()
        without = bool(match[1])
        if value and not (without and name not in _TURNING):
            return Term(part, name, _SAME.get(value, value) if name in VALUES else value, without)
    return Term(part)


def _opens(part: str) -> bool:
    return bool(re.match(r'-?(?:[A-Za-z]+:)?"', part))


def _short(part: str, without: bool, sign: str, value: str) -> Term:
    if sign == "@" and _HANDLE.fullmatch(value):
        return Term(part, "by", value.lower(), without, short=True)
    if sign == "#" and _SLUG.fullmatch(value):
        return Term(part, "space", value.lower(), without, short=True)
    return Term(part)
