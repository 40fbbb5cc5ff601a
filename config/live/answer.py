"""The one address of live updates, as a small ASGI application: no Django handler, no middleware, no thread per reader."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.http import parse_cookie

from config.live.hub import Hub, Stream
from config.live.rights import Reader, granted_topics, reader_of_session

logger = logging.getLogger(__name__)

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

KEEP_ALIVE_SECONDS = 20.0
MOST_TOPICS = 10
# Told to the browser: how long to wait before it connects again.
RETRY_MILLISECONDS = 5000

hub = Hub()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer the stream; everything else is not here."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http":
        await _answer(scope, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await hub.close()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    origin = headers.get("origin", "")
    if scope["path"] == "/healthz/live":
        await _say(send, 200, "ok")
    elif scope["path"] != "/live/" or scope["method"] not in ("GET", "HEAD"):
        await _say(send, 404, "There is nothing here.")
    elif not may_ask_from(origin, headers.get("host", "")):
        await _say(send, 403, "This site may not listen.")
    else:
        await _stream(scope, receive, send, headers)


async def _stream(scope: Scope, receive: Receive, send: Send, headers: dict[str, str]) -> None:
    origin = headers.get("origin", "")
    reader = await _reader(headers)
    if reader is None:
        await _say(send, 401, "Sign in first.", origin)
        return
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("topic", [])[:MOST_TOPICS]
    topics = await asyncio.to_thread(granted_topics, reader.member_id, asked)
    stream = hub.open(reader, topics)
    if stream is None:
        await _say(send, 503, "Too many open streams. Ask again in a minute.", origin)
        return
    try:
        await send(_start(200, "text/event-stream", origin))
        await send(_part(f"retry: {RETRY_MILLISECONDS}\n\n"))
        await _pump(stream, receive, send)
    finally:
        hub.forget(stream)


async def _pump(stream: Stream, receive: Receive, send: Send) -> None:
    """Pass news on until the stream is closed by us or the reader is gone."""
    gone = asyncio.ensure_future(_wait_until_gone(receive))
    try:
        while not gone.done():
            news = asyncio.ensure_future(stream.next())
            done, _waiting = await asyncio.wait(
                {news, gone}, timeout=KEEP_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            if news not in done:
                news.cancel()
                if not done:
                    await send(_part(": still here\n\n"))
                continue
            event = news.result()
            if event is None:
                break
            await send(_part(f"data: {json.dumps(event)}\n\n"))
    finally:
        gone.cancel()
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _wait_until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _reader(headers: dict[str, str]) -> Reader | None:
    key = parse_cookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME)
    return await asyncio.to_thread(reader_of_session, key) if key else None


def may_ask_from(origin: str, host: str) -> bool:
    """Whether a page of this origin may listen: our own site, or in a trial another port of the same machine name."""
    if not origin or origin == settings.BASE_URL:
        return True
    return not settings.SECURE and urlsplit(origin).hostname == urlsplit(f"//{host}").hostname


def _start(status: int, kind: str, origin: str) -> dict[str, Any]:
    headers = [
        (b"content-type", kind.encode()),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
        (b"vary", b"Origin, Cookie"),
    ]
    if origin:
        headers += [
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-allow-credentials", b"true"),
        ]
    return {"type": "http.response.start", "status": status, "headers": headers}


def _part(text: str) -> dict[str, Any]:
    return {"type": "http.response.body", "body": text.encode(), "more_body": True}


async def _say(send: Send, status: int, text: str, origin: str = "") -> None:
    await send(_start(status, "text/plain; charset=utf-8", origin))
    await send({"type": "http.response.body", "body": text.encode(), "more_body": False})
