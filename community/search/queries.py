"""Finding. One statement per question; what is shown is asked once more whether its viewer may see it."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from community.members.models import Member
from community.search.excerpts import START, STOP, beginnings, cut, mark, typed
from community.search.limits import LONGEST_QUERY, RANKED
from community.spaces.visibility import readable_spaces
from community.sql import PlannedAnew, fetch
from community.threads.queries.rows import AUTHOR, Author, thread_path

PAGE = 20
_MARKS = f"StartSel={START}, StopSel={STOP}"
_WHOLE, _CHOOSE = f"{_MARKS}, HighlightAll=true", f"{_MARKS}, MinWords=12, MaxWords=30, MaxFragments=1"
_QUERY = "websearch_to_tsquery('porchlight', %s)"
_STATUS = {
    "solved": " AND t.accepted_post_id IS NOT NULL",
    "open": " AND t.kind = 'question' AND t.accepted_post_id IS NULL",
    "unanswered": " AND t.kind = 'question' AND t.accepted_post_id IS NULL AND t.reply_count = 0",
}

# `newest` is what bounds the work: with a hundred thousand matches, two thousand are ranked. How the matches are best
# reached depends on the words, so this one is planned each time; what is then shown is not.
_FIND = """
WITH newest AS MATERIALIZED (
  SELECT d.id, d.thread_id, d.words, d.is_answer FROM search_searchdocument d{joined}
   WHERE d.words @@ {query} AND d.space_id = ANY (ARRAY({spaces})){filters}
   ORDER BY d.created_at DESC, d.id DESC LIMIT {ranked}
), best AS (
  SELECT DISTINCT ON (thread_id) id, score FROM (
    SELECT id, thread_id, ((ts_rank('{{0.1,0.3,0.5,1.0}}', words, {query}, 1)
           * CASE WHEN is_answer THEN 1.3 ELSE 1 END) * 1000000)::int AS score FROM newest) n
   ORDER BY thread_id, score DESC, id DESC
)
SELECT id, score, (SELECT count(*) FROM best), querytree({query}) FROM best{beyond}
 ORDER BY score DESC, id DESC LIMIT {limit}
"""

_SHOW = """
SELECT t.id, t.title, t.kind, t.tags, t.accepted_post_id IS NOT NULL, t.reply_count, d.created_at,
       s.slug, s.name, p.id, p.position, d.is_answer,
       CASE WHEN octet_length(d.body) <= 8000 THEN d.body ELSE left(d.body, 8000) END, {author}
  FROM unnest(%s::bigint[]) WITH ORDINALITY o (id, place)
  JOIN search_searchdocument d ON d.id = o.id
  JOIN threads_thread t ON t.id = d.thread_id AND t.state = 'visible'
  JOIN spaces_space s ON s.id = t.space_id AND s.id IN ({spaces})
  LEFT JOIN threads_post p ON p.id = d.target_pk AND d.kind = 'reply'
  LEFT JOIN members_member u ON u.id = CASE WHEN d.kind = 'reply' THEN p.author_id ELSE t.author_id END
 WHERE d.kind = 'thread' OR p.state = 'visible'
 ORDER BY o.place
"""

# A line that was cut already is marked as it is; of a whole text Postgres chooses the line.
_MARK = """
SELECT ts_headline('porchlight', o.text, q.query, CASE WHEN o.is_cut THEN %s ELSE %s END)
  FROM unnest(%s::text[], %s::bool[]) WITH ORDINALITY o (text, is_cut, place),
       (SELECT websearch_to_tsquery('porchlight', %s) AS query OFFSET 0) q
 ORDER BY o.place
"""

# A word that no title uses, and the one most like it.
_MEND = """
SELECT w.word, (SELECT s.word FROM search_searchword s WHERE s.word %% w.word
                 ORDER BY similarity(s.word, w.word) DESC, s.word LIMIT 1)
  FROM unnest(%s::text[]) w(word)
 WHERE NOT EXISTS (SELECT 1 FROM search_searchword s WHERE s.word = w.word)
"""

_PEOPLE = """
SELECT {author} FROM search_searchdocument d JOIN members_member u ON u.id = d.target_pk AND u.is_active
 WHERE d.kind = 'member' AND {condition} ORDER BY {order} LIMIT {limit}
"""
_BY_NAME = ("d.words @@ to_tsquery('porchlight', %s)", "d.created_at DESC")
_BY_LIKENESS = ("%s <%% d.title", "%s <<-> d.title, d.created_at DESC")

_SUGGEST = """
SELECT t.id, t.title, t.accepted_post_id IS NOT NULL, s.name
  FROM (SELECT d.id, d.thread_id, ts_rank(d.words, to_tsquery('porchlight', %s)) AS score
          FROM (SELECT d.id, d.thread_id, d.words FROM search_searchdocument d
                 WHERE d.words @@ to_tsquery('porchlight', %s) AND d.kind = 'thread' AND d.space_id IN ({spaces})
                 ORDER BY d.created_at DESC, d.id DESC LIMIT 200) d
         ORDER BY score DESC, d.id DESC LIMIT 6) d
  JOIN threads_thread t ON t.id = d.thread_id AND t.state = 'visible'
  JOIN spaces_space s ON s.id = t.space_id AND s.id IN ({spaces})
 ORDER BY d.score DESC, d.id DESC
"""


class _Best(NamedTuple):
    """One document that ranks among the best, how many threads were found, and what was looked for."""

    document: int
    score: int
    total: int
    query: str


class Hit(NamedTuple):
    """One thread that was found, by its best post."""

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


class Suggestion(NamedTuple):
    """A thread offered while typing."""

    pk: int
    title: str
    is_solved: bool
    space_name: str

    @property
    def url(self) -> str:
        """The thread."""
        return thread_path(self.pk, self.title)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results. `total` counts threads the viewer may read; at most those that were ranked.

    `mended` is what was looked for instead, when what was typed was found nowhere.
    """

    hits: list[Hit]
    after: str
    total: int
    mended: str = ""


def search_threads(
    viewer: Member | None,
    text: str,
    *,
    space_id: int | None = None,
    status: str = "",
    after: str = "",
    limit: int = PAGE,
) -> Found:
    """Return a page of the threads in which `viewer` may find `text`, best first."""
    asked = text.strip()[:LONGEST_QUERY]
    if not asked:
        return Found([], "", 0)
    found = _find(viewer, asked, space_id, status, read_cursor(after), limit)
    if found.hits or after:
        return found
    mended = _mend(asked)
    if mended == asked:
        return found
    instead = _find(viewer, mended, space_id, status, None, limit)
    # Without results the word may come from a title that this viewer may not read.
    return replace(instead, mended=mended) if instead.hits else found


def _find(
    viewer: Member | None,
    asked: str,
    space_id: int | None,
    status: str,
    cursor: tuple[int, int] | None,
    limit: int,
) -> Found:
    spaces, readable = readable_spaces(viewer)
    sql = _find_sql(spaces, space_id is not None, status, cursor is not None, limit + 1)
    params: list[Any] = [asked, *readable]
    params += [space_id] if space_id is not None else []
    params += [asked, asked, *(cursor or ())]
    best = fetch(sql, params, _Best._make)
    if not best:
        return Found([], "", 0)
    shown = best[:limit]
    following = f"{shown[-1].score}.{shown[-1].document}" if len(best) > limit else ""
    hits = fetch(
        _SHOW.format(spaces=spaces, author=AUTHOR), [[row.document for row in shown], *readable], _hit
    )
    return Found(_marked(hits, asked, best[0].query), following, best[0].total if hits else 0)


def _marked(hits: list[Hit], asked: str, query: str) -> list[Hit]:
    """Shorten the texts of hits to a line each in which the hits are marked. What is not plain, Postgres marks at once."""
    words, plain = beginnings(query), typed(asked)
    lines = [cut(hit.excerpt, words) for hit in hits]
    done = [None if line is None else mark(line, words, plain) for line in lines]
    open_ = [place for place, line in enumerate(done) if line is None]
    if open_:
        texts = [hits[place].excerpt if lines[place] is None else lines[place] for place in open_]
        params = [_WHOLE, _CHOOSE, texts, [lines[place] is not None for place in open_], asked]
        for place, (line,) in zip(open_, fetch(_MARK, params, tuple), strict=True):
            done[place] = line
    return [hit._replace(excerpt=line or "") for hit, line in zip(hits, done, strict=True)]


def _mend(asked: str) -> str:
    """Return what was probably meant: each word that no title uses becomes the one most like it."""
    words = [word for word in asked.lower().split() if word.isalnum() and 4 <= len(word) <= 30][:6]
    better = dict(fetch(_MEND, [words], lambda row: (row[0], row[1]))) if words else {}
    return (
        " ".join(better.get(word) or word for word in asked.lower().split())
        if any(better.values())
        else asked
    )


@lru_cache(maxsize=256)
def _find_sql(spaces: str, in_space: bool, status: str, later: bool, limit: int) -> PlannedAnew:
    sql = _FIND.format(
        query=_QUERY,
        spaces=spaces,
        joined=" JOIN threads_thread t ON t.id = d.thread_id" if status else "",
        filters=(" AND d.space_id = %s" if in_space else "") + _STATUS.get(status, ""),
        beyond=" WHERE (score, id) < (%s, %s)" if later else "",
        ranked=RANKED,
        limit=int(limit),
    )
    return PlannedAnew(sql)


def read_cursor(text: str) -> tuple[int, int] | None:
    """Read where results go on; what is not a cursor begins at the beginning."""
    score, _dot, pk = text.partition(".")
    if not (score.isascii() and score.isdigit() and pk.isascii() and pk.isdigit()):
        return None
    return min(int(score[:12]), 2**31 - 1), min(int(pk[:20]), 2**62)


def search_members(text: str, *, limit: int = PAGE) -> list[Author]:
    """Return the members whose name begins like `text`; when there is none, whose name looks like it."""
    asked = _prefixes(text)
    if not asked:
        return []
    found = fetch(_people_sql(_BY_NAME, limit), [asked], Author._make)
    alike = text.strip().lower()[:40]
    return found or fetch(_people_sql(_BY_LIKENESS, limit), [alike, alike], Author._make)


def _people_sql(way: tuple[str, str], limit: int) -> str:
    return _PEOPLE.format(author=AUTHOR, condition=way[0], order=way[1], limit=int(limit))


def _prefixes(text: str) -> str:
    """Return typed words as a query in which the last one may go on."""
    words = ["".join(c for c in word if c.isalnum()) for word in text[:60].split()]
    words = [word for word in words if word][:6]
    return " & ".join([*words[:-1], f"{words[-1]}:*"]) if words else ""


def suggest(viewer: Member | None, text: str) -> list[Suggestion]:
    """Return at most six threads for what has been typed so far."""
    asked = _prefixes(text)
    if len(text.strip()) < 2 or not asked:
        return []
    spaces, readable = readable_spaces(viewer)
    sql = _SUGGEST.format(spaces=spaces)
    return fetch(sql, [asked, asked, *readable, *readable], Suggestion._make)


def _hit(row: Any) -> Hit:
    author = Author._make(row[13:]) if row[13] is not None else None
    return Hit._make((*row[:13], author))
