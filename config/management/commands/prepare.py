"""`manage.py prepare`: everything a start needs of Django, in one process instead of three."""

import os
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from community.members.groups.actions import open_automatic_groups
from config.demo.fill import is_empty, sign_ins
from config.stack import paths


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
        open_automatic_groups()
        if not options["no_demo"] and is_empty():
            call_command("seed_demo")
            write_sign_ins(paths.var_folder() / "demo-sign-ins.txt")


def write_sign_ins(path: Path) -> None:
    """Keep the demo's sign-ins where the start reads them out, for the owner's eyes only."""
    lines = ["Sign in as:"]
    lines += [f"  {entry['role']:<10} {entry['handle']:<10} {entry['password']}" for entry in sign_ins()]
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
