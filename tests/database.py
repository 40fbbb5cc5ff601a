"""Databases for tests: migrated once for each set of migrations, copied for each worker, put back after a test that committed.

All migrations take longer than hundreds of tests. So they run into one database that nobody writes to afterwards, and each
worker starts with a copy of it. Emptying every table after a test that committed for real, and shipping everything again,
takes a second; deleting the rows there are, and copying in those that were there before, takes some hundredths.
"""

import datetime as dt
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from psycopg.sql import SQL, Composed, Identifier

# Two words of every such database: whose it is, and which migrations made it.
NAMED = "porchlight_template_"
SHIPPED = "kept_shipped"
# Whoever makes one lets the others wait for it. Any number, as long as nothing else takes it.
LOCK = 7_062_711
OURS = re.compile(r"^\s*(?:from|import) ((?:community|config|engagement|rewards)[\w.]*)", re.MULTILINE)


@cache
def made_by() -> str:
    """Return what tells one set of migrations from another: their text, and that of what they read from us."""
    files = {
        path for app in apps.get_app_configs() for path in (Path(app.path) / "migrations").glob("*.py")
    } | {Path(__file__)}
    read = {name for path in files for name in OURS.findall(path.read_text("utf-8"))}
    modules = {settings.BASE_DIR / (name.replace(".", "/") + ".py") for name in read}
    found = hashlib.sha256()
    for path in sorted(files) + sorted(path for path in modules if path.is_file()):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def template() -> str:
    """Return the name of a database with today's tables and shipped rows to copy; it is made when there is none."""
    name = NAMED + made_by()
    with _house() as line:
        line.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if line.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            _drop_those_of_other_days(line)
            _make(line, name)
        # Who looks for old ones sees when it was of use.
        line.execute(SQL("COMMENT ON DATABASE {} IS {}").format(Identifier(name), _today()))
    return name


def drop_if_outdated(name: str) -> None:
    """Drop the database of an earlier run unless these very migrations made it."""
    try:
        with psycopg.connect(os.environ["DATABASE_URL"], dbname=name) as line:
            made = line.execute("SELECT obj_description(to_regnamespace(%s), 'pg_namespace')", [SHIPPED])
            if made.fetchone() == (made_by(),):
                return
    except psycopg.OperationalError:  # there is none
        return
    with _house() as line:
        line.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def keep(name: str) -> None:
    """Copy every row there is into a schema, to be put back by `put_back(name)`."""
    with transaction.atomic(), connection.cursor() as cursor:
        _do(cursor, SQL("DROP SCHEMA IF EXISTS {0} CASCADE; CREATE SCHEMA {0}").format(Identifier(name)))
        _do(cursor, SQL("COMMENT ON SCHEMA {} IS {}").format(Identifier(name), made_by()))
        for table in _filled(cursor):
            _do(cursor, SQL("CREATE TABLE {} AS TABLE {}").format(Identifier(name, table), _own(table)))


def put_back(name: str) -> None:
    """Empty every table, and fill them with what they held when it was kept."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Whoever still writes, say a server whose page was left, ends first: nothing of it may reach the next test.
        cursor.execute("SET LOCAL lock_timeout = '20s'")
        _do(cursor, SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(SQL(", ").join(map(_own, _tables()))))
        # Rows that fitted together when they were kept need no look at each other, and ledgers let go of theirs.
        cursor.execute("SET LOCAL session_replication_role = replica")
        _do(cursor, SQL("; ").join(SQL("DELETE FROM {}").format(_own(table)) for table in _filled(cursor)))
        _do(cursor, SQL("; ").join(_refills(cursor, name)))


def _refills(cursor: Any, name: str) -> Iterator[Composed]:
    cursor.execute(
        "SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_class c"
        " JOIN pg_attribute a ON a.attrelid = to_regclass('public.' || quote_ident(c.relname))"
        " WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r'"
        " AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' GROUP BY 1",
        [name],
    )
    for table, names in cursor.fetchall():
        columns = SQL(", ").join(map(Identifier, names))
        yield SQL("INSERT INTO {0} ({1}) OVERRIDING SYSTEM VALUE SELECT {1} FROM {2}").format(
            _own(table), columns, Identifier(name, table)
        )


def _filled(cursor: Any) -> list[str]:
    """Return the tables that hold anything."""
    looks = (SQL("SELECT {0} WHERE EXISTS (SELECT FROM {1})").format(one, _own(one)) for one in _tables())
    _do(cursor, SQL(" UNION ALL ").join(looks))
    return [table for (table,) in cursor.fetchall()]


@cache
def _tables() -> list[str]:
    return sorted(connection.introspection.django_table_names(only_existing=True, include_views=False))


def _own(table: str) -> Identifier:
    return Identifier("public", table)


def _do(cursor: Any, statement: Composed) -> None:
    """Run it as it stands: such statements are many in one, or long, and of no use to remember."""
    if text := statement.as_string(cursor.connection):
        cursor.execute(text)


def _make(line: "psycopg.Connection[Any]", name: str) -> None:
    """Migrate under another name first: what stands under its own is whole."""
    draft = f"{name}_draft"
    line.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(draft)))
    line.execute(SQL("CREATE DATABASE {}").format(Identifier(draft)))
    with _connected_to(draft):
        call_command("migrate", verbosity=0, interactive=False)
        keep(SHIPPED)
    line.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(draft), Identifier(name)))
    # Nothing may be connected to what is copied.
    line.execute(SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(Identifier(name)))


def _drop_those_of_other_days(line: "psycopg.Connection[Any]") -> None:
    """Today's may be those of another branch, and about to be copied."""
    found = line.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        " AND shobj_description(oid, 'pg_database') IS DISTINCT FROM %s",
        [NAMED, _today()],
    )
    for (name,) in found.fetchall():
        line.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def _today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()


@contextmanager
def _house() -> Iterator["psycopg.Connection[Any]"]:
    """A connection to the server as a whole, which waits as long as it takes."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as line:
        line.execute("SET statement_timeout = 0; SET lock_timeout = 0")
        yield line


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    connection.close()
    before, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
