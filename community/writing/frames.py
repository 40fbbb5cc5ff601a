"""Length-prefixed messages between this process and its limited workers. JSON, so a captured worker cannot run code here."""

import json
import os
import selectors
import struct
import time
from typing import Any, BinaryIO

_HEADER = struct.Struct(">I")
MAX_FRAME = 64 * 1024 * 1024


class Closed(Exception):
    """The other side is gone, or said nothing in time."""


def pack(message: Any) -> bytes:
    """Return one frame."""
    body = json.dumps(message, separators=(",", ":")).encode()
    return _HEADER.pack(len(body)) + body


def read_blocking(stream: BinaryIO) -> Any | None:
    """Read the next frame, or None at the end of the stream."""
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    return json.loads(stream.read(_HEADER.unpack(header)[0]))


class FrameReader:
    """Read frames from a pipe, each before a deadline."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._buffer = bytearray()
        self._selector = selectors.DefaultSelector()
        self._selector.register(descriptor, selectors.EVENT_READ)

    def read(self, seconds: float) -> Any:
        """Return the next frame within `seconds`, or raise `Closed`."""
        deadline = time.monotonic() + seconds
        self._fill(_HEADER.size, deadline)
        length = _HEADER.unpack_from(self._buffer)[0]
        if length > MAX_FRAME:
            raise Closed
        self._fill(_HEADER.size + length, deadline)
        body = bytes(self._buffer[_HEADER.size : _HEADER.size + length])
        del self._buffer[: _HEADER.size + length]
        return json.loads(body)

    def close(self) -> None:
        """Let go of the selector; the pipe belongs to its process."""
        self._selector.close()

    def _fill(self, size: int, deadline: float) -> None:
        while len(self._buffer) < size:
            left = deadline - time.monotonic()
            if left <= 0 or not self._selector.select(left):
                raise Closed
            part = os.read(self._descriptor, 1 << 18)
            if not part:
                raise Closed
            self._buffer += part
