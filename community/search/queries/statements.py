"""The statements of a search, put together for each shape of a question."""

from functools import lru_cache
from typing import NamedTuple

from community.search.excerpts import START, STOP
from community.search.limits import RANKED
from community.sql import PlannedAnew
from community.threads.queries.rows import AUTHOR

_MARKS = f"StartSel={START}, StopSel={STOP}"
WHOLE, CHOOSE = f"{_MARKS}, HighlightAll=true", f"{_MARKS}, MinWords=12, MaxWords=30, MaxFragments=1"
QUERY = "websearch_to_tsquery('porchlight', %s)"

# `newest` is what bounds the work: with a hundred thousand matches, two thousand are ranked. How the matches are best
# reached depends on the words, so this one is planned each time; what is then shown is not.
_FIND = """
WITH newest AS MATERIALIZED (
  SELECT d.id, d.thread_id, {carried} FROM search_searchdocument d{joins}
   WHERE {matches}d.space_id = ANY (ARRAY({spaces})){filters}
   ORDER BY d.created_at {way}, d.id {way} LIMIT {ranked}
), best AS (
  SELECT {once} id, score FROM (SELECT id, thread_id, {score} AS score FROM newest) n
   ORDER BY {first}score DESC, id DESC
)
SELECT id, score, (SELECT count(*) FROM best), (SELECT count(*) FROM newest) >= {ranked}, {tree} FROM best{beyond}
 ORDER BY score DESC, id DESC LIMIT {limit}
"""
_RANK = """((ts_rank('{0.1,0.3,0.5,1.0}', words, %s, 1)
           * CASE WHEN is_answer THEN 1.3 ELSE 1 END) * 1000000)::bigint""".replace("%s", QUERY)
_MOMENT = "(extract(epoch FROM d.created_at) * 1000000)::bigint"
_THREAD = " JOIN threads_thread t ON t.id = d.thread_id"
_POST = " LEFT JOIN threads_post p ON p.id = d.target_pk AND d.kind = 'reply'"

# What matches are ordered by, as a number of which more is better.
_KEYS = {
    "latest": _MOMENT,
    "oldest": f"-{_MOMENT}",
    "likes": "t.reaction_count::bigint",
    "position": "-COALESCE(p.position, 1)::bigint",
}

SHOW = """
SELECT t.id, t.title, t.kind, t.tags, t.accepted_post_id IS NOT NULL, t.reply_count, d.created_at,
       s.slug, s.name, p.id, p.position, d.is_answer,
       CASE WHEN octet_length(d.body) <= 8000 THEN d.body ELSE left(d.body, 8000) END, {author}
  FROM unnest(%s::bigint[]) WITH ORDINALITY o (id, place)
  JOIN search_searchdocument d ON d.id = o.id
  JOIN threads_thread t ON t.id = d.thread_id AND t.state IN ('visible', 'archived')
  JOIN spaces_space s ON s.id = t.space_id AND s.id IN ({spaces})
  LEFT JOIN threads_post p ON p.id = d.target_pk AND d.kind = 'reply'
  LEFT JOIN members_member u ON u.id = CASE WHEN d.kind = 'reply' THEN p.author_id ELSE t.author_id END
 WHERE d.kind = 'thread' OR p.state = 'visible'
 ORDER BY o.place
"""

# A line that was cut already is marked as it is; of a whole text Postgres chooses the line.
MARK = """
SELECT ts_headline('porchlight', o.text, q.query, CASE WHEN o.is_cut THEN %s ELSE %s END)
  FROM unnest(%s::text[], %s::bool[]) WITH ORDINALITY o (text, is_cut, place),
       (SELECT websearch_to_tsquery('porchlight', %s) AS query OFFSET 0) q
 ORDER BY o.place
"""


class Shape(NamedTuple):
    """What decides how the statement reads; everything else is a value in it."""

    spaces: str
    filters: str = ""
    # Whether there are words, and how the matches are ordered: by rank when there are, unless something else was chosen.
    has_words: bool = True
    order: str = ""
    # Every post of one thread, in place of the best of each.
    in_thread: bool = False
    # Whether the page before is left behind.
    later: bool = False
    limit: int = 21

    @property
    def key(self) -> str:
        """What matches are ordered by."""
        if self.in_thread and self.order != "likes":
            return self.order or "position"
        return self.order or ("rank" if self.has_words else "latest")

    @property
    def times(self) -> tuple[int, int]:
        """How often the words are asked for before the filters' values, and after."""
        ranked = 1 if self.key == "rank" else 0
        return int(self.has_words), (ranked + 1) * int(self.has_words)


@lru_cache(maxsize=512)
def find_statement(shape: Shape) -> PlannedAnew:
    """Return the statement that ranks: its values are words, readable spaces, filters' values, words again, the cursor."""
    key, words = shape.key, shape.has_words
    carried = "d.words, d.is_answer" if key == "rank" else f"{_KEYS[key]} AS score"
    joins = (_THREAD if " t." in shape.filters or key == "likes" else "") + (
        _POST if key == "position" else ""
    )
    return PlannedAnew(
        _FIND.format(
            carried=carried,
            joins=joins,
            matches=f"d.words @@ {QUERY} AND " if words else "d.kind <> 'member' AND ",
            spaces=shape.spaces,
            filters=shape.filters,
            way="ASC" if key == "oldest" else "DESC",
            ranked=RANKED,
            once="" if shape.in_thread else "DISTINCT ON (thread_id)",
            first="" if shape.in_thread else "thread_id, ",
            score=_RANK if key == "rank" else "score",
            tree=f"querytree({QUERY})" if words else "''",
            beyond=" WHERE (score, id) < (%s, %s)" if shape.later else "",
            limit=int(shape.limit),
        )
    )


@lru_cache(maxsize=16)
def show_statement(spaces: str) -> str:
    """Return the statement that fetches what is shown, and asks once more whether its viewer may see it."""
    return SHOW.format(spaces=spaces, author=AUTHOR)
