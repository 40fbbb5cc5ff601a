"""`manage.py routes`: every address and who may call it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.access import Undeclared, list_routes


class Command(BaseCommand):
    """Prints the list; the exit code is 1 when some address is undeclared."""

    help = "List every address, its methods and who may call it."

    def add_arguments(self, parser: CommandParser) -> None:
        """For programs or for people."""
        parser.add_argument("--json", action="store_true", help="As JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one entry per address."""
        try:
            routes = list_routes()
        except Undeclared as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps([route.as_json() for route in routes], indent=1))
            return
        for route in routes:
            permits = " ".join(f"{method}:{permit.who}" for method, permit in route.methods.items())
            self.stdout.write(f"{route.path:<70} {permits}")
