"""What the two import commands share: their options, the progress bar, the report, and the replay."""

import gc
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from community.activity import relay
from community.activity.history import waiting
from community.importing.actions import Outcome, import_community, survey
from community.importing.source import Reader, Report
from community.spaces.models import Space
from community.threads.ranking import rank_threads

REPLAY_BATCH = 5000


class ImportCommand(BaseCommand):
    """Reads a community from elsewhere into one space, then lets its history be heard, with notices off."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help="the folder or file to read")
        parser.add_argument(
            "--source", default="", help="a name for where it came from; default: the file's name"
        )
        parser.add_argument("--space", default="", help="address of the space; made when there is none")
        parser.add_argument("--dry-run", action="store_true", help="read and report, write nothing")
        parser.add_argument("--processes", type=int, default=2, help="cores that render")
        parser.add_argument("--no-replay", action="store_true", help="leave the replay to the workers")

    def open(self, path: str, source: str) -> Reader:
        """Return the reader for this kind of archive."""
        raise CommandError("An import command names its reader.")

    def handle(self, *args: Any, **options: Any) -> None:
        console, started = Console(stderr=False), time.perf_counter()
        try:
            reader = self.open(options["path"], options["source"])
        except FileNotFoundError as error:
            raise CommandError(str(error)) from error
        if options["dry_run"]:
            print_report(console, reader.name, survey(reader))
            console.print("Nothing was written.")
            return
        space = find_space(options["space"] or reader.name)
        with _bar(console) as bar, undisturbed():
            task = bar.add_task("Posts", total=None)
            outcome = import_community(
                actor=None,
                reader=reader,
                space=space,
                processes=options["processes"],
                sized=lambda posts: bar.update(task, total=posts),
                progress=lambda posts: bar.advance(task, posts),
            )
        seconds = time.perf_counter() - started
        print_report(console, reader.name, outcome.report)
        print_outcome(console, space, outcome, seconds)
        if not options["no_replay"]:
            replay(console)
            rank_threads()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Look for unused cycles seldom, and let a thread that waited for Postgres or for a text go on at once.

    An import holds a whole archive and makes millions of small values, none of them in cycles.
    """
    thresholds, interval = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(100_000, 50, 1_000)
    sys.setswitchinterval(0.001)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        sys.setswitchinterval(interval)


def find_space(name: str) -> Space:
    """Return the space at the address made from `name`, made now when there is none."""
    slug = slugify(name)[:50] or "imported"
    space, _created = Space.objects.get_or_create(
        slug=slug,
        defaults={"name": name.replace("-", " ").replace("_", " ").capitalize()[:60], "position": 50},
    )
    return space


def replay(console: Console) -> float:
    """Let every consumer hear what was imported. Returns the seconds it took."""
    started = time.perf_counter()
    with _bar(console) as bar, undisturbed():
        task = bar.add_task("Replay", total=waiting())
        while tried := relay.deliver_due(at_most=REPLAY_BATCH, batch=REPLAY_BATCH):
            bar.advance(task, tried)
    seconds = time.perf_counter() - started
    console.print(f"Points, badges and counters heard it in {seconds:.1f} s.")
    return seconds


def print_outcome(console: Console, space: Space, outcome: Outcome, seconds: float) -> None:
    """Say what was written, in how many seconds from opening the archive on, and where to look."""
    written = outcome.written
    console.print(
        f"Wrote {written.members} members, {written.threads} threads, {written.posts} posts and {written.badges} honours "
        f"in {seconds:.1f} s; {written.skipped_threads} threads were here already."
    )
    for code, count in written.codes.items():
        console.print(f"{count} posts are shown as plain text ({code}).")
    console.print(f"Read them at /s/{space.slug}/")


def print_report(console: Console, name: str, report: Report) -> None:
    """Print the mapping: found, became, left out, did not add up."""
    table = Table(title=f"Import of {name}")
    table.add_column("What")
    table.add_column("", style="dim")
    table.add_column("How many", justify="right")
    sections: list[tuple[str, Counter[str]]] = [
        ("found", report.found),
        ("becomes", report.mapping),
        ("left out", report.left_out),
        ("does not add up", report.warnings),
    ]
    for title, counts in sections:
        for what, count in sorted(counts.items()):
            table.add_row(what, title, str(count))
    console.print(table)


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        auto_refresh=console.is_terminal,
    )
