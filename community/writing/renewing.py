"""Rendering old texts again: when the renderer learns something, what is stored catches up, a few texts at a time.

Only the HTML and its version are written, and only while the text is still the one that was rendered: no revision, no
moment, no Activity. Where a table keeps no version, how far one has come is all there is to know.
"""

import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from community.revision import change_mark
from community.sql import fetch, fetch_one, write
from community.writing.limited import render_many
from community.writing.markdown import RENDER_VERSION, CardLookup, Resolver
from community.writing.models import Renewal

BATCH = 100
# Rows that were locked, or written by the version before while both ran, are found by another look.
LOOK_AGAIN = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A table whose texts are stored rendered. `version` is empty where none is kept; `cards` where links get none."""

    name: str
    table: str
    text: str
    html: str
    version: str = ""
    resolve: Resolver | None = None
    cards: CardLookup | None = None


_shelves: dict[str, Shelf] = {}


def add_shelf(shelf: Shelf) -> None:
    """Let the texts of a table be rendered again; called from a feature's `AppConfig.ready()`."""
    _shelves[shelf.name] = shelf


def shelf_named(name: str) -> Shelf | None:
    """Return a shelf, unless its feature is gone."""
    return _shelves.get(name)


def renew_all(*, seconds: float) -> int:
    """Go on where it was left, until nothing is left or the time is over. Returns how many texts were written anew."""
    until = time.monotonic() + seconds
    done = 0
    for shelf in _shelves.values():
        while time.monotonic() < until and (renewed := renew_batch(shelf)) is not None:
            done += renewed
    return done


def renew_batch(shelf: Shelf) -> int | None:
    """Render some texts of a shelf again. Returns how many were written, None when none is left for now."""
    place = _place(shelf)
    if place.done_at is not None:
        return None
    rows = _next(shelf, place.upto)
    if not rows:
        place.done_at = timezone.now()
        place.save(update_fields=["done_at"])
        return None
    renewed = _render(shelf, rows)
    place.upto = rows[-1][0]
    place.save(update_fields=["upto"])
    return renewed


def renew_rows(shelf: Shelf, pks: Sequence[int]) -> int:
    """Render these texts again now, because something they show has changed."""
    renewed = 0
    for start in range(0, len(pks), BATCH):
        chunk = sorted(pks)[start : start + BATCH]
        sql = f"SELECT id, {shelf.text} FROM {shelf.table} WHERE id = ANY(%s) ORDER BY id"  # noqa: S608 - our own names
        renewed += _render(shelf, fetch(sql, (chunk,), lambda row: (int(row[0]), str(row[1]))))
    return renewed


def _place(shelf: Shelf) -> Renewal:
    place, _created = Renewal.objects.get_or_create(shelf=shelf.name, defaults={"version": RENDER_VERSION})
    looks_again = (
        bool(shelf.version) and place.done_at is not None and place.done_at < timezone.now() - LOOK_AGAIN
    )
    if place.version != RENDER_VERSION or looks_again:
        place.version, place.upto, place.done_at = RENDER_VERSION, 0, None
        place.save()
    return place


def _is_old(shelf: Shelf) -> str:
    return f"{shelf.version} < {RENDER_VERSION}" if shelf.version else f"{shelf.text} <> ''"


def _next(shelf: Shelf, upto: int) -> list[tuple[int, str]]:
    sql = (
        f"SELECT id, {shelf.text} FROM {shelf.table} WHERE id > %s AND {_is_old(shelf)} ORDER BY id LIMIT %s"  # noqa: S608 - our own names
    )
    return fetch(sql, (upto, BATCH), lambda row: (int(row[0]), str(row[1])))


def _render(shelf: Shelf, rows: list[tuple[int, str]]) -> int:
    """Render outside any transaction, since it takes its time; then write what is still the same text."""
    texts = [text for _pk, text in rows]
    pages = render_many(texts, processes=1, resolve=shelf.resolve, cards=shelf.cards)
    return _store(shelf, rows, [page.html for page in pages])


@transaction.atomic
def _store(shelf: Shelf, rows: list[tuple[int, str]], pages: list[str]) -> int:
    lock = f"SELECT id FROM {shelf.table} WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED"  # noqa: S608 - our own names
    free = fetch(lock, ([pk for pk, _text in rows],), lambda row: int(row[0]))
    version = f", {shelf.version} = {RENDER_VERSION}" if shelf.version else ""
    sql = (
        f"UPDATE {shelf.table} o SET {shelf.html} = v.html{version}"  # noqa: S608 - our own names
        " FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS v (id, text, html)"
        f" WHERE o.id = v.id AND o.id = ANY(%s) AND o.{shelf.text} = v.text RETURNING o.id"
    )
    ids, texts = [pk for pk, _text in rows], [text for _pk, text in rows]
    written = write(sql, (ids, texts, pages, free))
    # Pages that are kept for guests show the old text.
    transaction.on_commit(change_mark)
    return len(written)


def waiting(name: str) -> int:
    """Return how many texts of a shelf wait to be rendered again: counted, so only for whoever asks."""
    shelf = _shelves.get(name)
    if shelf is None:
        return 0
    place = Renewal.objects.filter(shelf=name, version=RENDER_VERSION).first()
    upto = 0 if place is None else place.upto
    if not shelf.version and place is not None and place.done_at is not None:
        return 0
    beyond = "" if shelf.version else f" AND id > {upto}"
    sql = f"SELECT count(*) FROM {shelf.table} WHERE {_is_old(shelf)}{beyond}"  # noqa: S608 - our own names
    return fetch_one(sql, (), lambda row: int(row[0])) or 0
