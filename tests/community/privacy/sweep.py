"""Where a word still stands: every column of the whole database, every key of Redis, every file."""

from pathlib import Path

import redis
from django.conf import settings
from django.db import connection

_WORDY = (
    "text",
    "character varying",
    "character",
    "json",
    "jsonb",
    "bytea",
    "tsvector",
    "ARRAY",
    "inet",
    "name",
)


def in_database(words: tuple[str, ...]) -> list[str]:
    """Return `table.column: word` for every word that stands somewhere."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c"
            " JOIN information_schema.tables t USING (table_schema, table_name)"
            " WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type = ANY(%s)",
            [list(_WORDY)],
        )
        for table, column, kind in cursor.fetchall():
            text = f"encode(\"{column}\", 'escape')" if kind == "bytea" else f'"{column}"::text'
            for word in words:
                cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {text} ILIKE %s', [f"%{word}%"])
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column}: {word}")
    return found


def in_redis(words: tuple[str, ...]) -> list[str]:
    """Return every key that holds a word, in its name or in what it holds. Those of test runs beside this one are theirs."""
    found = []
    mine = settings.CACHES["default"]["KEY_PREFIX"].encode()
    for url in {settings.REDIS_URL, settings.REDIS_LIMITS_URL, settings.CACHES["default"]["LOCATION"]}:
        client = redis.Redis.from_url(url)
        for key in client.scan_iter(count=1000):
            if key.startswith(b"test-") and not key.startswith(mine):
                continue
            held = repr((key, _value(client, key))).lower()
            found += [f"{key!r}: {word}" for word in words if word in held]
    return found


def _value(client: "redis.Redis", key: bytes) -> object:
    kind = client.type(key)
    read = {
        b"string": client.get,
        b"hash": client.hgetall,
        b"set": client.smembers,
        b"list": lambda name: client.lrange(name, 0, -1),
        b"zset": lambda name: client.zrange(name, 0, -1),
    }.get(kind)
    return read(key) if read else b""


def in_files(folder: Path, words: tuple[str, ...]) -> list[str]:
    """Return every file that holds a word, in its name or in its bytes."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            held = path.name.encode().lower() + path.read_bytes().lower()
            found += [f"{path.name}: {word}" for word in words if word.encode() in held]
    return found


def crawl(client: object, starts: tuple[str, ...], words: tuple[str, ...], most: int = 160) -> list[str]:
    """Return every page, reached by links from `starts`, that holds a word."""
    import re

    seen, waiting, found = set(starts), list(starts), []
    while waiting and len(seen) < most + len(starts):
        address = waiting.pop(0)
        answer = client.get(address, follow=True)  # type: ignore[attr-defined]
        if answer.streaming or (
            "text" not in answer["Content-Type"] and "json" not in answer["Content-Type"]
        ):
            continue
        text = answer.content.decode()
        found += [f"{address}: {word}" for word in words if word in text.lower()]
        for link in re.findall(r'(?:href|hx-get)="(/[^"#]*)"', text):
            link = link.replace("&amp;", "&")
            if link not in seen and not link.startswith(("/static", "/files", "/theme", "/sign-out")):
                seen.add(link)
                waiting.append(link)
    assert len(seen) > 20
    return found
