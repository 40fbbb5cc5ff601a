"""`make run`: start everything in order, mend what falls over, stop everything in order."""

import importlib
import os
import signal
import time
import traceback
from pathlib import Path
from types import FrameType

from config.stack import (
    addresses,
    diagnosis,
    forking,
    keeper,
    locks,
    parts,
    paths,
    preparation,
    probe,
    processes,
    services,
)
from config.stack.children import Child, say
from config.stack.faults import StackFault

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


class Stopped(Exception):
    """Somebody asked for the end while we were still starting."""


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
        for number in forking.OURS:
            signal.signal(number, self.stop_soon)
        diagnosis.require(LOOKS)
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
        self.check()
        services.ensure_services()
        self.check()
        if not preparation.is_prepared():
            say("Preparing the database and the static files. The first time takes a little longer.")
            preparation.prepare(self.check)
        by_fork = self.load_site()
        for part in parts.all_parts():
            self.check()
            child = Child(part, by_fork=by_fork)
            self.children.append(child)
            child.start()
            if part.name == "web":
                self.wait_for_pages(child)
        self.announce()

    def load_site(self) -> bool:
        """Load the site once for all its processes, where they can be forked; say whether they can."""
        if not forking.is_possible() or os.environ.get("PORCHLIGHT_FORK") == "0":
            return False
        os.environ.update(parts.surroundings())
        try:
            importlib.import_module("config.preload").load()
        except Exception as error:
            log = paths.log_folder() / "web.log"
            with processes.open_log(log) as output:
                output.write(traceback.format_exc().encode())
            raise StackFault(f"The site could not be loaded: {error}", f"The whole log is {log}.") from error
        return forking.is_possible()

    def check(self) -> None:
        """Leave the start as soon as someone asked for it."""
        if self.asked_to_stop:
            raise Stopped

    def wait_for_pages(self, web: Child) -> None:
        """Wait until the first page can be served."""
        deadline = time.monotonic() + START_SECONDS
        while not probe.page(str(addresses.web_port()), "/healthz/live"):
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
            say(sign_ins.read_text(encoding="utf-8").rstrip())
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
                if services.ours() and not locks.is_held(keeper.lock_file()):
                    say("The database and the queue went away; starting them again")
                    services.ensure_services()

    def stop(self) -> None:
        """The parts together, then, when nobody else uses them, the database and the queue."""
        running = [child.process for child in self.children if child.process is not None]
        if running or self.asked_to_stop:
            say("Stopping.")
        if processes.stop_all(running, STOP_STEPS):
            say("Some work did not end in time; it will be taken up again at the next start.")
        services.release_services()
        services.stop_unless_used()
        if running or self.asked_to_stop:
            say("Stopped.")

    def stop_soon(self, _number: int, _frame: FrameType | None) -> None:
        """The first signal asks for a clean end; a second one, while that is under way, ends the parts at once."""
        if self.asked_to_stop:
            for child in self.children:
                child.kill()
        self.asked_to_stop = True


def shown(path: Path) -> str:
    """A path as short as it can be said here."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)


def run() -> int:
    """Run the site in this process."""
    return Supervisor().run()
