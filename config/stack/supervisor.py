"""`make run`: start everything in order, mend what falls over, stop everything in order."""

import http.client
import os
import signal
import subprocess
import time
from pathlib import Path
from types import FrameType

from config.stack import addresses, diagnosis, keeper, locks, parts, paths, preparation, processes, services
from config.stack.faults import StackFault

LONGEST_BACKOFF = 30.0
STEADY_SECONDS = 60.0
START_SECONDS = 60.0
# Pages are answered and jobs finished first; what does not end by then is told again, then ended.
STOP_STEPS = ((signal.SIGTERM, 10.0), (signal.SIGQUIT, 4.0))


LOOKS = (
    diagnosis.python_version,
    diagnosis.data_folder,
    diagnosis.free_ports,
    diagnosis.database,
    diagnosis.queue,
)


class Child:
    """One part and the process that plays it at the moment."""

    def __init__(self, part: parts.Part) -> None:
        self.part = part
        self.log = paths.log_folder() / f"{part.name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.backoff = 1.0
        self.due = 0.0

    def start(self) -> None:
        """Start the process, and end whatever a crashed predecessor left in its session."""
        if self.process is not None:
            processes.signal_quietly(self.process.pid, signal.SIGKILL, group=True)
        self.process = processes.spawn(
            self.part.command,
            log=self.log,
            environment=parts.surroundings(self.part),
            folder=paths.REPOSITORY,
        )
        self.started = time.monotonic()
        self.due = 0.0

    def mend(self) -> None:
        """Start it again when it ended by itself, waiting longer each time it does so soon."""
        if self.process is None or self.process.poll() is None:
            return
        now = time.monotonic()
        if not self.due:
            if now - self.started > STEADY_SECONDS:
                self.backoff = 1.0
            self.due = now + self.backoff
            say(f"{self.part.name} ended; starting it again in {self.backoff:.0f} s (see {self.log})")
            self.backoff = min(self.backoff * 2, LONGEST_BACKOFF)
        elif now >= self.due:
            self.start()

    @property
    def ended(self) -> bool:
        """Whether its process is gone."""
        return self.process is not None and self.process.poll() is not None


class Supervisor:
    """Owns the parts; the keeper owns the database and the queue."""

    def __init__(self) -> None:
        self.children: list[Child] = []
        self.asked_to_stop = False
        self.began = time.monotonic()

    def run(self) -> int:
        """Run the site until a signal asks for its end."""
        mine = locks.Lock(paths.run_folder() / "supervisor.lock")
        if not mine.take(seconds=1):
            raise StackFault(
                f"Porchlight already runs from this folder, at {addresses.site_url()}.",
                "Stop it with Ctrl-C where it runs, or give this copy its own PORCHLIGHT_VAR and PORT.",
            )
        diagnosis.require(LOOKS)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop_soon)
        try:
            self.start()
            self.watch()
        except Stopped:
            pass
        finally:
            self.stop()
            mine.release()
        return 0

    def start(self) -> None:
        """Database and queue, then whatever changed, then the pages, then what nobody waits for."""
        services.ensure_services()
        self.check()
        if not preparation.is_prepared():
            say("Preparing the database and the static files. The first time takes a little longer.")
            preparation.prepare()
        self.check()
        for part in parts.all_parts():
            child = Child(part)
            self.children.append(child)
            child.start()
            if part.name == "web":
                self.wait_for_pages(child)
        self.announce()

    def check(self) -> None:
        """Leave the start as soon as someone asked for it."""
        if self.asked_to_stop:
            raise Stopped

    def wait_for_pages(self, web: Child) -> None:
        """Wait until the first page can be served."""
        deadline = time.monotonic() + START_SECONDS
        while not answers(addresses.own_host(), addresses.web_port(), "/healthz/live"):
            self.check()
            if web.ended or time.monotonic() > deadline:
                raise StackFault(
                    f"The pages did not start. The log ends:\n{processes.last_lines(web.log, 12)}",
                    f"The whole log is {web.log}.",
                )
            time.sleep(0.05)

    def announce(self) -> None:
        """Say where the site is, and how to sign in to the demo."""
        say(f"Porchlight is ready at {addresses.site_url()}  ({time.monotonic() - self.began:.1f} s)")
        sign_ins = paths.var_folder() / "demo-sign-ins.txt"
        if sign_ins.exists():
            print(sign_ins.read_text(encoding="utf-8").rstrip(), flush=True)
        say(f"Logs are in {shown(paths.log_folder())}. Ctrl-C stops everything.")

    def watch(self) -> None:
        """Mend whatever falls over until asked to stop."""
        next_look = 0.0
        while not self.asked_to_stop:
            time.sleep(0.25)
            for child in self.children:
                child.mend()
            if time.monotonic() > next_look:
                next_look = time.monotonic() + 2
                if not locks.is_held(keeper.lock_file()):
                    say("The database and the queue went away; starting them again")
                    services.ensure_services()

    def stop(self) -> None:
        """The parts together, then, when nobody else uses them, the database and the queue."""
        running = [child.process for child in self.children if child.process is not None]
        if running:
            say("Stopping.")
        killed = processes.stop_all(running, STOP_STEPS)
        if killed:
            say("Some work did not end in time; it will be taken up again at the next start.")
        services.release_services()
        services.stop_unless_used()
        if running:
            say("Stopped.")

    def stop_soon(self, _number: int, _frame: FrameType | None) -> None:
        """The first signal asks for a clean end; a second one, while that is under way, ends us at once."""
        if self.asked_to_stop:
            for child in self.children:
                if child.process is not None:
                    processes.signal_quietly(child.process.pid, signal.SIGKILL, group=True)
        self.asked_to_stop = True


class Stopped(Exception):
    """Somebody asked for the end while we were still starting."""


def answers(host: str, port: int, path: str) -> bool:
    """Whether a page is served there."""
    line = http.client.HTTPConnection(host, port, timeout=5)
    try:
        line.request("GET", path, headers={"Host": "localhost"})
        return line.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def shown(path: Path) -> str:
    """A path as short as it can be said here."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)


def say(sentence: str) -> None:
    """One line on the console."""
    print(sentence, flush=True)


def run() -> int:
    """Run the site in this process."""
    return Supervisor().run()
