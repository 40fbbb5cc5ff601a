"""The hub of a live process: one reader at Redis, a small queue per open stream, and a watch over who may still listen."""

import asyncio
import json
import logging
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import redis.asyncio as redis
from django.conf import settings
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from community.messages.presence import topic_of
from community.notifications.live import channel
from config.live.presence import Presence
from config.live.rights import Reader, still_welcome

logger = logging.getLogger(__name__)

MOST_STREAMS = 5000
MOST_PER_MEMBER = 20
# A reader this far behind has lost its connection; it will ask again and fetch afresh.
MOST_WAITING = 100
WATCH_SECONDS = 3.0
REDIS_PAUSE_SECONDS = 2.0

News = dict[str, Any]
# Whether news come at once.
ON: News = {"kind": "on"}
OFF: News = {"kind": "off"}


@dataclass(eq=False)
class Stream:
    """One open stream: who listens, to what, and the news that wait for them."""

    reader: Reader
    topics: frozenset[str]
    queue: "asyncio.Queue[News | None]" = field(default_factory=lambda: asyncio.Queue(MOST_WAITING))
    is_closed: bool = False

    async def next(self) -> News | None:
        """Wait for news; None when the stream is to end."""
        if self.is_closed and self.queue.empty():
            return None
        return await self.queue.get()

    def offer(self, news: News) -> None:
        """Put news into the queue; a reader who does not keep up is let go."""
        try:
            self.queue.put_nowait(news)
        except asyncio.QueueFull:
            self.close()

    def close(self) -> None:
        """End the stream; what waits in it is dropped if there is no room for the end."""
        if self.is_closed:
            return
        self.is_closed = True
        while self.queue.full():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


class Hub:
    """All open streams of this process."""

    def __init__(self) -> None:
        self._streams: set[Stream] = set()
        # In the order in which they were opened, as a set would not be.
        self._by_member: dict[int, dict[Stream, None]] = defaultdict(dict)
        self._by_topic: dict[str, set[Stream]] = defaultdict(set)
        self._tasks: list[asyncio.Task[None]] = []
        self._presence = Presence()
        # Redis is away: pages say so, and ask by themselves until it is back.
        self._is_deaf = False

    def open(self, reader: Reader, topics: frozenset[str]) -> Stream | None:
        """Add a stream, or return None when there are too many. A member's oldest gives way to their newest."""
        self._begin()
        mine = self._by_member.get(reader.member_id, {})
        # One that is closed leaves when its reader takes the end; whoever takes nothing is not given more and more.
        if len(self._streams) >= MOST_STREAMS or len(mine) >= 2 * MOST_PER_MEMBER:
            return None
        for old in [one for one in mine if not one.is_closed][: 1 - MOST_PER_MEMBER]:
            old.close()
        stream = Stream(reader, topics)
        self._streams.add(stream)
        self._by_member[reader.member_id][stream] = None
        for topic in topics:
            self._by_topic[topic].add(stream)
        if self._is_deaf:
            stream.offer(OFF)
        return stream

    def forget(self, stream: Stream) -> None:
        """Take a stream away that has ended."""
        self._streams.discard(stream)
        mine = self._by_member[stream.reader.member_id]
        mine.pop(stream, None)
        if not mine:
            del self._by_member[stream.reader.member_id]
        for topic in stream.topics:
            self._by_topic[topic].discard(stream)
            if not self._by_topic[topic]:
                del self._by_topic[topic]

    def pass_on(self, message: News) -> None:
        """Give one message from Redis to the streams it is for."""
        news = message.get("news", {})
        for member_id in message.get("members", ()):
            for stream in self._by_member.get(member_id, ()):
                stream.offer(news)
        hushed = message.get("but_not", ())
        for stream in self._by_topic.get(message.get("topic", ""), ()):
            if stream.reader.member_id not in hushed:
                stream.offer(news)

    async def close(self) -> None:
        """End everything; browsers ask again elsewhere."""
        for task in self._tasks:
            task.cancel()
        for stream in list(self._streams):
            stream.close()

    def _begin(self) -> None:
        """Start the reader and the watch with the first stream, in the loop that serves it."""
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._watch())]

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_once()
            except (redis.RedisError, OSError) as error:
                logger.warning("live: Redis is away: %s", error)
                self._hear(again=False)
            await asyncio.sleep(REDIS_PAUSE_SECONDS)

    async def _listen_once(self) -> None:
        # A lost connection is not mended in silence: what was said meanwhile is lost, and pages must know.
        client = redis.Redis.from_url(
            settings.REDIS_URL,
            socket_connect_timeout=2,
            health_check_interval=10,
            retry=Retry(NoBackoff(), 0),
        )
        async with client, client.pubsub() as pubsub:
            await pubsub.subscribe(channel())
            self._hear(again=True)
            while True:
                message = await pubsub.get_message(ignore_subscribe_messages=True, timeout=10)
                if message is not None:
                    self._read(message["data"])

    def _hear(self, *, again: bool) -> None:
        """Tell every page when Redis is away, and when it is back, so that they catch up."""
        if self._is_deaf != again:
            return
        self._is_deaf = not again
        for stream in list(self._streams):
            stream.offer(ON if again else OFF)

    def _read(self, data: bytes) -> None:
        try:
            self.pass_on(json.loads(data))
        except (ValueError, AttributeError, TypeError):
            logger.warning("live: a message was not ours: %.100r", data)

    async def _watch(self) -> None:
        """Every few seconds, end the streams of those who signed out, were suspended or lost sight of a topic."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            streams = list(self._streams)
            if not streams:
                await self._tell_who_is_here()
                continue
            try:
                welcome = await asyncio.to_thread(
                    still_welcome, {(stream.reader, stream.topics) for stream in streams}
                )
            except Exception:
                # Nobody keeps listening whose right to do so cannot be asked for.
                logger.exception("live: could not ask who may still listen")
                welcome = set()
            for stream in streams:
                if (stream.reader, stream.topics) not in welcome:
                    stream.close()
            await self._tell_who_is_here()

    async def _tell_who_is_here(self) -> None:
        """Let the pages of a room know, at most at every round, that other people are in it than before."""
        listeners = [
            (stream.reader.member_id, stream.topics)
            for stream in self._streams
            if stream.topics and not stream.is_closed
        ]
        try:
            changed = await asyncio.to_thread(self._presence.tell, listeners)
        except Exception:
            logger.exception("live: could not tell who is here")
            return
        for pk in changed:
            topic = topic_of(pk)
            self.pass_on({"topic": topic, "news": {"kind": topic, "here": True}})
