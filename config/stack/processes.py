"""Starting, watching and ending child processes so that none outlives its purpose."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Protocol

PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15
M_ARENA_MAX = -8
LARGEST_LOG = 20_000_000

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Process(Protocol):
    """What we need to know of a child, however it was started."""

    pid: int
    returncode: int | None

    def poll(self) -> int | None:
        """Its exit code, or None while it runs."""

    def wait(self) -> int | None:
        """Wait for its end."""


def spawn(
    command: Sequence[str],
    *,
    log: Path,
    dies_with_parent: signal.Signals | None = signal.SIGTERM,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, so that Ctrl-C in the terminal reaches us alone and we choose the order.

    `dies_with_parent` is the signal the kernel sends the child when this process ends in any way, `kill -9` included.
    """
    with open_log(log) as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=None if environment is None else dict(environment),
            cwd=folder,
            start_new_session=True,
            preexec_fn=_tie_to_parent(dies_with_parent),
        )


def _tie_to_parent(number: signal.Signals | None) -> Callable[[], None] | None:
    if number is None:
        return None
    parent = os.getpid()
    return lambda: tie_to(parent, number)


def tie_to(parent: int, number: signal.Signals) -> None:
    """In a fresh child: ask the kernel for this signal at the parent's end; where it cannot, nothing happens."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def keep_few_arenas() -> None:
    """Without this each thread keeps a memory arena of its own, which never comes back."""
    if _libc is not None and hasattr(_libc, "mallopt"):
        _libc.mallopt(M_ARENA_MAX, 2)


def rename(title: str) -> None:
    """Show another name in `ps`: a fork would else look like its parent. Only what is there is written over."""
    if _libc is None:
        return
    _libc.prctl(PR_SET_NAME, title.encode()[:15], 0, 0, 0)
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    start, end = int(fields[45]), int(fields[46])
    if 0 < start < end:
        ctypes.memmove(start, title.encode()[: end - start - 1].ljust(end - start, b"\0"), end - start)


def tied_after_unshare(signal_name: str) -> list[str]:
    """The same tie as a command: entering a user namespace clears it, so it has to be made afterwards."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", signal_name] if setpriv else []


def open_log(path: Path) -> IO[bytes]:
    """Open a log to append to; one that has grown large is put aside first, and only one is put aside."""
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


def last_lines(path: Path, count: int = 6) -> str:
    """The end of a log, for the sentence that says why something did not start."""
    try:
        text = path.read_bytes()[-4000:].decode(errors="replace")
    except FileNotFoundError:
        return ""
    return "\n".join(text.strip().splitlines()[-count:])


def is_running(pid: int) -> bool:
    """Whether a process with this number exists and is not a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, IndexError):
        return sys.platform != "linux"
    return state != "Z"


def wait_until_gone(pid: int, seconds: float) -> bool:
    """Wait for a process that is not our child."""
    deadline = time.monotonic() + seconds
    while is_running(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def signal_quietly(pid: int, number: signal.Signals, *, group: bool = False) -> None:
    """Send a signal to a process, or to its whole session; one that has gone already is fine."""
    try:
        if group:
            os.killpg(pid, number)
        else:
            os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        pass


def stop_all(
    children: Sequence[Process],
    steps: Sequence[tuple[signal.Signals, float]],
) -> list[Process]:
    """Ask all children at once to end, more firmly at each step; return those that had to be killed."""
    left = [child for child in children if child.poll() is None]
    for number, seconds in steps:
        for child in left:
            signal_quietly(child.pid, number)
        deadline = time.monotonic() + seconds
        while left and time.monotonic() < deadline:
            time.sleep(0.02)
            left = [child for child in left if child.poll() is None]
    for child in children:
        signal_quietly(child.pid, signal.SIGKILL, group=True)
        child.wait()
    return left
