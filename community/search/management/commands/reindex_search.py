"""`manage.py reindex_search`: build the index anew from what is there."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from community.search import actions

PARTS: tuple[tuple[str, str, Callable[[Iterable[int]], None]], ...] = (
    ("threads", "threads_thread", actions.index_threads),
    ("replies", "threads_post", actions.index_replies),
    ("members", "members_member", actions.index_members),
)


class Command(BaseCommand):
    """Walks every table by its key in short transactions, so that the community goes on meanwhile."""

    help = "Build the search index anew, without stopping the community."

    def add_arguments(self, parser: CommandParser) -> None:
        """How much at once."""
        parser.add_argument("--batch", type=int, default=2000, help="Rows per transaction.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Index every thread, reply and member; drop what is no longer there."""
        for name, table, index in PARTS:
            self.stdout.write(f"{name}: {walk(table, index, options['batch'])}")
        self.stdout.write(f"dropped: {drop_orphans()}")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_searchdocument")


def walk(table: str, index: Callable[[Iterable[int]], None], batch: int) -> int:
    """Index every row of a table, a batch at a time. Returns how many rows were looked at."""
    last, seen = 0, 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM {table} WHERE id > %s ORDER BY id LIMIT %s",  # noqa: S608 - our own names
                [last, batch],
            )
            pks = [pk for (pk,) in cursor.fetchall()]
        if not pks:
            return seen
        index(pks)
        last, seen = pks[-1], seen + len(pks)


def drop_orphans() -> int:
    """Delete documents whose row is gone altogether. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_searchdocument d WHERE NOT CASE d.kind"
            " WHEN 'thread' THEN EXISTS (SELECT 1 FROM threads_thread t WHERE t.id = d.target_pk)"
            " WHEN 'reply' THEN EXISTS (SELECT 1 FROM threads_post p WHERE p.id = d.target_pk)"
            " ELSE EXISTS (SELECT 1 FROM members_member m WHERE m.id = d.target_pk) END"
        )
        return int(cursor.rowcount)
