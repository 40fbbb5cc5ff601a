"""Writing beside reading: what is prepared is written by a thread with a connection of its own."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import connection

# Rounds that may wait to be written; more would only fill the memory.
WAITING = 4


class Scribe:
    """Writes one thing after another, in their order, while whoever prepares them goes on.

    Whoever is in a transaction already, as tests are, has that connection only: there everything is written at once.
    """

    def __init__(self) -> None:
        self._thread = (
            None if connection.in_atomic_block else ThreadPoolExecutor(1, thread_name_prefix="write")
        )
        self._pending: deque[Future[None]] = deque()
        self._is_broken = False
        if self._thread is not None:
            self._thread.submit(
                connection.ensure_connection
            )  # Postgres needs a moment for it, while others read

    def write(self, task: Callable[[], None]) -> None:
        """Take a task. Raises what an earlier one raised; then nothing after that one is written."""
        if self._thread is None:
            task()
            return
        while len(self._pending) >= WAITING:
            self._pending.popleft().result()
        self._pending.append(self._thread.submit(self._run, task))

    def finish(self) -> None:
        """Wait until everything is written."""
        while self._pending:
            self._pending.popleft().result()

    def _run(self, task: Callable[[], None]) -> None:
        if self._is_broken:
            return
        try:
            task()
        except BaseException:
            self._is_broken = True
            raise

    def close(self) -> None:
        """Leave what is not begun, and let the connection go."""
        if self._thread is not None:
            for future in self._pending:
                future.cancel()
            self._thread.submit(connection.close)
            self._thread.shutdown()
