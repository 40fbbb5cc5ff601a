"""What badges count: each metric is one query that gives a row for every thing that counts.

The same query serves one member after a happening and everybody at night, so the two cannot differ.
Rows have `holder` (whom it counts for), `at` (since when) and `lane` (what is counted together: all of a member's, or a post's).
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from community.members.models import Member
from community.spaces.models import Kind
from community.threads.models import Post, Reaction, ReactionKind, State, Thread
from rewards.badges.models import Metric

# A queryset with the three annotations, which the type checker cannot follow through `annotate`.
Rows = Any
A_DAY = dt.timedelta(days=1)
A_YEAR = dt.timedelta(days=365)
_ACCEPTED_AT = Coalesce("thread__accepted_at", "created_at")


def _questions() -> Rows:
    threads = Thread.objects.filter(kind=Kind.QUESTION, state=State.VISIBLE, author__isnull=False)
    return threads.annotate(holder=F("author_id"), at=F("created_at"), lane=F("author_id"))


def _answers() -> Rows:
    replies = Post.objects.filter(state=State.VISIBLE, position__gt=1, thread__kind=Kind.QUESTION)
    replies = replies.filter(author__isnull=False).exclude(author=F("thread__author"))
    return replies.annotate(holder=F("author_id"), at=F("created_at"), lane=F("author_id"))


def _accepted_posts() -> Rows:
    accepted = Post.objects.filter(state=State.VISIBLE, thread__accepted_post=F("pk"), author__isnull=False)
    return accepted.exclude(author=F("thread__author"))


def _accepted() -> Rows:
    return _accepted_posts().annotate(holder=F("author_id"), at=_ACCEPTED_AT, lane=F("author_id"))


def _accepted_late() -> Rows:
    waited = ExpressionWrapper(F("thread__created_at") + A_DAY, output_field=DateTimeField())
    return _accepted().filter(created_at__gte=waited)


def _accepted_spaces() -> Rows:
    posts = _accepted_posts().values("author_id", "thread__space_id")
    return posts.annotate(holder=F("author_id"), at=Min(_ACCEPTED_AT), lane=F("author_id"))


def _chosen() -> Rows:
    threads = Thread.objects.filter(
        kind=Kind.QUESTION, state=State.VISIBLE, author__isnull=False, accepted_post__isnull=False
    ).exclude(accepted_post__author=F("author"))
    return threads.annotate(
        holder=F("author_id"), at=Coalesce("accepted_at", "created_at"), lane=F("author_id")
    )


def _marks(kind: ReactionKind) -> Rows:
    marks = Reaction.objects.filter(kind=kind, post__state=State.VISIBLE, post__author__isnull=False)
    marks = marks.exclude(member_id=F("post__author_id"))
    return marks.annotate(holder=F("post__author_id"), at=F("created_at"))


def _helped() -> Rows:
    return _marks(ReactionKind.HELPFUL).annotate(lane=F("post__author_id"))


def _helped_by_one_post() -> Rows:
    return _marks(ReactionKind.HELPFUL).annotate(lane=F("post_id"))


def _same_question() -> Rows:
    return _marks(ReactionKind.SAME).annotate(lane=F("post_id"))


def _welcomed() -> Rows:
    first = Thread.objects.filter(author=OuterRef("thread__author")).order_by("pk").values("pk")[:1]
    replies = Post.objects.filter(state=State.VISIBLE, position__gt=1, thread__author__isnull=False)
    replies = replies.filter(author__isnull=False, thread=Subquery(first)).exclude(author=F("thread__author"))
    greeted = replies.values("author_id", "thread__author_id")
    return greeted.annotate(holder=F("author_id"), at=Min("created_at"), lane=F("author_id"))


def _year() -> Rows:
    said = Post.objects.filter(author=OuterRef("pk"), state=State.VISIBLE)
    since = ExpressionWrapper(F("joined_at") + A_YEAR, output_field=DateTimeField())
    members = Member.objects.get_queryset().filter(Exists(said), joined_at__lte=timezone.now() - A_YEAR)
    return members.annotate(holder=F("pk"), at=since, lane=F("pk"))


ROWS: dict[str, Callable[[], Rows]] = {
    Metric.QUESTIONS: _questions,
    Metric.ANSWERS: _answers,
    Metric.ACCEPTED: _accepted,
    Metric.ACCEPTED_LATE: _accepted_late,
    Metric.ACCEPTED_SPACES: _accepted_spaces,
    Metric.CHOSEN: _chosen,
    Metric.HELPED: _helped,
    Metric.HELPED_BY_ONE_POST: _helped_by_one_post,
    Metric.WELCOMED: _welcomed,
    Metric.YEAR: _year,
    Metric.SAME_QUESTION: _same_question,
}

_REACHED = (
    "SELECT holder, at, row_number() OVER (PARTITION BY lane ORDER BY at) AS reached FROM ({rows}) AS counted"
)
_FARTHEST = "SELECT holder, max(reached) FROM ({reached}) AS farthest GROUP BY holder"
_SINCE = "SELECT holder, min(at) FROM ({reached}) AS since WHERE reached >= %s GROUP BY holder"


def measure(metric: str, member_ids: Iterable[int] | None = None) -> dict[int, int]:
    """Return how far members are, of those given or of all. Members with nothing are left out."""
    wanted = None if member_ids is None else list(member_ids)
    if wanted == []:
        return {}
    reached, params = _reached(metric, wanted)
    return dict(_run(_FARTHEST.format(reached=reached), params))


def measure_all(member_id: int) -> dict[str, int]:
    """Return how far one member is in every metric, in one statement."""
    parts, values = [], []
    for metric in ROWS:
        reached, params = _reached(metric, [member_id])
        parts.append(f"SELECT %s AS metric, max(reached) AS have FROM ({reached}) AS r")  # noqa: S608
        values += [str(metric), *params]
    return {metric: have or 0 for metric, have in _run(" UNION ALL ".join(parts), values)}


def reached_at(metric: str, number: int, member_ids: Iterable[int]) -> dict[int, dt.datetime]:
    """Return when members reached a number, of those given who did."""
    reached, params = _reached(metric, list(member_ids))
    return dict(_run(_SINCE.format(reached=reached), [*params, number]))


def _reached(metric: str, member_ids: list[int] | None) -> tuple[str, list[Any]]:
    rows = ROWS[metric]()
    if member_ids is not None:
        rows = rows.filter(holder__in=member_ids)
    sql, params = rows.order_by().values_list("holder", "at", "lane").query.sql_with_params()
    return _REACHED.format(rows=sql), list(params)


def _run(sql: str, params: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
