"""Writes what a reader found: by COPY, some hundred posts a transaction, rendering on other cores meanwhile.

Primary keys are drawn from the sequences beforehand, so that replies, accepted answers and Activities can be written in
the same round. A transaction holds whole threads, together with the references that make a second run skip them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property, partial

from django.db import transaction

from community.activity.record import Happening, record_many
from community.bulk import copy_new, copy_rows, hurry, next_keys
from community.importing.happenings import happenings_of
from community.importing.models import REFERENCE, ExternalReference
from community.importing.rows import PostRow, PreparedThread, ThreadRow, rows_of
from community.importing.scribe import Scribe
from community.importing.source import Reader, SourceThread
from community.importing.stream import TextStream
from community.members.models import Member
from community.spaces.models import Space
from community.threads.models import Mention as MentionRow
from community.threads.models import Post, Thread
from community.writing.markdown import Mention, Rendered, link_mentions
from community.writing.workers import Pool

POSTS_IN_A_TRANSACTION = 600

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


def write_threads(
    reader: Reader, *, space: Space, members: Mapping[str, int], processes: int, progress: Progress
) -> Written:
    """Write every thread that is not here yet. `members` maps their ids to ours."""
    written = Written()
    done = references(reader.name, "thread")
    with (
        closing(Pool(processes, in_bulk=True)) as pool,
        closing(TextStream(pool)) as stream,
        closing(Scribe()) as scribe,
    ):
        stream.begin([], fresh_threads(reader, done, written, progress))
        ThreadWriter(reader.name, space.pk, members, written, progress).take(stream, scribe)
        scribe.finish()
    return written


def fresh_threads(
    reader: Reader, done: Mapping[str, int], written: Written, progress: Progress
) -> Iterator[SourceThread]:
    """Yield the threads that are not here yet."""
    for thread in reader.threads():
        if thread.external_id in done:
            written.skipped_threads += 1
            progress(len(thread.posts))
        else:
            yield thread


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


@dataclass
class ThreadWriter:
    """Writes rounds of threads into one space. `members` must hold every author by the time the first is written."""

    source: str
    space_pk: int
    members: Mapping[str, int]
    written: Written
    progress: Progress

    def take(self, stream: TextStream, scribe: Scribe) -> None:
        """Let every thread of the stream be written, a round at a time."""
        for prepared in _in_rounds(stream.threads()):
            scribe.write(partial(self.write_round, prepared))

    def write_round(self, prepared: list[PreparedThread]) -> None:
        """Write some threads with everything that belongs to them, all or nothing."""
        with transaction.atomic():
            hurry()
            posts = self._write(prepared)
        self.written.threads += len(prepared)
        self.written.posts += posts
        self.progress(posts)

    def _write(self, prepared: list[PreparedThread]) -> int:
        thread_keys = next_keys(Thread, len(prepared))
        post_keys = next_keys(Post, sum(len(item.source.posts) for item in prepared))
        threads: list[ThreadRow] = []
        posts: list[PostRow] = []
        mentions: list[MentionRow] = []
        happened: list[Happening] = []
        kept: list[tuple[str, str, str, int]] = []
        for item in prepared:
            item.rendered = [(text, link_mentions(found, self._resolve)) for text, found in item.rendered]
            thread, own = rows_of(item, next(thread_keys), post_keys, self.space_pk, self.members)
            threads.append(thread)
            posts.extend(own)
            mentions.extend(_mentions(own, item.rendered))
            happened.extend(happenings_of(item, thread, own))
            kept.extend(_references(self.source, item.source, thread, own))
            _note_codes(self.written, item.rendered)
        copy_new(Thread, ThreadRow._fields, threads)
        copy_new(Post, PostRow._fields, posts)
        MentionRow.objects.bulk_create(mentions, ignore_conflicts=True)
        copy_rows(ExternalReference, REFERENCE, kept)
        record_many(happened, quiet=True)
        return len(posts)

    def _resolve(self, names: frozenset[str]) -> Mapping[str, Mention]:
        return {
            name.lower(): self._everyone[name.lower()] for name in names if name.lower() in self._everyone
        }

    @cached_property
    def _everyone(self) -> dict[str, Mention]:
        """Everyone who can be mentioned. Nobody joins while threads are written: they are asked for once."""
        return {
            handle.lower(): Mention(handle, f"/@{handle}/", pk=pk)
            for pk, handle in Member.objects.values_list("pk", "handle").iterator()
        }


def _references(
    source: str, theirs: SourceThread, thread: ThreadRow, posts: list[PostRow]
) -> Iterator[tuple[str, str, str, int]]:
    yield source, "thread", theirs.external_id, thread.id
    for said, post in zip(theirs.posts, posts, strict=True):
        yield source, "post", said.external_id, post.id


def _mentions(posts: list[PostRow], rendered: list[tuple[str, Rendered]]) -> Iterator[MentionRow]:
    for post, (_source, result) in zip(posts, rendered, strict=True):
        for mention in result.mentioned:
            if mention.pk is not None:
                yield MentionRow(post_id=post.id, member_id=mention.pk)


def _note_codes(written: Written, rendered: list[tuple[str, Rendered]]) -> None:
    for _source, result in rendered:
        if result.code:
            written.codes[result.code] = written.codes.get(result.code, 0) + 1
