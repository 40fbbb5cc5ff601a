"""`manage.py verbs_doc`: write `docs/verbs.md`, or say whether it is current."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from community.activity.documentation import verbs_page


class Command(BaseCommand):
    """Keeps the page about verbs true."""

    help = "Write docs/verbs.md from the registered verbs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail when the page is out of date"
        )
        parser.add_argument("--file", default=str(settings.BASE_DIR / "docs" / "verbs.md"))

    def handle(self, *args: Any, **options: Any) -> None:
        path, page = Path(options["file"]), verbs_page()
        if not options["check"]:
            path.write_text(page, encoding="utf-8")
            return
        if not path.exists() or path.read_text(encoding="utf-8") != page:
            raise CommandError("docs/verbs.md is out of date. `manage.py verbs_doc` writes it afresh.")
        self.stdout.write("docs/verbs.md is current.")
