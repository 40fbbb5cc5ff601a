"""The keeper: parent of Postgres and Redis, alive as long as anybody uses them.

Whoever needs the services holds a shared lock on `run/users.lock` (see `services`). When the last holder is gone, in
whatever way it went, the keeper stops both servers cleanly and ends. So commands, test runs and the running site share one
pair of servers, the last one to leave turns off the light, and nothing is left behind by a `kill -9`.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from config.stack import environment, locks, paths, postgres, processes, redis
from config.stack.faults import StackFault

POLL = 0.25


def lock_file() -> Path:
    """Held by the living keeper."""
    return paths.run_folder() / "keeper.lock"


def users_file() -> Path:
    """Held, shared, by everyone who needs the services."""
    return paths.run_folder() / "users.lock"


def note_file() -> Path:
    """What the keeper says of itself: its number, and whether the services answer."""
    return paths.run_folder() / "keeper.json"


def read_note() -> dict[str, object]:
    """The keeper's note; empty when there is none."""
    try:
        note = json.loads(note_file().read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


class Keeper:
    """Starts what is ours to start, restarts what falls over, stops all when nobody is left."""

    def __init__(self) -> None:
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.linger = float(os.environ.get("PORCHLIGHT_LINGER", "4"))
        self.asked_to_stop = False
        self.falls: list[float] = []

    def run(self) -> int:
        """Keep the services until nobody needs them; 0 when another keeper already does."""
        mine = locks.Lock(lock_file())
        # Whoever only looks at the lock holds it for an instant.
        if not mine.take(seconds=1):
            return 0
        signal.signal(signal.SIGTERM, self._stop_soon)
        signal.signal(signal.SIGINT, self._stop_soon)
        signal.signal(signal.SIGHUP, self._do_not_linger)
        users = locks.Lock(users_file())
        try:
            self.start()
            self.note(ready=True)
            self.watch(users)
        except StackFault as fault:
            self.note(ready=False, fault=fault)
            return 1
        finally:
            self.stop()
            users.release()
            mine.release()
        note_file().unlink(missing_ok=True)
        return 0

    def start(self) -> None:
        """Start both side by side and wait for both."""
        if environment.owns_redis():
            self.children["redis"] = redis.start()
        if environment.owns_database():
            self.children["postgres"] = postgres.start()
        self.wait()

    def wait(self) -> None:
        """Wait until what runs also answers."""
        if "redis" in self.children:
            redis.wait_until_ready(self.children["redis"])
        if "postgres" in self.children:
            postgres.wait_until_ready(self.children["postgres"])

    def watch(self, users: locks.Lock) -> None:
        """Mend what falls over; return when asked to, or when nobody has used the services for a moment."""
        last_used = time.monotonic()
        while not self.asked_to_stop:
            time.sleep(POLL)
            self.mend()
            if locks.is_held(users.path):
                last_used = time.monotonic()
            elif time.monotonic() - last_used > self.linger and users.take():
                # Held until we are gone: whoever comes now waits, and starts a fresh keeper.
                return

    def mend(self) -> None:
        """Restart a server that ended by itself, unless it does so again and again."""
        for name, child in list(self.children.items()):
            if child.poll() is None:
                continue
            print(f"{name} ended with {child.returncode}; starting it again", flush=True)
            self.falls = [moment for moment in self.falls if time.monotonic() - moment < 60] + [
                time.monotonic()
            ]
            if len(self.falls) > 5:
                raise StackFault(
                    f"{name} ended more than five times in a minute.",
                    f"See {paths.log_folder()}.",
                )
            processes.signal_quietly(child.pid, signal.SIGKILL, group=True)
            self.children[name] = postgres.start() if name == "postgres" else redis.start()
            self.wait()

    def stop(self) -> None:
        """Stop the queue, then the database, cleanly."""
        if "redis" in self.children:
            redis.stop(self.children["redis"])
        if "postgres" in self.children:
            # SIGINT is Postgres' "fast" stop: sessions are ended, everything is written, nothing needs recovery.
            processes.stop_all([self.children["postgres"]], [(signal.SIGINT, 20), (signal.SIGQUIT, 5)])

    def note(self, *, ready: bool, fault: StackFault | None = None) -> None:
        """Say how it went to those who wait for us."""
        note: dict[str, object] = {
            "pid": os.getpid(),
            "ready": ready,
            "owns": sorted(self.children),
        }
        if fault:
            note |= {"sentence": fault.sentence, "cure": fault.cure}
            print(fault, file=sys.stderr, flush=True)
        draft = note_file().with_suffix(".new")
        draft.write_text(json.dumps(note))
        draft.replace(note_file())

    def _stop_soon(self, _number: int, _frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def _do_not_linger(self, _number: int, _frame: FrameType | None) -> None:
        self.linger = 0


def keep() -> int:
    """Run the keeper in this process."""
    return Keeper().run()
