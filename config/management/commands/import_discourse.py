"""`manage.py import_discourse FILE`: bring in a Discourse archive."""

from pathlib import Path

from community.importing.discourse import DiscourseReader
from community.importing.source import Reader
from config.management.importing import ImportCommand


class Command(ImportCommand):
    """Bring in a Discourse archive."""

    help = "Bring in a Discourse archive: members, threads, accepted answers, votes as counts, badges as history."

    def open(self, path: str, source: str) -> Reader:
        """Return the reader."""
        return DiscourseReader(Path(path), source)
