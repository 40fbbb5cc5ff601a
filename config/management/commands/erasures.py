"""`manage.py erasures export|replay [FILE]`: who was erased, by number, and erasing them again after a backup was restored."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.privacy.erasing.journal import lines_of_database
from community.privacy.replaying import replay


class Command(BaseCommand):
    """Write the list of erasures, or do again those on a list."""

    help = "List erasures without names, or do them again after an older backup was restored."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do and where the list is."""
        parser.add_argument("what", choices=["export", "replay"])
        parser.add_argument(
            "file",
            nargs="?",
            default="",
            help="The list; “-” is standard input. Left out: the one kept here.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or replay."""
        name = options["file"]
        if options["what"] == "export":
            text = "".join(f"{line}\n" for line in lines_of_database())
            if name and name != "-":
                Path(name).write_text(text, encoding="utf-8")
            else:
                self.stdout.write(text, ending="")
            return
        if name == "-":
            told = replay(sys.stdin)
        else:
            path = Path(name or settings.ERASURE_JOURNAL)
            if not path.exists():
                raise CommandError(f"There is no list at {path}.")
            # Read whole before: what is done again adds to the same list.
            told = replay(path.read_text("utf-8").splitlines())
        self.stdout.write(json.dumps(asdict(told), indent=2))
        if told.unreadable:
            raise CommandError(f"{told.unreadable} lines could not be read.")
