"""What each derived number must be, counted from the rows, and healing what has drifted.

Rows are locked before they are counted, so that a change under way is either in the count or waits and moves it by its
own step. Work goes in short ranges: nobody waits long, and no statement meets the time limit. The numbers shown beside a
member's name are written here, in one statement with their count, and by no other upper feature.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Counter:
    """Columns of one table and the SELECT that gives `id` and their true values; `{ids}` is the condition on its ids."""

    table: str
    columns: tuple[str, ...]
    truth: str
    span: int


_REACTIONS = Counter(
    "threads_post",
    ("reactions",),
    "SELECT o.id, COALESCE((SELECT jsonb_object_agg(kind, n) FROM ("
    " SELECT kind, sum(n) AS n FROM ("
    "  SELECT r.kind, count(*) AS n FROM threads_reaction r WHERE r.post_id = o.id GROUP BY r.kind"
    "  UNION ALL SELECT 'helpful', (o.imported ->> 'up')::int WHERE COALESCE((o.imported ->> 'up')::int, 0) > 0"
    " ) said GROUP BY kind) kinds), '{{}}'::jsonb) AS reactions FROM threads_post o WHERE {ids}",
    20_000,
)
# Before `threads`, whose sum of reactions is read from the posts.
THREADS = Counter(
    "threads_thread",
    ("last_position", "reply_count", "reaction_count", "last_post_at", "last_author_id"),
    "SELECT o.id, GREATEST(o.last_position, posts.highest) AS last_position, posts.replies AS reply_count,"
    " posts.reactions AS reaction_count,"
    " GREATEST(COALESCE(last.created_at, o.created_at), steering.bumped_at) AS last_post_at,"
    " CASE WHEN last.created_at IS NULL THEN o.author_id ELSE last.author_id END AS last_author_id"
    " FROM threads_thread o CROSS JOIN LATERAL ("
    "  SELECT COALESCE(max(p.position), 0) AS highest,"
    "   count(*) FILTER (WHERE p.state = 'visible' AND p.position > 1) AS replies,"
    "   COALESCE(sum((SELECT sum(n::int) FROM jsonb_each_text(p.reactions) AS each (kind, n))), 0) AS reactions"
    "  FROM threads_post p WHERE p.thread_id = o.id) posts"
    " LEFT JOIN LATERAL (SELECT p.created_at, p.author_id FROM threads_post p"
    "  WHERE p.thread_id = o.id AND p.state = 'visible' ORDER BY p.position DESC LIMIT 1) last ON true"
    " LEFT JOIN threads_steering steering ON steering.thread_id = o.id WHERE {ids}",
    5_000,
)
SPACES = Counter(
    "spaces_space",
    ("thread_count", "last_thread_at"),
    "SELECT o.id, count(t.id) AS thread_count, max(t.created_at) AS last_thread_at FROM spaces_space o"
    " LEFT JOIN threads_thread t ON t.space_id = o.id AND t.state = 'visible' WHERE {ids} GROUP BY o.id",
    50,
)
TAGS = Counter(
    "spaces_tag",
    ("thread_count",),
    "SELECT o.id, (SELECT count(*) FROM threads_thread t JOIN spaces_space s ON s.id = t.space_id"
    "  WHERE t.tags @> ARRAY[o.slug]::varchar(40)[] AND t.state = 'visible' AND s.access <> 'private')"
    " AS thread_count FROM spaces_tag o WHERE {ids}",
    200,
)
# All tags in one pass over the threads: for when most of them have moved.
ALL_TAGS = Counter(
    "spaces_tag",
    ("thread_count",),
    "SELECT o.id, count(worn.tag) AS thread_count FROM spaces_tag o LEFT JOIN ("
    " SELECT unnest(t.tags) AS tag FROM threads_thread t JOIN spaces_space s ON s.id = t.space_id"
    " WHERE t.state = 'visible' AND s.access <> 'private') worn ON worn.tag = o.slug WHERE {ids} GROUP BY o.id",
    200,
)
WRITTEN = Counter(
    "members_member",
    ("thread_count", "post_count"),
    "SELECT o.id, count(p.id) FILTER (WHERE p.position = 1) AS thread_count,"
    " count(p.id) FILTER (WHERE p.position > 1) AS post_count FROM members_member o"
    " LEFT JOIN threads_post p ON p.author_id = o.id AND p.state = 'visible' WHERE {ids} GROUP BY o.id",
    1_000,
)
ACCEPTED = Counter(
    "members_member",
    ("accepted_count",),
    "SELECT o.id, count(t.id) AS accepted_count FROM members_member o"
    " LEFT JOIN (threads_thread t JOIN threads_post p ON p.id = t.accepted_post_id)"
    "  ON p.author_id = o.id AND t.author_id IS DISTINCT FROM o.id WHERE {ids} GROUP BY o.id",
    1_000,
)
HELPED = Counter(
    "members_member",
    ("helped_count",),
    "SELECT o.id, COALESCE((SELECT sum((p.reactions ->> 'helpful')::int) FROM threads_post p"
    "  WHERE p.author_id = o.id), 0) AS helped_count FROM members_member o WHERE {ids}",
    1_000,
)
# The three above in one pass over what each member wrote: for when most of them have moved.
CONTRIBUTED = Counter(
    "members_member",
    (*WRITTEN.columns, *ACCEPTED.columns, *HELPED.columns),
    "SELECT o.id, did.thread_count, did.post_count, did.accepted_count, did.helped_count FROM members_member o"
    " CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE p.state = 'visible' AND p.position = 1) AS thread_count,"
    "  count(*) FILTER (WHERE p.state = 'visible' AND p.position > 1) AS post_count,"
    "  COALESCE(sum((SELECT count(*) FROM threads_thread t"
    "   WHERE t.accepted_post_id = p.id AND t.author_id IS DISTINCT FROM o.id)), 0) AS accepted_count,"
    "  COALESCE(sum((p.reactions ->> 'helpful')::int), 0) AS helped_count"
    "  FROM threads_post p WHERE p.author_id = o.id) did WHERE {ids}",
    1_000,
)
POLL_OPTIONS = Counter(
    "threads_polloption",
    ("vote_count",),
    "SELECT o.id, (SELECT count(*) FROM threads_pollvote v WHERE v.option_id = o.id) AS vote_count"
    " FROM threads_polloption o WHERE {ids}",
    5_000,
)
POLLS = Counter(
    "threads_poll",
    ("voter_count",),
    "SELECT o.id, (SELECT count(DISTINCT v.member_id) FROM threads_pollvote v WHERE v.poll_id = o.id)"
    " AS voter_count FROM threads_poll o WHERE {ids}",
    2_000,
)
# Moved by a consumer a moment after their cause.
LAGGING = (WRITTEN, ACCEPTED, HELPED)
COUNTERS = (_REACTIONS, THREADS, SPACES, TAGS, POLL_OPTIONS, POLLS, *LAGGING)


def recount_rows(counter: Counter, ids: Iterable[int]) -> list[int]:
    """Set the columns of these rows to the truth. Returns the ids of those that were different."""
    healed: list[int] = []
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), CHUNK):
        healed += _heal(counter, wanted[start : start + CHUNK])
    return healed


def ranges(counter: Counter) -> Iterator[tuple[int, int]]:
    """Yield the first and last id of stretches of the table, short enough for one statement each."""
    (first, last), *_none = _select(f"SELECT min(id), max(id) FROM {counter.table}", [])  # noqa: S608 - our own names
    if first is None or last is None:
        return
    for start in range(first, last + 1, counter.span):
        yield start, start + counter.span - 1


def drifted_between(counter: Counter, first: int, last: int) -> list[int]:
    """Return the ids in a stretch whose columns the rows do not confirm."""
    return _drifted(counter, "o.id BETWEEN %s AND %s", [first, last])


def drifted_among(counter: Counter, ids: Iterable[int]) -> list[int]:
    """Return those of the ids whose columns the rows do not confirm."""
    return _drifted(counter, "o.id = ANY(%s)", [list(ids)])


def _drifted(counter: Counter, condition: str, params: Sequence[object]) -> list[int]:
    truth = counter.truth.format(ids=condition)
    mine, true = _pair(counter)
    rows = _select(
        f"SELECT mine.id FROM ({truth}) t JOIN {counter.table} mine ON mine.id = t.id"  # noqa: S608 - our own names
        f" WHERE ({mine}) IS DISTINCT FROM ({true})",
        params,
    )
    return [row[0] for row in rows if row[0] is not None]


@transaction.atomic
def _heal(counter: Counter, ids: list[int]) -> list[int]:
    lock = f"SELECT id FROM {counter.table} WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"  # noqa: S608 - our own names
    _select(lock, [ids])
    truth = counter.truth.format(ids="o.id = ANY(%s)")
    mine, true = _pair(counter)
    columns = ", ".join(f"{column} = t.{column}" for column in counter.columns)
    rows = _select(
        f"UPDATE {counter.table} mine SET {columns} FROM ({truth}) t"  # noqa: S608 - our own names
        f" WHERE mine.id = t.id AND ({mine}) IS DISTINCT FROM ({true}) RETURNING mine.id",
        [ids],
    )
    return [row[0] for row in rows if row[0] is not None]


def _pair(counter: Counter) -> tuple[str, str]:
    return tuple(", ".join(f"{side}.{column}" for column in counter.columns) for side in ("mine", "t"))  # type: ignore[return-value]


def _select(sql: str, params: Sequence[object]) -> list[tuple[int | None, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)  # type: ignore[arg-type]
        return list(cursor.fetchall())
