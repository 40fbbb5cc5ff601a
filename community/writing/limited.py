"""Rendering that cannot hurt: what members type costs a bounded time, whatever they typed.

Most texts are rendered here and now, because no text of their size and shape can take long (proved by the tests over an
adversarial corpus). The others go to a limited process with 2 s of CPU and 512 MB; a text that needs more is shown as
plain paragraphs with the code `render_timeout`.
"""

import atexit
import os
import re
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from itertools import islice
from typing import Any

from community.writing.markdown import (
    CardLookup,
    Rendered,
    Resolver,
    link_mentions,
    plain,
    render_marked,
    tidy,
)
from community.writing.workers import Pool

# The cost of Markdown grows with its length times the number of characters that mean something.
SMALL = 2_500
LONG = 32_000
MAX_RISK = 1_500_000
MEANINGFUL = (*"[](!*_`~<&|>#\\\n-=+:@", "](", "www.")

_NAMED_CODE = re.compile(r"(?:```|~~~)[ \t]*[A-Za-z]")

INTERACTIVE_WORKERS = 2
CHUNK = 48
# Chunks a core may have in hand: enough to go on while whoever asked writes a round of posts.
AHEAD = 32

_pool = Pool(INTERACTIVE_WORKERS)
os.register_at_fork(after_in_child=_pool.forget)
atexit.register(_pool.close)


def is_risky(text: str) -> bool:
    """Tell whether a text is long and dense enough to need a limited process."""
    length = len(text)
    if length <= SMALL:
        return False
    return length > LONG or length * sum(map(text.count, MEANINGFUL)) > MAX_RISK


def has_coloured_code(text: str) -> bool:
    """Tell whether a text holds code in a named language, which is coloured in a limited process."""
    return _NAMED_CODE.search(text) is not None


def render_limited(
    text: str, *, resolve: Resolver | None = None, cards: CardLookup | None = None
) -> Rendered:
    """Render what a member typed: at once when that is safe, else in a limited process."""
    if is_risky(text) or has_coloured_code(text):
        source = tidy(text)
        (answer,) = _pool.answer_all({"kind": "markdown"}, [source])
        rendered = _from_wire(source, answer)[1]
    else:
        rendered = render_marked(text)
    return link_mentions(rendered, resolve, cards)


def render_many(
    texts: Iterable[str],
    *,
    processes: int = 2,
    resolve: Resolver | None = None,
    cards: CardLookup | None = None,
) -> Iterator[Rendered]:
    """Render many texts in order on `processes` cores. `resolve` is asked once for each chunk of texts."""
    return (rendered for _source, rendered in _linked({"kind": "markdown"}, texts, processes, resolve, cards))


def read_page(page: str) -> list[str] | None:
    """Return what `page_facts` found in a page of strangers, read in a limited process; None when it took too long."""
    (answer,) = _pool.answer_all({"kind": "page"}, [page])
    return answer


def convert_many(
    pages: Iterable[str], *, processes: int = 2, resolve: Resolver | None = None, base_url: str = ""
) -> Iterator[tuple[str, Rendered]]:
    """Turn many HTML fragments of another system into Markdown and its rendering, in order, on `processes` cores."""
    return _linked({"kind": "html", "base_url": base_url}, pages, processes, resolve)


def prepare(pool: Pool, texts: list[str]) -> list[tuple[str, Rendered]]:
    """Like `convert_many` for some texts at once, which say by their first letter whether they are HTML or Markdown.

    Mentions are still marked, for `link_mentions`.
    """
    return _chunk(pool, {"kind": "either", "base_url": ""}, texts)


def _linked(
    job: Mapping[str, str],
    texts: Iterable[str],
    processes: int,
    resolve: Resolver | None,
    cards: CardLookup | None = None,
) -> Iterator[tuple[str, Rendered]]:
    with closing(Pool(processes, in_bulk=True)) as pool:
        for pairs in _in_chunks(job, texts, pool):
            yield from _resolved(pairs, resolve, cards)


def _in_chunks(
    job: Mapping[str, str], texts: Iterable[str], pool: Pool
) -> Generator[list[tuple[str, Rendered]]]:
    stream = iter(texts)
    waiting: deque[Future[list[tuple[str, Rendered]]]] = deque()
    with ThreadPoolExecutor(pool.size, thread_name_prefix="render") as threads:
        try:
            while True:
                while len(waiting) < pool.size * AHEAD and (chunk := list(islice(stream, CHUNK))):
                    waiting.append(threads.submit(_chunk, pool, job, chunk))
                if not waiting:
                    return
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _chunk(pool: Pool, job: Mapping[str, str], chunk: list[str]) -> list[tuple[str, Rendered]]:
    sources = [tidy(text) for text in chunk]
    answers = pool.answer_all(job, sources)
    return [_from_wire(source, answer) for source, answer in zip(sources, answers, strict=True)]


def _resolved(
    pairs: list[tuple[str, Rendered]], resolve: Resolver | None, cards: CardLookup | None
) -> Iterator[tuple[str, Rendered]]:
    names = frozenset(name for _source, rendered in pairs for name in rendered.mentions_found)
    known = resolve(names) if resolve and names else {}
    for source, rendered in pairs:
        yield source, link_mentions(rendered, lambda _names: known, cards)


def _from_wire(source: str, answer: list[Any] | None) -> tuple[str, Rendered]:
    if answer is None:
        return source, plain(source, "render_timeout")
    converted, markup, excerpt, mentions, links, images, lone, code = answer
    return source if converted is None else converted, Rendered(
        html=markup,
        excerpt=excerpt,
        mentions_found=tuple(mentions),
        links=tuple(links),
        images=tuple(images),
        lone=tuple(lone),
        code=code,
    )
