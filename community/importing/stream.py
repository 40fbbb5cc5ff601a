"""Every text of an import on its way through one pool of limited processes, which run ahead of whoever writes.

Texts met while the archive is still being read are rendered from then on. Then comes what people say about themselves,
then the posts, in the order they are written: while people are written, posts are rendered already.
"""

from collections import deque
from collections.abc import Iterable, Iterator

from community.importing.rows import PreparedThread
from community.importing.source import SourceMember, SourcePost, SourceThread
from community.writing.ahead import Handed, RenderingAhead
from community.writing.markdown import link_mentions
from community.writing.workers import Pool

# Posts that may wait for their turn: enough to go on with while a round is written; more would only fill the memory.
IN_HAND = 3_000


class TextStream:
    """Take all of `people()` before the first of `threads()`."""

    def __init__(self, pool: Pool) -> None:
        self._ahead = RenderingAhead(pool)
        self._met: dict[tuple[str, str], Handed] = {}
        self._people: list[tuple[SourceMember, Handed | None]] = []
        self._threads: Iterator[SourceThread] = iter(())
        self._waiting: deque[tuple[SourceThread, list[Handed]]] = deque()
        self._in_hand = 0

    def meet(self, post_id: str, body: str, is_html: bool) -> None:
        """Take a post's text that was met while reading. Whether it will be asked for may not be known yet."""
        self._met[post_id, body] = self._ahead.hand(body, is_html=is_html)

    def begin(self, people: Iterable[SourceMember], threads: Iterable[SourceThread]) -> None:
        """Everything is read: from here on the order is that of writing. What was met and begun is kept."""
        self._met = {key: handed for key, handed in self._met.items() if not handed.give_up()}
        self._people = [
            (member, self._ahead.hand(member.bio, is_html=True) if member.bio else None) for member in people
        ]
        self._threads = iter(threads)

    def people(self) -> Iterator[tuple[SourceMember, str, str]]:
        """Yield everyone with what they say about themselves, as Markdown and as HTML."""
        self._fill()
        for member, bio in self._people:
            if bio:
                markdown, rendered = bio.result()
                yield member, markdown, link_mentions(rendered, None).html
            else:
                yield member, "", ""

    def threads(self) -> Iterator[PreparedThread]:
        """Yield each thread with its rendered posts, in which mentions are still marked."""
        while self._fill():
            thread, posts = self._waiting.popleft()
            self._in_hand -= len(posts)
            yield PreparedThread(thread, [post.result() for post in posts])

    def close(self) -> None:
        """Leave what was not taken."""
        self._ahead.close()

    def _fill(self) -> bool:
        while self._in_hand < IN_HAND and (thread := next(self._threads, None)):
            self._waiting.append((thread, [self._hand(post) for post in thread.posts]))
            self._in_hand += len(thread.posts)
        return bool(self._waiting)

    def _hand(self, post: SourcePost) -> Handed:
        met = self._met.pop((post.external_id, post.body), None)
        return met or self._ahead.hand(post.body, is_html=post.is_html)
