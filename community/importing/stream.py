"""Every text of an import in one stream through one pool of limited processes.

First comes what people say about themselves, then the posts. The processes run ahead of whoever writes: while people are
written, posts are rendered already.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from community.importing.rows import PreparedThread
from community.importing.source import SourceMember, SourceThread
from community.writing.limited import prepare_many
from community.writing.markdown import link_mentions
from community.writing.workers import Pool


class TextStream:
    """Take all of `people()` before the first of `threads()`: results come in the order of the texts."""

    def __init__(self, people: list[SourceMember], threads: Iterable[SourceThread], pool: Pool) -> None:
        self._people = people
        self._threads = threads
        self._waiting: deque[SourceThread] = deque()
        self._rendered = prepare_many(self._texts(), pool=pool)

    def people(self) -> Iterator[tuple[SourceMember, str, str]]:
        """Yield everyone with what they say about themselves, as Markdown and as HTML."""
        for member in self._people:
            if member.bio:
                markdown, rendered = next(self._rendered)
                yield member, markdown, link_mentions(rendered, None).html
            else:
                yield member, "", ""

    def threads(self) -> Iterator[PreparedThread]:
        """Yield each thread with its rendered posts, in which mentions are still marked."""
        for first in self._rendered:
            thread = self._waiting.popleft()
            yield PreparedThread(thread, [first, *islice(self._rendered, len(thread.posts) - 1)])

    def close(self) -> None:
        """Leave what was not taken."""
        self._rendered.close()

    def _texts(self) -> Iterator[tuple[str, bool]]:
        for member in self._people:
            if member.bio:
                yield member.bio, True
        for thread in self._threads:
            self._waiting.append(thread)
            for post in thread.posts:
                yield post.body, post.is_html
