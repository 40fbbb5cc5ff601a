"""Reading watched words, and trying out what they would do."""

from dataclasses import dataclass

from community.errors import NotFound
from community.members.models import Member
from community.moderation.models import WatchedWord
from community.moderation.words.judging import changed
from community.moderation.words.matching import Finder, TooSlow
from community.moderation.words.memory import as_word
from community.moderation.words.permissions import can_watch_words
from community.spreadsheet import write_row

_COLUMNS = ("word", "action", "replacement", "is_regex", "in_title", "in_body", "in_profile", "in_names")
_MORE = ("is_case_sensitive", "note")


@dataclass(frozen=True, slots=True)
class Found:
    """A word that a text would set off."""

    word: WatchedWord
    written: str
    place: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a text would set off, and how it would be shown. Nothing is written."""

    found: list[Found]
    title: str
    body: str
    is_slow: bool = False


def get_word_for(actor: Member, pk: int) -> WatchedWord:
    """Return a watched word for someone who may change it. Raises `NotFound` otherwise."""
    word = WatchedWord.objects.filter(pk=pk).first() if can_watch_words(actor) else None
    if word is None:
        raise NotFound()
    return word


def try_words(actor: Member, *, title: str = "", body: str = "") -> Trial:
    """Return what a text would set off, by the list as it is now. Raises `Refused`."""
    can_watch_words(actor).require()
    rows = {row.pk: row for row in WatchedWord.objects.order_by("pk")}
    words = Finder(map(as_word, rows.values()))
    found: list[Found] = []
    shown = {"title": title, "body": body}
    try:
        for place, text in (("title", title), ("body", body)):
            hits = words.find(text, place)
            found += [Found(rows[hit.word.pk], text[hit.start : hit.end], place) for hit in hits]
            shown[place] = changed(text, hits, is_body=place == "body")
    except TooSlow:
        return Trial(found, title, body, is_slow=True)
    return Trial(found, shown["title"], shown["body"])


def export_words(actor: Member) -> str:
    """Return the list as a table that `import_words` reads. Raises `Refused`."""
    can_watch_words(actor).require()
    lines = [write_row((*_COLUMNS, *_MORE))]
    for row in WatchedWord.objects.order_by("action", "word", "pk"):
        cells = [getattr(row, name) for name in (*_COLUMNS, *_MORE)]
        lines.append(
            write_row(("yes" if cell else "no") if isinstance(cell, bool) else str(cell) for cell in cells)
        )
    return "".join(lines)
