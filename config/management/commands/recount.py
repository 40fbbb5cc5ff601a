"""`manage.py recount`: heal derived numbers and say what had drifted."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.threads.counters import recount


class Command(BaseCommand):
    """Counts threads, replies, reactions, tags and contributions afresh from the rows."""

    help = "Compare every derived number with the rows it comes from, and heal it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail when something has drifted"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        drifts = recount(heal=not options["check"])
        for drift in drifts:
            self.stdout.write(
                f"{drift.table}: {drift.rows} rows had drifted in {', '.join(drift.columns)}"
                f" (for example {', '.join(map(str, drift.examples))})"
            )
        if not drifts:
            self.stdout.write("Every number agrees with its rows.")
        elif options["check"]:
            raise CommandError("Some numbers do not agree with their rows. `manage.py recount` heals them.")
