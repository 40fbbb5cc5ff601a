"""What is written is judged before it is shown: features that write ask, upper features answer, and neither imports the other.

A screener looks at a `Writing` and lets it pass by doing nothing. It may change the text (`change`), add a tag, let it wait
for the team (`hold`), or refuse it by raising `Invalid` with the reason. Screeners are put in place in `AppConfig.ready()`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from community.proof import Proof


class Place(StrEnum):
    """Where a text is going to be shown."""

    THREAD = "thread"
    REPLY = "reply"
    EDIT = "edit"
    MESSAGE = "message"
    PROFILE = "profile"
    PRAISE = "praise"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text was typed, as far as the page can tell: in how many seconds, whether a field nobody sees was filled, and what the
    browser brought along where it was asked for a small sum."""

    seconds: float | None = None
    is_trapped: bool = False
    proof: Proof = Proof.UNASKED
    # Whether the form can be drawn again with a sum to do.
    can_ask: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason to wait. `code` names a sentence, `facts` go into it: it is said in the language of whoever reads it."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Writing:
    """A text on its way. `texts` are its parts by name: `title`, `body`, `name`, `bio_md`."""

    place: Place
    author: Any
    texts: dict[str, str]
    space: Any = None
    tags: dict[str, str] = field(default_factory=dict)
    # Addresses it leads to.
    links: Sequence[str] = ()
    # What stood there before an edit.
    before: Mapping[str, str] = field(default_factory=dict)
    manner: Manner = field(default_factory=Manner)
    # What screeners say.
    grounds: list[Ground] = field(default_factory=list)
    is_changed: bool = False
    # What a screener wants to keep of its judgement, whatever becomes of the text.
    judgement: Any = None
    # A statement that is run as part of the one that writes a post, with its key in `written.id`, and its parameters.
    beside: tuple[str, tuple[Any, ...]] | None = None
    # Called in the transaction that writes the text, with the row it became: a post, or what waits.
    after: list[Callable[[Any], None]] = field(default_factory=list)

    def change(self, name: str, text: str) -> None:
        """Put another text in the place of what was typed."""
        if self.texts[name] != text:
            self.texts[name] = text
            self.is_changed = True

    def tag(self, slug: str, name: str) -> None:
        """Add a tag, where there are tags."""
        self.tags.setdefault(slug, name)

    def hold(self, code: str, **facts: Any) -> None:
        """Let it wait for the team, for a reason its writer is told. The same reason is told once."""
        ground = Ground(code, facts)
        if ground not in self.grounds:
            self.grounds.append(ground)


Screener = Callable[[Writing], None]
_screeners: dict[str, tuple[int, Screener]] = {}
_ordered: list[Screener] = []


def add_screener(key: str, screener: Screener, order: int = 100) -> None:
    """Let a feature judge what is written; smaller `order` first. A later one of the same key replaces it."""
    _screeners[key] = (order, screener)
    _ordered[:] = [one for _place, one in sorted(_screeners.values(), key=lambda it: it[0])]


def judge(writing: Writing) -> Writing:
    """Let every screener look. Raises `Invalid` when one refuses."""
    for screener in _ordered:
        screener(writing)
    return writing
