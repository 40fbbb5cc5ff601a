"""Rendering ahead: texts are handed over as soon as they are known, and what became of them is taken when it is wanted.

The limited processes of a pool work on them meanwhile, in the order they came, some dozen at a time.
"""

from concurrent.futures import Future, ThreadPoolExecutor

from community.writing.limited import CHUNK, prepare
from community.writing.markdown import Rendered
from community.writing.workers import Pool

Prepared = tuple[str, Rendered]


class _Chunk:
    """Some texts that go to a process together. `future` is None until they do."""

    __slots__ = ("future", "texts")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.future: Future[list[Prepared]] | None = None


class Handed:
    """A text that was handed over."""

    __slots__ = ("_ahead", "_at", "_chunk")

    def __init__(self, ahead: "RenderingAhead", chunk: _Chunk, at: int) -> None:
        self._ahead = ahead
        self._chunk = chunk
        self._at = at

    def result(self) -> Prepared:
        """Wait for it: its Markdown, and what it rendered to with mentions still marked, for `link_mentions`."""
        future = self._chunk.future or self._ahead.send(self._chunk)
        return future.result()[self._at]

    def give_up(self) -> bool:
        """Take it back together with its neighbours, unless a process is at them already. Tells whether it was taken back."""
        future = self._chunk.future or self._ahead.send(self._chunk)
        return future.cancel()


class RenderingAhead:
    """Texts on their way through a pool, which is left open."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._threads = ThreadPoolExecutor(pool.size, thread_name_prefix="render")
        self._gathered = _Chunk()

    def hand(self, text: str, *, is_html: bool) -> Handed:
        """Hand a text over: HTML of another system, which becomes Markdown, or Markdown already."""
        chunk = self._gathered
        chunk.texts.append(("H" if is_html else "M") + text)
        if len(chunk.texts) == CHUNK:
            self.send(chunk)
        return Handed(self, chunk, len(chunk.texts) - 1)

    def send(self, chunk: _Chunk) -> "Future[list[Prepared]]":
        """Let the pool have these texts, however few they are."""
        if chunk is self._gathered:
            self._gathered = _Chunk()
        texts, chunk.texts = chunk.texts, []
        chunk.future = self._threads.submit(prepare, self._pool, texts)
        return chunk.future

    def close(self) -> None:
        """Leave what was not begun."""
        self._threads.shutdown(cancel_futures=True)
