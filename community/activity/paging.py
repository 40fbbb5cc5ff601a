"""Paging for tables too large to count."""

from typing import Any

from django.core.paginator import Paginator
from django.db import connection
from django.utils.functional import cached_property

EXACT_UP_TO = 10_000


class UncountedPaginator(Paginator):
    """An admin paginator that asks Postgres's statistics instead of counting a large table."""

    object_list: Any

    @cached_property
    def count(self) -> int:
        """Return the number of rows: exact up to ten thousand, an estimate above, and never more than shown for a filter."""
        query = self.object_list.query
        if query.where or query.distinct:
            # In no order: there counting can end before everything is read and sorted.
            return int(self.object_list.order_by()[:EXACT_UP_TO].count())
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [query.get_meta().db_table]
            )
            row = cursor.fetchone()
        estimate = int(row[0]) if row else 0
        return estimate if estimate > EXACT_UP_TO else int(self.object_list.count())
