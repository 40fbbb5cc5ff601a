"""Adding, changing and removing watched words, one by one or as a list."""

import csv
import io
import re
import time
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.models import Member
from community.moderation.models import WatchedWord, WordAction
from community.moderation.verbs import WORD_ADDED, WORD_CHANGED, WORD_REMOVED
from community.moderation.words.expressions import check_expression
from community.moderation.words.folding import fold
from community.moderation.words.memory import forget
from community.moderation.words.permissions import can_watch_words
from community.spreadsheet import unguard

MOST = 2_000
LONGEST_LIST = 400_000
# Every expression is tried before it is kept; a list of slow ones must not hold a process. In seconds.
PATIENCE_FOR_LIST = 20.0
FLAGS = ("is_regex", "in_title", "in_body", "in_profile", "in_names", "is_case_sensitive")
FIELDS = ("word", "action", "replacement", *FLAGS, "note")
# Nothing that would end the link in Markdown and begin something else.
_LINK = re.compile(r"(?:https://|/)[^\s()<>\[\]\\]*")
_NEEDS_MORE = {WordAction.REPLACE, WordAction.LINK, WordAction.TAG}


@transaction.atomic
def add_word(*, actor: Member, word: str, action: str, **more: Any) -> WatchedWord:
    """Watch for a word; `more` are other fields of `WatchedWord`. Raises `Refused`, `Invalid`, or `Conflict` when it is watched already."""
    can_watch_words(actor).require()
    if WatchedWord.objects.count() >= MOST:
        raise Conflict("words_full", _("The list has room for %(n)d words.") % {"n": MOST})
    row = _checked(WatchedWord(), {"word": word, "action": action, **more})
    _save(actor, row)
    record(WORD_ADDED, actor=actor, target=row, payload=_said(row))
    return row


@transaction.atomic
def change_word(*, actor: Member, word: WatchedWord, changes: Mapping[str, Any]) -> WatchedWord:
    """Change a watched word. Raises like `add_word`."""
    can_watch_words(actor).require()
    fresh = WatchedWord.objects.select_for_update().get(pk=word.pk)
    before = {"word": fresh.word, "action": fresh.action, **_said(fresh)["after"]}
    _save(actor, _checked(fresh, changes))
    record(WORD_CHANGED, actor=actor, target=fresh, payload={**_said(fresh), "before": before})
    return fresh


@transaction.atomic
def remove_word(*, actor: Member, word: WatchedWord) -> None:
    """Watch for a word no more. Doing it twice changes nothing. Raises `Refused`."""
    can_watch_words(actor).require()
    if WatchedWord.objects.filter(pk=word.pk).delete()[0]:
        record(WORD_REMOVED, actor=actor, target=word, payload={"word": word.word, "action": word.action})
    transaction.on_commit(forget)


@transaction.atomic
def import_words(*, actor: Member, text: str, action: str) -> tuple[int, int]:
    """Add a list: a word in each line for `action`, or what `export_words` writes. Returns how many were added and how many were there.

    Raises `Refused`, or `Invalid` naming the line that cannot be used; then nothing changed.
    """
    can_watch_words(actor).require()
    if len(text) > LONGEST_LIST:
        raise _too_long()
    text = text.replace("\x00", "")
    added, known, until = 0, 0, time.monotonic() + PATIENCE_FOR_LIST
    for number, values in enumerate(_lines(text, action), start=1):
        if time.monotonic() > until:
            raise _too_long()
        if WatchedWord.objects.filter(
            word=values["word"], action=values["action"], is_regex=values["is_regex"]
        ).exists():
            known += 1
            continue
        try:
            add_word(actor=actor, **values)
        except (Invalid, Conflict) as error:
            sentence = _("Line %(n)d: %(why)s") % {"n": number, "why": error.message}
            raise Invalid("list_line", sentence, fields={"text": sentence}) from error
        added += 1
    return added, known


def _too_long() -> Invalid:
    sentence = _("This list is too long. Bring it in pieces.")
    return Invalid("list_long", sentence, fields={"text": sentence})


def check_word(values: Mapping[str, Any]) -> None:
    """Raise `Invalid` with the field that needs another look."""
    _checked(WatchedWord(), values)


def _lines(text: str, action: str) -> list[dict[str, Any]]:
    try:
        rows = [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]
    except csv.Error:
        # A quote that never ends, or a cell beyond measure: no table, but perhaps a list.
        rows = []
    if rows and [cell.strip() for cell in rows[0]][:2] == ["word", "action"]:
        names = [cell.strip() for cell in rows[0]]
        named = [dict(zip(names, row, strict=False)) for row in rows[1:]]
        return [_as_values({name: row[name] for name in FIELDS if name in row}) for row in named]
    plain = [line.strip() for line in text.splitlines() if line.strip()]
    return [{"word": line, "action": action, "is_regex": False} for line in plain]


def _as_values(row: dict[str, str]) -> dict[str, Any]:
    plain = {name: unguard(cell) for name, cell in row.items()}
    values: dict[str, Any] = {"word": "", "action": "", "is_regex": False, **plain}
    return values | {name: row[name].strip() == "yes" for name in FLAGS if name in row}


def _checked(row: WatchedWord, changes: Mapping[str, Any]) -> WatchedWord:
    unknown = set(changes) - set(FIELDS)
    if unknown:
        raise ValueError(f"not fields of a watched word: {sorted(unknown)}")
    for name, value in changes.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    if row.is_regex:
        check_expression(row.word, is_case_sensitive=row.is_case_sensitive)
    elif not any(letter.isalnum() for letter in fold(row.word)):
        raise _unusable("word", _("Write a word with letters or digits."))
    _check_replacement(row)
    if not (row.in_title or row.in_body or row.in_profile or row.in_names):
        raise _unusable("in_body", _("Choose at least one place in which it is watched for."))
    return row


def _check_replacement(row: WatchedWord) -> None:
    if row.action in _NEEDS_MORE and not row.replacement:
        raise _unusable("replacement", _("Say what comes in its place, where the link leads, or which tag."))
    if row.action == WordAction.LINK and not _LINK.fullmatch(row.replacement):
        raise _unusable(
            "replacement", _("A link begins with https:// or with / for a page of this community.")
        )
    if row.action == WordAction.TAG and not slugify(row.replacement, allow_unicode=True):
        raise _unusable("replacement", _("A tag needs letters."))


def _save(actor: Member, row: WatchedWord) -> None:
    row.changed_by, row.changed_at = actor, timezone.now()
    try:
        row.full_clean(exclude=["changed_by"], validate_unique=False, validate_constraints=False)
        with transaction.atomic():
            row.save()
    except ValidationError as error:
        fields = {name: str(found[0]) for name, found in error.message_dict.items()}
        raise Invalid("word_unusable", _("Some fields need another look."), fields=fields) from error
    except IntegrityError as error:
        raise Conflict("word_known", _("This word is on the list already.")) from error
    transaction.on_commit(forget)


def _said(row: WatchedWord) -> dict[str, Any]:
    return {
        "word": row.word,
        "action": row.action,
        "after": {name: getattr(row, name) for name in FIELDS if name not in ("word", "action")},
    }


def _unusable(field: str, sentence: str) -> Invalid:
    return Invalid("word_unusable", sentence, fields={field: sentence})
