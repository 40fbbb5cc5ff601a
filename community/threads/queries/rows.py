"""What the pages read of threads and posts: small rows in place of model objects."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.utils.text import slugify

from community.spaces.asking.answers import Fact, shown
from community.spaces.models import Kind, Space
from community.threads.models import State
from community.threads.queries.polls import PollView
from community.threads.spans import span_said

# Posts on a page of a thread.
PAGE = 20


def page_start(position: int) -> int:
    """Return where the page begins on which a position is sure to be shown."""
    return (position - 1) // PAGE * PAGE


class Author(NamedTuple):
    """What a row shows of a member. Has the attributes the components ask of one."""

    pk: int
    handle: str
    name: str
    avatar_url: str
    team_title: str
    tier: str
    show_tier: bool

    def get_absolute_url(self) -> str:
        """The profile."""
        return f"/@{self.handle}/"


# The columns of `Author`, of a member joined as `u`.
AUTHOR = "u.id, u.handle, u.name, u.avatar_url, u.team_title, u.tier, u.show_tier"


@lru_cache(maxsize=8192)
def thread_path(pk: int, title: str) -> str:
    """Return the address of a thread: its number decides, the words help people."""
    return f"/t/{pk}/{slugify(title)[:60] or 'thread'}/"


class ThreadRow(NamedTuple):
    """One thread in a list."""

    pk: int
    title: str
    excerpt: str
    kind: str
    tags: list[str]
    is_solved: bool
    is_locked: bool
    is_pinned: bool
    reply_count: int
    reaction_count: int
    created_at: dt.datetime
    last_post_at: dt.datetime
    unread: int
    read_to: int
    space_slug: str
    space_name: str
    why: str
    author: Author | None

    def get_absolute_url(self) -> str:
        """The thread, at the first post its reader has not seen when they have begun to read it."""
        path = thread_path(self.pk, self.title)
        if not self.unread:
            return path
        start = page_start(self.read_to + 1)
        return f"{path}?after={start}#new" if start else f"{path}#new"

    @property
    def is_question(self) -> bool:
        """Whether it asks for an answer."""
        return self.kind == Kind.QUESTION


@dataclass(frozen=True, slots=True)
class Care:
    """What is known about an open question: what is missing, who is answering, and what its asker was asked."""

    missing: str
    missing_by: str
    closed: bool
    claimed_by: str
    claimed_by_id: int | None
    asked: bool
    answer_pk: int | None
    answer_by: str


@dataclass(frozen=True, slots=True)
class TimerSeen:
    """Something that will happen to a thread: `kind` is a `TimerKind`; with `idle_days` it waits for the last reply."""

    kind: str
    due_at: dt.datetime
    idle_days: int | None


@dataclass(frozen=True, slots=True)
class Steered:
    """What the team decided about a thread, as its page says it. `slow_seconds`: the longer of its own and its space's."""

    slow_seconds: int
    is_everywhere: bool
    is_aside: bool
    timers: tuple[TimerSeen, ...]

    @property
    def wait(self) -> str:
        """How long one waits between two replies, in words."""
        return span_said(self.slow_seconds)

    def ends(self) -> "TimerSeen | None":
        """What everyone should know: when it closes, opens again or goes."""
        return next((timer for timer in self.timers if timer.kind in ("close", "reopen", "remove")), None)


@dataclass(frozen=True)
class ThreadHead:
    """The thread on its own page, as one viewer sees it. Named like the model's columns, so that permissions can judge it."""

    pk: int
    title: str
    kind: str
    tags: list[str]
    state: str
    is_locked: bool
    pinned_at: dt.datetime | None
    author_id: int | None
    accepted_post_id: int | None
    accepted_at: dt.datetime | None
    accepted_position: int | None
    last_position: int
    reply_count: int
    view_count: int
    created_at: dt.datetime
    last_post_at: dt.datetime
    space: Space
    level: str
    last_read: int
    moderates: bool
    draft: str
    care: "Care | None" = None
    # Address and name of the space above its own, where the viewer may read that.
    above: str = ""
    steered: "Steered | None" = None
    # What its space asks, as [key, label, kind, for the team], and the answers by key.
    asked: tuple[list[tuple[str, str, str, bool]], dict[str, Any]] | None = None

    def facts(self, inside: bool) -> list[Fact]:
        """The answers to what its space asks; `inside` are its author and who keeps order."""
        fields, answers = self.asked or ([], {})
        return [
            shown(kind, label, answers[key])
            for key, label, kind, for_team in fields
            if key in answers and (inside or not for_team)
        ]

    @cached_property
    def path(self) -> str:
        """The address, with the words of the title."""
        return thread_path(self.pk, self.title)

    @property
    def way(self) -> list[tuple[str, str]]:
        """The spaces it lies in, the outer one first: words and addresses."""
        here = (self.space.name, self.space.get_absolute_url())
        slug, _space, name = self.above.partition(" ")
        return [(name, f"/s/{slug}/"), here] if slug else [here]

    @property
    def is_question(self) -> bool:
        """Whether it asks for an answer."""
        return self.kind == Kind.QUESTION

    @property
    def is_solved(self) -> bool:
        """Whether an answer was accepted."""
        return self.accepted_post_id is not None


@dataclass(slots=True)
class PostRow:
    """One post on the page. `answers` are the replies shown under it; `mine` the viewer's own reactions."""

    pk: int
    position: int
    html: str
    state: str
    state_reason: str
    counts: dict[str, int]
    edit_count: int
    edited_at: dt.datetime | None
    is_wiki: bool
    created_at: dt.datetime
    reply_to_id: int | None
    reply_to_position: int | None
    reply_to_name: str
    mine: frozenset[str]
    kept: bool
    author: Author | None
    answers: "list[PostRow]"
    is_new: bool = False
    poll: PollView | None = None

    @property
    def name(self) -> str:
        """The author's name, for labels."""
        return self.author.name if self.author else ""

    @property
    def is_shown(self) -> bool:
        """Whether everyone who can read the thread sees it."""
        return self.state == State.VISIBLE
