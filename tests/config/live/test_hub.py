"""How many streams one reader may hold."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor

from config.live.hub import MOST_PER_MEMBER, Hub, Stream
from config.live.rights import Reader


def alone(run: Callable[[], Coroutine[None, None, None]]) -> None:
    """Run in a thread of its own: a browser test before this one leaves its loop behind in the first."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(run())).result()


READER = Reader(7, "a-session-key", "a-hash")


async def opened(hub: Hub, times: int) -> list[Stream | None]:
    return [hub.open(READER, frozenset()) for _ in range(times)]


def test_the_oldest_stream_of_a_member_gives_way_to_the_newest() -> None:
    async def run() -> None:
        hub = Hub()
        first = await opened(hub, MOST_PER_MEMBER)
        more = await opened(hub, 3)

        assert [stream.is_closed for stream in first if stream] == [True] * 3 + [False] * (
            MOST_PER_MEMBER - 3
        )
        assert not any(stream.is_closed for stream in more if stream)
        await hub.close()

    alone(run)


def test_whoever_never_takes_the_end_of_a_stream_gets_no_more_of_them() -> None:
    async def run() -> None:
        hub = Hub()
        got = [stream for stream in await opened(hub, 500) if stream is not None]

        assert len(got) == 2 * MOST_PER_MEMBER
        assert sum(not stream.is_closed for stream in got) == MOST_PER_MEMBER
        for stream in got:
            hub.forget(stream)
        assert hub.open(READER, frozenset()) is not None
        await hub.close()

    alone(run)
