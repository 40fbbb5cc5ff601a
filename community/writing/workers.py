"""The limited processes of this process: started when first needed, kept warm, replaced when they had to be ended."""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from community.writing.frames import Closed, FrameReader, pack

ROOT = Path(__file__).resolve().parents[2]
WALL_SECONDS = 10.0
# How far the processes of a bulk job stand back: whoever writes what they rendered goes first, and so does a site beside it.
STEPS_BACK = 5


def bare_environment() -> dict[str, str]:
    """Return the environment of a limited process: enough to import this package, no database address, no keys."""
    kept = {
        name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH") if name in os.environ
    }
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


class Worker:
    """One limited process and the two pipes to it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "community.writing.limited_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=bare_environment(),
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._stdin = self._process.stdin
        self._stdout = self._process.stdout
        self._reader = FrameReader(self._stdout.fileno())

    def stand_back(self) -> None:
        """Let others go first."""
        with contextlib.suppress(OSError):  # it ended already, which whoever asks it will find out
            priority = os.getpriority(os.PRIO_PROCESS, self.pid)
            os.setpriority(os.PRIO_PROCESS, self.pid, priority + STEPS_BACK)

    def ask(self, job: Mapping[str, str], texts: Sequence[str]) -> Iterator[list[Any]]:
        """Yield an answer for each text in order; raise `Closed` at the first that took too long."""
        try:
            self._stdin.write(pack({**job, "texts": list(texts)}))
            self._stdin.flush()
        except OSError as error:
            raise Closed from error
        for _text in texts:
            yield self._reader.read(WALL_SECONDS)

    @property
    def pid(self) -> int:
        """The process id, for tests and logs."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Tell whether the process still runs."""
        return self._process.poll() is None

    def end(self) -> None:
        """End the process now."""
        self._process.kill()
        self.let_go()
        self._process.wait()

    def let_go(self) -> None:
        """Close this process's ends of the pipes; the worker ends by itself when the last one is closed."""
        self._reader.close()
        for pipe in (self._stdin, self._stdout):
            with contextlib.suppress(OSError):  # a write was pending to a worker that is gone
                pipe.close()


class Pool:
    """At most `size` workers, handed out one caller at a time; the most recently used first, so idle ones stay idle."""

    def __init__(self, size: int, *, in_bulk: bool = False) -> None:
        self.size = size
        self._in_bulk = in_bulk
        self._idle: list[Worker] = []
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(size)

    def answer_all(self, job: Mapping[str, str], texts: Sequence[str]) -> list[list[Any] | None]:
        """Return an answer for each text, None for one that had to be ended."""
        answers: list[list[Any] | None] = []
        if not self._free.acquire(timeout=WALL_SECONDS):
            return [None] * len(texts)
        try:
            while len(answers) < len(texts):
                self._answer_some(job, texts[len(answers) :], answers)
        finally:
            self._free.release()
        return answers

    def _answer_some(
        self, job: Mapping[str, str], texts: Sequence[str], answers: list[list[Any] | None]
    ) -> None:
        worker = self._take()
        try:
            for answer in worker.ask(job, texts):
                answers.append(answer)
        except Closed:
            worker.end()
            answers.append(None)
        except BaseException:
            worker.end()
            raise
        else:
            with self._lock:
                self._idle.append(worker)

    def _take(self) -> Worker:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive():
                    return worker
                worker.end()
        return self._start()

    def _start(self) -> Worker:
        worker = Worker()
        if self._in_bulk:
            worker.stand_back()
        return worker

    def warm(self) -> None:
        """Start every worker now, for a caller who has something else to do until the first text comes."""
        with self._lock:
            self._idle.extend(self._start() for _missing in range(self.size - len(self._idle)))

    def close(self) -> None:
        """End every idle worker."""
        with self._lock:
            workers, self._idle = self._idle, []
        for worker in workers:
            worker.end()

    def forget(self) -> None:
        """After a fork: these workers answer the parent, so drop them and close our copies of their pipes.

        The locks are made anew, since a thread of the parent may have held them.
        """
        workers, self._idle = self._idle, []
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(self.size)
        for worker in workers:
            worker.let_go()
