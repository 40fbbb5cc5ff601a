"""`manage.py recompute_badges`: make badges agree with what they count, for everybody."""

from typing import Any

from django.core.management.base import BaseCommand

from rewards.badges.actions import recompute_all


class Command(BaseCommand):
    """Give what is deserved and missing, take what is no longer deserved; what people gave by hand stays."""

    help = "Compare every badge with its rule for everybody, and mend what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Recompute and say how many changed."""
        self.stdout.write(f"{recompute_all()} awards changed.")
