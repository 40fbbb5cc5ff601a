"""`manage.py import_stackexchange FOLDER`: bring in a Stack Exchange dump."""

from pathlib import Path

from community.importing.source import Reader
from community.importing.stackexchange import StackExchangeReader
from config.management.importing import ImportCommand


class Command(ImportCommand):
    """Bring in a Stack Exchange dump."""

    help = "Bring in a Stack Exchange dump: members, threads, accepted answers, votes as counts, badges as history."

    def open(self, path: str, source: str) -> Reader:
        """Return the reader."""
        return StackExchangeReader(Path(path), source)
