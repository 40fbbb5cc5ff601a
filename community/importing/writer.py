"""Writes what a reader found: bulk inserts, a few hundred posts a transaction, rendering on other cores meanwhile.

Primary keys are drawn from the sequences beforehand, so that replies, accepted answers and Activities can be written in
the same round. A transaction holds whole threads, together with the references that make a second run skip them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, transaction

from community.activity.record import Happening, record_many
from community.bulk import copy_objects, copy_rows, next_keys
from community.importing.happenings import happenings_of
from community.importing.models import ExternalReference
from community.importing.rows import PreparedThread, rows_of
from community.importing.source import Reader, SourceThread
from community.members.models import Member
from community.spaces.models import Space
from community.threads.models import Mention as MentionRow
from community.threads.models import Post, Thread
from community.writing.limited import prepare_many
from community.writing.markdown import Mention, Rendered, Resolver

POSTS_IN_A_TRANSACTION = 600
# The columns of `ExternalReference`.
REFERENCE = ("source", "kind", "external_id", "target_pk")

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


def hurry() -> None:
    """Do not wait for the disk at this transaction's end: what a crash loses is written again by the next run."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


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

    rendered = prepare_many(texts(), processes=processes, resolve=_resolver())
    for first in rendered:
        thread = waiting.pop(0)
        rest = islice(rendered, len(thread.posts) - 1)
        yield PreparedThread(thread, [first, *rest])


def _resolver() -> Resolver:
    """Return what finds the members that texts mention. Nobody joins while threads are read: they are asked for once."""
    everyone = {
        handle.lower(): Mention(handle, f"/@{handle}/", pk=pk)
        for pk, handle in Member.objects.values_list("pk", "handle").iterator()
    }
    return lambda names: {name.lower(): everyone[name.lower()] for name in names if name.lower() in everyone}


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
    hurry()
    thread_keys = next_keys(Thread, len(prepared))
    post_keys = next_keys(Post, sum(len(item.source.posts) for item in prepared))
    threads: list[Thread] = []
    posts: list[Post] = []
    mentions: list[MentionRow] = []
    kept: list[tuple[str, str, str, int]] = []
    happened: list[Happening] = []
    for item in prepared:
        thread, own = rows_of(item, next(thread_keys), post_keys, space, members)
        threads.append(thread)
        posts.extend(own)
        mentions.extend(_mentions(own, item.rendered))
        kept.append((source, "thread", item.source.external_id, thread.pk))
        kept.extend(
            (source, "post", theirs.external_id, ours.pk)
            for theirs, ours in zip(item.source.posts, own, strict=True)
        )
        happened.extend(happenings_of(item, thread, own))
        _note_codes(written, item.rendered)
    copy_objects(threads)
    copy_objects(posts)
    MentionRow.objects.bulk_create(mentions, ignore_conflicts=True)
    copy_rows(ExternalReference, REFERENCE, kept)
    record_many(happened, quiet=True)
    written.threads += len(threads)
    written.posts += len(posts)


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
