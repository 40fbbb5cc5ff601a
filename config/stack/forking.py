"""Running a `python -m …` command in a fork of this process instead of a fresh interpreter.

The supervisor loads the site once, and every process of the site starts as its fork. Memory that nobody writes to is then
shared by all of them, which halves what an idle site weighs, and a process is there at once instead of after seconds of
importing. The command stays the same one that a container runs.
"""

import os
import runpy
import signal
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from config.stack import processes

# What the supervisor listens to.
OURS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Fork:
    """A forked child, with as much of `subprocess.Popen` as its keeper asks for."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code, or None while it runs."""
        return self._look(os.WNOHANG)

    def wait(self) -> int | None:
        """Wait for its end."""
        return self._look(0)

    def _look(self, flags: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, flags)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode


def is_possible() -> bool:
    """Forking is safe while there is one thread, and on Linux only: macOS' own libraries do not survive it."""
    return sys.platform == "linux" and threading.active_count() == 1


def fork(command: Sequence[str], *, log: Path, environment: Mapping[str, str], folder: Path) -> Fork:
    """Run `[python, "-m", module, …]` in a child in a session of its own that ends when this process does."""
    assert command[1] == "-m", "only modules can be run in a fork"
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    # A child that still has our handlers would swallow what is meant to end it: signals wait until it has its own.
    usual = signal.pthread_sigmask(signal.SIG_BLOCK, OURS)
    try:
        pid = os.fork()
        if pid == 0:
            _become(command, parent, log, environment, folder)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, usual)
    return Fork(pid)


def _become(
    command: Sequence[str], parent: int, log: Path, environment: Mapping[str, str], folder: Path
) -> NoReturn:
    """In the child: take up the new life, and never return into the parent's code."""
    code = 1
    try:
        os.setsid()
        for number in OURS:
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, OURS)
        processes.tie_to(parent, signal.SIGTERM)
        processes.keep_few_arenas()
        processes.rename(f"porchlight {log.stem}")
        with processes.open_log(log) as output, open(os.devnull, "rb") as nothing:
            for source, target in ((nothing, 0), (output, 1), (output, 2)):
                os.dup2(source.fileno(), target)
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(folder)
        sys.argv = [command[2], *command[3:]]
        runpy.run_module(command[2], run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001  the last one to hear of it writes it down
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
