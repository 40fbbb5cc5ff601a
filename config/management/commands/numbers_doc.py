"""`manage.py numbers_doc`: write `docs/numbers.md`, or say whether it is current."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from community.numbers.documentation import numbers_page


class Command(BaseCommand):
    """Keeps the page about numbers true."""

    help = "Write docs/numbers.md from the declared numbers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail when the page is out of date"
        )
        parser.add_argument("--file", default=str(settings.BASE_DIR / "docs" / "numbers.md"))

    def handle(self, *args: Any, **options: Any) -> None:
        path, page = Path(options["file"]), numbers_page()
        if not options["check"]:
            path.write_text(page, encoding="utf-8")
            return
        if not path.exists() or path.read_text(encoding="utf-8") != page:
            raise CommandError("docs/numbers.md is out of date. `manage.py numbers_doc` writes it afresh.")
        self.stdout.write("docs/numbers.md is current.")
