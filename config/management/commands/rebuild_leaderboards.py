"""`manage.py rebuild_leaderboards`: count the sums behind all lists again, for everybody."""

from typing import Any

from django.core.management.base import BaseCommand

from rewards.leaderboards.sums import rebuild


class Command(BaseCommand):
    """Count every daily sum from the ledger; what differs is mended."""

    help = "Count the sums behind all leaderboards again, for everybody, and mend what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how many differed."""
        self.stdout.write(f"{rebuild()} sums differed.")
