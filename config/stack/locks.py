"""File locks that the kernel releases by itself when their holder dies, however it dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.stack.faults import StackFault


class Lock:
    """An open lock file; closing it, or the end of the process, gives the lock back."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, *, shared: bool = False, seconds: float = 0) -> bool:
        """Try for the lock for so many seconds; say whether it was got."""
        assert self._handle is not None, "the lock was given back already"
        mode = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
        deadline = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(self._handle, mode)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    return False
                time.sleep(0.05)
            else:
                return True

    def release(self) -> None:
        """Give the lock back; doing so twice does no harm."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


@contextmanager
def exclusive(path: Path, seconds: float = 120) -> Iterator[None]:
    """Be the only one in this block on the whole machine."""
    lock = Lock(path)
    try:
        if not lock.take(seconds=seconds):
            raise StackFault(
                f"Another Porchlight process has held {path.name} for more than {seconds:.0f} seconds.",
                "Run `python -m config.stack stop`, then start again.",
            )
        yield
    finally:
        lock.release()


def is_held(path: Path) -> bool:
    """Whether some living process holds this lock."""
    if not path.exists():
        return False
    lock = Lock(path)
    try:
        return not lock.take()
    finally:
        lock.release()


def is_shared(path: Path) -> bool:
    """Whether living processes share this lock, rather than one having it for itself."""
    lock = Lock(path)
    try:
        return lock.take(shared=True) and not lock.take()
    finally:
        lock.release()
