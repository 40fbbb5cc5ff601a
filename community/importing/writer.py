"""Writes what a reader found: bulk inserts, a few hundred posts a transaction, rendering on other cores meanwhile.

Primary keys are drawn from the sequences beforehand, so that replies, accepted answers and Activities can be written in
the same round. A transaction holds whole threads, together with the references that make a second run skip them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, models, transaction

from community.activity.record import Happening, record_many
from community.importing.happenings import happenings_of
from community.importing.models import ExternalReference
from community.importing.rows import PreparedThread, rows_of
from community.importing.source import Reader, SourceThread
from community.members.models import Member
from community.spaces.models import Space
from community.threads.models import Mention as MentionRow
from community.threads.models import Post, Thread
from community.writing.limited import prepare_many
from community.writing.markdown import Mention, Rendered

POSTS_IN_A_TRANSACTION = 600
BATCH = 1000

Progress = Callable[[int], None]


@dataclass(slots=True)
class Written:
    """How much one run wrote, and how much was there from an earlier run."""

    members: int = 0
    threads: int = 0
    posts: int = 0
    badges: int = 0
    skipped_threads: int = 0
    plain: int = 0
    codes: dict[str, int] = field(default_factory=dict)


def references(source: str, kind: str) -> dict[str, int]:
    """Return which of their rows is which of ours already."""
    rows = ExternalReference.objects.filter(source=source, kind=kind)
    return dict(rows.values_list("external_id", "target_pk"))


def next_keys(model: type[models.Model], count: int) -> Iterator[int]:
    """Draw `count` primary keys from the model's sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return iter([row[0] for row in cursor.fetchall()])


def write_threads(
    reader: Reader, *, space: Space, members: Mapping[str, int], processes: int, progress: Progress
) -> Written:
    """Write every thread that is not here yet. `members` maps their ids to ours."""
    written = Written()
    done = references(reader.name, "thread")

    def fresh() -> Iterator[SourceThread]:
        for thread in reader.threads():
            if thread.external_id in done:
                written.skipped_threads += 1
                progress(len(thread.posts))
            else:
                yield thread

    for prepared in _in_rounds(_prepare(fresh(), processes)):
        _write_round(reader.name, prepared, space, members, written)
        progress(sum(len(item.source.posts) for item in prepared))
    return written


def _prepare(threads: Iterable[SourceThread], processes: int) -> Iterator[PreparedThread]:
    """Yield each thread with its rendered posts. The stream of texts runs ahead of the threads it belongs to."""
    waiting: list[SourceThread] = []

    def texts() -> Iterator[tuple[str, bool]]:
        for thread in threads:
            waiting.append(thread)
            for post in thread.posts:
                yield post.body, post.is_html

    rendered = prepare_many(texts(), processes=processes, resolve=_resolve)
    for first in rendered:
        thread = waiting.pop(0)
        rest = islice(rendered, len(thread.posts) - 1)
        yield PreparedThread(thread, [first, *rest])


def _resolve(handles: frozenset[str]) -> dict[str, Mention]:
    found = Member.objects.filter(handle__in=handles).values_list("pk", "handle")
    return {handle.lower(): Mention(handle, f"/@{handle}/", pk=pk) for pk, handle in found}


def _in_rounds(threads: Iterable[PreparedThread]) -> Iterator[list[PreparedThread]]:
    together: list[PreparedThread] = []
    posts = 0
    for thread in threads:
        together.append(thread)
        posts += len(thread.source.posts)
        if posts >= POSTS_IN_A_TRANSACTION:
            yield together
            together, posts = [], 0
    if together:
        yield together


@transaction.atomic
def _write_round(
    source: str, prepared: list[PreparedThread], space: Space, members: Mapping[str, int], written: Written
) -> None:
    thread_keys = next_keys(Thread, len(prepared))
    post_keys = next_keys(Post, sum(len(item.source.posts) for item in prepared))
    threads: list[Thread] = []
    posts: list[Post] = []
    mentions: list[MentionRow] = []
    kept: list[ExternalReference] = []
    happened: list[Happening] = []
    for item in prepared:
        thread, own = rows_of(item, next(thread_keys), post_keys, space, members)
        threads.append(thread)
        posts.extend(own)
        mentions.extend(_mentions(own, item.rendered))
        kept.append(_reference(source, "thread", item.source.external_id, thread.pk))
        kept.extend(
            _reference(source, "post", theirs.external_id, ours.pk)
            for theirs, ours in zip(item.source.posts, own, strict=True)
        )
        happened.extend(happenings_of(item, thread, own))
        _note_codes(written, item.rendered)
    Thread.objects.bulk_create(threads, batch_size=BATCH)
    Post.objects.bulk_create(posts, batch_size=BATCH)
    MentionRow.objects.bulk_create(mentions, batch_size=BATCH, ignore_conflicts=True)
    ExternalReference.objects.bulk_create(kept, batch_size=BATCH)
    record_many(happened, quiet=True, batch_size=BATCH)
    written.threads += len(threads)
    written.posts += len(posts)


def _reference(source: str, kind: str, external_id: str, pk: int) -> ExternalReference:
    return ExternalReference(source=source, kind=kind, external_id=external_id, target_pk=pk)


def _mentions(posts: list[Post], rendered: list[tuple[str, Rendered]]) -> Iterator[MentionRow]:
    for post, (_source, result) in zip(posts, rendered, strict=True):
        for mention in result.mentioned:
            if mention.pk is None:
                continue
            yield MentionRow(post=post, member_id=mention.pk)


def _note_codes(written: Written, rendered: list[tuple[str, Rendered]]) -> None:
    for _source, result in rendered:
        if result.code:
            written.codes[result.code] = written.codes.get(result.code, 0) + 1
