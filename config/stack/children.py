"""One part of the site and the process that plays it at the moment: started, watched, started again."""

import signal
import time

from config.stack import forking, parts, paths, probe, processes

FIRST_BACKOFF = 1.0
LONGEST_BACKOFF = 30.0
STEADY_SECONDS = 60.0

# A page that is not answered four times in a row, a quarter of a minute apart, is not just busy.
LOOK_SECONDS = 15.0
PATIENCE = 4
# The longest task may take eleven minutes, and one worker process does one thing at a time.
SILENCE_SECONDS = 720.0


def say(sentence: str) -> None:
    """One line on the console."""
    print(sentence, flush=True)


class Child:
    """Keeps one part playing."""

    def __init__(self, part: parts.Part, *, by_fork: bool) -> None:
        self.part = part
        self.launch = forking.fork if by_fork else processes.spawn
        self.log = paths.log_folder() / f"{part.name}.log"
        self.process: processes.Process | None = None
        self.started = 0.0
        self.backoff = FIRST_BACKOFF
        self.due = 0.0
        self.next_look = 0.0
        self.misses = 0

    def start(self) -> None:
        """Start the process, and end whatever a crashed predecessor left in its session."""
        self.kill()
        if self.part.alive_file:
            self.part.alive_file.touch()
        self.process = self.launch(
            self.part.command,
            log=self.log,
            environment=parts.surroundings(self.part),
            folder=paths.REPOSITORY,
        )
        self.started = time.monotonic()
        self.next_look = self.started + LOOK_SECONDS
        self.due = 0.0
        self.misses = 0

    @property
    def ended(self) -> bool:
        """Whether its process is gone."""
        return self.process is not None and self.process.poll() is not None

    def kill(self) -> None:
        """End the process and its whole session at once."""
        if self.process is not None:
            processes.signal_quietly(self.process.pid, signal.SIGKILL, group=True)

    def mend(self) -> None:
        """Start it again when it ended by itself, waiting longer each time it does so soon."""
        now = time.monotonic()
        if not self.ended:
            if now >= self.next_look:
                self.next_look = now + LOOK_SECONDS
                self.look()
        elif self.due:
            if now >= self.due:
                self.start()
        else:
            if now - self.started > STEADY_SECONDS:
                self.backoff = FIRST_BACKOFF
            self.due = now + self.backoff
            say(f"{self.part.name} ended; starting it again in {self.backoff:.0f} s (see {self.log})")
            self.backoff = min(self.backoff * 2, LONGEST_BACKOFF)

    def look(self) -> None:
        """End a process that runs but does nothing; `mend` then starts it again."""
        self.misses = 0 if self.works() else self.misses + 1
        if self.misses >= PATIENCE:
            say(f"{self.part.name} runs but does not answer; starting it again (see {self.log})")
            self.kill()

    def works(self) -> bool:
        """Whether it shows signs of life of its own kind."""
        if self.part.page:
            return probe.page(str(self.part.page), "/healthz/live", seconds=2)
        if self.part.alive_file:
            return probe.file(str(self.part.alive_file), str(SILENCE_SECONDS))
        return True
