"""`manage.py licences_doc`: write docs/licences.md from what the lock file installs."""

import re
from argparse import ArgumentParser
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

HEAD = """# Licences of what Porchlight builds on

Porchlight itself is under the Apache License 2.0. It installs the packages below (`requirements.lock`), unchanged. None of them is
under the AGPL or forbids commercial use. psycopg is under the LGPL and is used as a library, as that licence intends.

Browser assets and fonts are listed with their texts in `static/dist/vendor/` and `static/fonts/`.

| package | version | licence |
|---|---|---|
"""
LOCKED = re.compile(r"^([A-Za-z0-9_.-]+)==([^ ;\\\\]+)", re.M)


class Command(BaseCommand):
    """Write the list of licences."""

    help = "Write docs/licences.md from the packages in requirements.lock."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", type=Path, default=settings.BASE_DIR / "docs" / "licences.md")

    def handle(self, *args: Any, **options: Any) -> None:
        lock = (settings.BASE_DIR / "requirements.lock").read_text()
        rows = [f"| {name} | {version} | {licence_of(name)} |" for name, version in LOCKED.findall(lock)]
        options["file"].write_text(HEAD + "\n".join(dict.fromkeys(rows)) + "\n")


def licence_of(package: str) -> str:
    """Return what a package says its licence is: its expression, its classifier, or the first line of its text."""
    try:
        said: Any = metadata(package)
    except PackageNotFoundError:
        return "not installed here"
    expression = said.get("License-Expression")
    if expression:
        return str(expression)
    named = [
        line.split(" :: ")[-1] for line in said.get_all("Classifier") or [] if line.startswith("License ::")
    ]
    first = (said.get("License") or "").strip().split("\n")[0]
    return ", ".join(named) or first[:60] or "see its source"
