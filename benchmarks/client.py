"""A small HTTP/1.1 client and a scripted session, so that what is measured is the server and not a library."""

import asyncio
import json
import re
import urllib.parse
from typing import Any

Answer = tuple[int, dict[str, str], list[str], bytes]


class Connection:
    """One kept-alive connection."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.reader: Any = None
        self.writer: Any = None

    async def request(
        self, method: str, path: str, headers: list[tuple[str, str]], body: bytes = b""
    ) -> Answer:
        """Send one request; a connection that was closed meanwhile is opened again once."""
        return await asyncio.wait_for(self._request(method, path, headers, body), 60)

    async def _request(self, method: str, path: str, headers: list[tuple[str, str]], body: bytes) -> Answer:
        for attempt in (0, 1):
            fresh = self.writer is None
            if fresh:
                self.reader, self.writer = await asyncio.open_connection(self.host, self.port, limit=2**22)
            lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
            if body or method != "GET":
                lines.append(f"Content-Length: {len(body)}")
            lines += [f"{name}: {value}" for name, value in headers]
            try:
                self.writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + body)
                head = await self.reader.readuntil(b"\r\n\r\n")
                break
            except (asyncio.IncompleteReadError, ConnectionError):
                self.close()
                if fresh or attempt:
                    raise
        return await self._answer(head.decode("latin1").split("\r\n"), method)

    async def _answer(self, lines: list[str], method: str) -> Answer:
        status, headers, cookies = int(lines[0].split(" ", 2)[1]), {}, []
        for line in lines[1:]:
            name, colon, value = line.partition(":")
            if colon:
                headers[name.strip().lower()] = value.strip()
                if name.strip().lower() == "set-cookie":
                    cookies.append(value.strip().split(";")[0])
        data = b"" if status in (204, 304) or method == "HEAD" else await self._body(headers)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return status, headers, cookies, data

    async def _body(self, headers: dict[str, str]) -> bytes:
        if "chunked" in headers.get("transfer-encoding", ""):
            parts = []
            while size := int((await self.reader.readline()).split(b";")[0], 16):
                parts.append(await self.reader.readexactly(size))
                await self.reader.readline()
            await self.reader.readline()
            return b"".join(parts)
        if "content-length" in headers:
            return bytes(await self.reader.readexactly(int(headers["content-length"])))
        headers["connection"] = "close"
        return bytes(await self.reader.read())

    def close(self) -> None:
        """Close it."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


class Session:
    """Cookies, variables put into paths and forms as `{name}`, and one connection."""

    def __init__(
        self, base: str, cookies: dict[str, str] | None = None, variables: dict[str, Any] | None = None
    ) -> None:
        where = urllib.parse.urlsplit(base)
        self.connection = Connection(where.hostname or "localhost", where.port or 80)
        self.cookies, self.variables = dict(cookies or {}), dict(variables or {})

    def fill(self, text: str) -> str:
        """Put the variables into a text."""
        return re.sub(r"\{([a-z_0-9]+)\}", lambda found: str(self.variables.get(found[1], found[0])), text)

    async def do(self, step: dict[str, Any]) -> tuple[bool, int, dict[str, str], bytes]:
        """Run one step: path, method, form, json, ok (statuses), expect (a text that must be in the answer)."""
        headers = [(name, self.fill(value)) for name, value in step.get("headers", {}).items()]
        body = b""
        if "form" in step:
            body = urllib.parse.urlencode({k: self.fill(v) for k, v in step["form"].items()}).encode()
            headers.append(("Content-Type", "application/x-www-form-urlencoded"))
        if "json" in step:
            body = json.dumps({k: self.fill(v) for k, v in step["json"].items()}).encode()
            headers.append(("Content-Type", "application/json"))
        if self.cookies:
            headers.append(("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items())))
        status, answered, cookies, data = await self.connection.request(
            step.get("method", "GET"), self.fill(step["path"]), headers, body
        )
        for cookie in cookies:
            name, _equals, value = cookie.partition("=")
            self.cookies[name] = value
        fine = status in step.get("ok", [200])
        if fine and "expect" in step:
            fine = step["expect"] in data.decode("utf8", "replace")
        return fine, status, answered, data
