"""Finding threads and posts. What is shown is asked once more whether its viewer may see it."""

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from community.members.models import Member
from community.search.excerpts import LENGTH, START, STOP, beginnings, cut, mark, typed
from community.search.language import read
from community.search.limits import LONGEST_QUERY
from community.search.queries.mending import Suggestion, mended, near_titles
from community.search.queries.narrowing import Chip, Narrowed, narrow
from community.search.queries.statements import CHOOSE, MARK, WHOLE, Shape, find_statement, show_statement
from community.spaces.visibility import readable_spaces
from community.sql import fetch
from community.threads.queries.attention import not_blocked
from community.threads.queries.rows import Author, thread_path

PAGE = 20
# With fewer hits than this it is worth asking whether something else was meant.
FEW = 3
_CURSOR = re.compile(r"(-?\d{1,18})\.(\d{1,18})", re.ASCII)


class _Best(NamedTuple):
    """One document that ranks among the best, how many were found, whether there are more, and what was looked for."""

    document: int
    score: int
    total: int
    is_more: bool
    query: str


class Hit(NamedTuple):
    """One thread that was found, by its best post; within a thread, one post."""

    thread_id: int
    title: str
    kind: str
    tags: list[str]
    is_solved: bool
    reply_count: int
    created_at: dt.datetime
    space_slug: str
    space_name: str
    post_id: int | None
    position: int | None
    is_answer: bool
    excerpt: str
    author: Author | None

    @property
    def url(self) -> str:
        """The post that was found, or the thread when its first post was."""
        return f"/p/{self.post_id}/" if self.post_id else thread_path(self.thread_id, self.title)

    @property
    def marked(self) -> Markup:
        """The excerpt, safe, with hits marked."""
        safe = str(escape(self.excerpt)).replace(START, "<mark>").replace(STOP, "</mark>")
        return Markup(safe)  # noqa: S704 - escaped first; only our own two signs became tags

    @property
    def plain(self) -> str:
        """The excerpt without marks."""
        return self.excerpt.replace(START, "").replace(STOP, "")


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results. `total` counts threads (within a thread: posts) the viewer may read; at most those that were
    ranked, and `is_more` says when there may be others.

    `mended` is the question that was asked instead, when what was typed was found nowhere.
    """

    hits: list[Hit]
    after: str
    total: int
    is_more: bool = False
    mended: str = ""
    chips: list[Chip] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    thread: int | None = None
    order: str = ""


def search_threads(
    viewer: Member | None,
    text: str,
    *,
    space_id: int | None = None,
    status: str = "",
    after: str = "",
    limit: int = PAGE,
) -> Found:
    """Return a page of what `viewer` may find by a question: threads, best first; within a thread its posts, in order."""
    reading = read(clean(text))
    if status:
        reading = read(reading.choosing("status", status))
    asked = narrow(viewer, reading)
    if space_id is not None:
        asked.add(" AND d.space_id = %s", space_id)
    found = _find(viewer, asked, read_cursor(after), limit)
    if asked.filters or asked.notes:
        found = replace(found, chips=asked.chips, notes=asked.notes, thread=asked.thread, order=asked.order)
    if found.hits or after or asked.is_hopeless:
        return found
    better = mended(asked.reading)
    instead = _find(viewer, replace(asked, reading=better), None, limit) if better else found
    # A better word may come from a title that this viewer may not read: it is told only where it leads to something.
    if not better or not instead.hits:
        return found
    return replace(
        found,
        hits=instead.hits,
        after=instead.after,
        total=instead.total,
        is_more=instead.is_more,
        mended=better.text,
    )


class Near(NamedTuple):
    """What may have been meant, when hardly anything was found: a question that finds more, and titles that come near."""

    meant: str
    titles: list[Suggestion]


def near(viewer: Member | None, text: str) -> Near:
    """Return what may have been meant by a question."""
    asked = narrow(viewer, read(clean(text)))
    found = _find(viewer, asked, None, PAGE)
    better = mended(asked.reading)
    meant = ""
    if better and _find(viewer, replace(asked, reading=better), None, 1).total > found.total:
        meant = better.text
    return Near(meant, near_titles(viewer, better or asked.reading, [hit.thread_id for hit in found.hits]))


def clean(text: str) -> str:
    """Return a question without what no database takes, and no longer than anyone types."""
    return text.replace("\x00", " ").strip()[:LONGEST_QUERY]


def _find(viewer: Member | None, asked: Narrowed, cursor: tuple[int, int] | None, limit: int) -> Found:
    words = asked.words
    if asked.is_hopeless or not (words or asked.filters or asked.order):
        return Found([], "", 0)
    spaces, readable = readable_spaces(viewer)
    # Whoever asks by name for somebody they block is shown what they ask for.
    by_name = any(term.name == "by" and not term.without for term in asked.reading.filters)
    others, me = ("", ()) if by_name else not_blocked(viewer, "d.author_id")
    shape = Shape(
        spaces,
        asked.filters + others,
        bool(words),
        asked.order,
        asked.thread is not None,
        cursor is not None,
        limit + 1,
    )
    before, behind = shape.times
    params = [words] * before + [*readable, *asked.values, *me] + [words] * behind
    best = fetch(find_statement(shape), [*params, *(cursor or ())], _Best._make)
    if not best:
        return Found([], "", 0)
    shown = best[:limit]
    following = f"{shown[-1].score}.{shown[-1].document}" if len(best) > limit else ""
    hits = fetch(show_statement(spaces), [[row.document for row in shown], *readable], _hit)
    hits = _marked(hits, words, best[0].query) if words else _begun(hits)
    return Found(hits, following, best[0].total if hits else 0, best[0].is_more)


def _begun(hits: list[Hit]) -> list[Hit]:
    """Shorten the texts of hits to how they begin."""
    return [
        hit._replace(excerpt=" ".join(hit.excerpt[: 2 * LENGTH].split())[:LENGTH].rpartition(" ")[0])
        for hit in hits
    ]


def _marked(hits: list[Hit], asked: str, query: str) -> list[Hit]:
    """Shorten the texts of hits to a line each in which the hits are marked. What is not plain, Postgres marks at once."""
    words, plain = beginnings(query), typed(asked)
    lines = [cut(hit.excerpt, words) for hit in hits]
    done = [None if line is None else mark(line, words, plain) for line in lines]
    open_ = [place for place, line in enumerate(done) if line is None]
    if open_:
        texts = [hits[place].excerpt if lines[place] is None else lines[place] for place in open_]
        params = [WHOLE, CHOOSE, texts, [lines[place] is not None for place in open_], asked]
        for place, (line,) in zip(open_, fetch(MARK, params, tuple), strict=True):
            done[place] = line
    return [hit._replace(excerpt=line or "") for hit, line in zip(hits, done, strict=True)]


def read_cursor(text: str) -> tuple[int, int] | None:
    """Read where results go on; what is not a cursor begins at the beginning."""
    match = _CURSOR.fullmatch(text)
    return (int(match[1]), int(match[2])) if match else None


def _hit(row: Any) -> Hit:
    author = Author._make(row[13:]) if row[13] is not None else None
    return Hit._make((*row[:13], author))
