"""`manage.py settle_trust`: give every member the trust level they have earned, counted from what they did."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from community.members.trust.actions import settle_everyone


class Command(BaseCommand):
    """Settles everyone, in chunks; running it twice changes nothing. The clock does the same every night."""

    help = "Give every member the trust level they have earned."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="tell nobody, for the first time")

    def handle(self, *args: Any, **options: Any) -> None:
        """Settle and say how many moved."""
        self.stdout.write(f"{settle_everyone(quiet=options['quiet'])} moved")
