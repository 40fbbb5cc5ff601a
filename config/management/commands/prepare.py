"""`manage.py prepare`: everything a start needs of Django, in one process instead of three."""

from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """Migrate, gather static files, and tell the demo's story when the site is still empty."""

    help = "Bring database and static files up to the code; fill an empty site with the demo."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """The demo may be left out."""
        parser.add_argument("--no-demo", action="store_true", help="Leave an empty site empty.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the commands in order."""
        call_command("migrate", interactive=False, verbosity=1, skip_checks=True)
        call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
        if not options["no_demo"] and "seed_demo" in get_commands():
            call_command("seed_demo", if_empty=True)
