"""One language's sentences: merged with what the code says, compiled, and held true."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale

from config.catalogues.extract import Sentence, sentences

Key = tuple[str | None, str]
_NAMED = re.compile(r"%\(\w+\)[-+ #0]*\d*(?:\.\d+)?[sdifr]|%%|(?<!%)%[sd]|\{\w*\}")
# Languages in which the team is spoken to as well. The others say everything members and guests read.
_WHOLE = frozenset({"de"})
# Files of which only the team reads what they say.
_STAFF = re.compile(
    r"(?:^|[/_])admin\w*(?:\.py|/)|^\w+/\w+/(?:\w+/)*(?:limits|retention)\.py$|/keeping/"
    r"|^community/(?:numbers|importing|integrations)/|^community/moderation/(?:desk/|members_desk/(?:forms|ladder)\.py)"
    r"|^templates/(?:django/admin/|community/integrations/(?:keys|embed_preview|webhooks/))"
    r"|^\w+/\w+/webhooks\.py$"
    r"|^rewards/points/(?:overview/|patterns\.py)"
    r"|^rewards/intake/(?!shipped|belongings)"
)
_MARKUP = re.compile(r"</?\w[^>]*>|&\w+;|`[^`]*`|https?://[\w./-]+")


def folder(root: Path, language: str) -> Path:
    """Return where a language's catalogue lies."""
    return root / "locale" / to_locale(language) / "LC_MESSAGES"


def languages(root: Path) -> list[str]:
    """Return the languages that have a catalogue, in the spelling of `LANGUAGES`."""
    found = sorted(path.parent.parent.name for path in (root / "locale").glob("*/LC_MESSAGES/django.po"))
    return [name.replace("_", "-").lower() for name in found]


def template(root: Path) -> Catalog:
    """Return everything the code says today, untranslated, each with the files that say it."""
    return _gather(sentences(root))


def _gather(said: Iterator[Sentence]) -> Catalog:
    gathered = Catalog(project="Porchlight", charset="utf-8")
    for sentence in said:
        words: str | tuple[str, ...] = (
            sentence.one if sentence.many is None else (sentence.one, sentence.many)
        )
        known = gathered.get(sentence.one, sentence.context)
        if known is not None and known.id != words and isinstance(known.id, tuple):
            # Said alone and counted: gettext finds the counted one for both.
            words = known.id
        # A line would change with every edit of its file.
        at = (sentence.file, 1)
        already = known is not None and at in known.locations
        gathered.add(words, context=sentence.context, locations=[] if already else [at], flags=_flags(words))
    return gathered


def _flags(words: str | tuple[str, ...]) -> list[str]:
    return ["python-format"] if "%(" in (words if isinstance(words, str) else words[1]) else []


def read(path: Path, language: str) -> Catalog:
    """Read a catalogue, or begin an empty one."""
    if not path.exists():
        return Catalog(locale=to_locale(language), project="Porchlight")
    with path.open("rb") as file:
        return read_po(file, locale=to_locale(language))


def renew(root: Path, language: str) -> int:
    """Bring a language's catalogue up to what the code says, and compile it. Return how much waits for words."""
    place = folder(root, language)
    catalogue, said = read(place / "django.po", language), template(root)
    said.creation_date = catalogue.creation_date
    catalogue.update(said, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    _head(catalogue)
    place.mkdir(parents=True, exist_ok=True)
    with (place / "django.po").open("wb") as file:
        write_po(file, catalogue, width=110, sort_by_file=True, include_lineno=False)
    compile_(place, language)
    return sum(
        1
        for message in catalogue
        if message.id and not _is_translated(message) and must_say(language, message)
    )


def _head(catalogue: Catalog) -> None:
    """Say no more at the top of the file than is true."""
    catalogue.version, catalogue.msgid_bugs_address = "1", ""
    catalogue.last_translator, catalogue.language_team = "", ""
    catalogue.revision_date = catalogue.creation_date
    catalogue.fuzzy = False


def compile_(place: Path, language: str) -> None:
    """Write the compiled catalogue beside its source. What has no words yet, or not all, stays English."""
    catalogue = read(place / "django.po", language)
    for message in [message for message in catalogue if message.id and not _is_translated(message)]:
        context, one = _key(message)
        catalogue.delete(one, context)
    with (place / "django.mo").open("wb") as file:
        write_mo(file, catalogue)


def faults(root: Path, language: str, said: Catalog | None = None) -> list[str]:
    """Say everything that keeps a language's catalogue from being true; empty when it is."""
    place = folder(root, language)
    catalogue, said = read(place / "django.po", language), said or template(root)
    here = {_key(message): message for message in catalogue if message.id}
    wanted = {_key(message): message for message in said if message.id}
    found = [f"not in the catalogue: {key[1]!r}" for key in wanted.keys() - here.keys()]
    found += [f"said nowhere any more: {key[1]!r}" for key in here.keys() - wanted.keys()]
    found += [f"kept though obsolete: {message.id!r}" for message in catalogue.obsolete.values()]
    for key, message in here.items():
        if key in wanted and wanted[key].id != message.id:
            found.append(f"counted otherwise in the code: {key[1]!r}")
        if not _is_begun(message) and key in wanted and not must_say(language, wanted[key]):
            continue
        found += [f"{fault}: {key[1]!r}" for fault in _faults_of(message, catalogue.num_plurals)]
    if not _is_compiled(place, catalogue):
        found.append("django.mo is not what django.po says")
    return sorted(found)


def must_say(language: str, sentence: Message) -> bool:
    """Whether a language has to have a sentence: what only the team reads may stay English in most of them."""
    return language in _WHOLE or not all(_STAFF.search(file) for file, _line in sentence.locations)


def _key(message: Message) -> Key:
    # Babel reads the context of a compiled sentence as bytes.
    context = message.context.decode() if isinstance(message.context, bytes) else message.context
    return context, message.id if isinstance(message.id, str) else message.id[0]


def _faults_of(message: Message, forms: int) -> Iterator[str]:
    if message.fuzzy:
        yield "marked fuzzy"
    if not _is_translated(message) or (message.pluralizable and len(_strings(message)) != forms):
        yield "not translated"
        return
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    for words in _strings(message):
        if not any(_holds(words, original) for original in ids):
            yield "placeholders or markup differ"
        if _edges(words) != _edges(ids[-1]):
            yield "begins or ends with other spaces"


def _is_translated(message: Message) -> bool:
    return all(_strings(message))


def _is_begun(message: Message) -> bool:
    return any(_strings(message))


def _strings(message: Message) -> tuple[str, ...]:
    string = message.string
    return (string,) if isinstance(string, str) else tuple(string or ("",))


def _holds(words: str, original: str) -> bool:
    return all(
        Counter(pattern.findall(words)) == Counter(pattern.findall(original)) for pattern in (_NAMED, _MARKUP)
    )


def _edges(words: str) -> tuple[str, str]:
    return words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]


def _is_compiled(place: Path, catalogue: Catalog) -> bool:
    path = place / "django.mo"
    if not path.exists():
        return False
    with path.open("rb") as file:
        return _said(read_mo(file)) == _said(catalogue)


def _said(catalogue: Catalog) -> dict[Key, tuple[str, ...]]:
    return {
        _key(message): _strings(message) for message in catalogue if message.id and _is_translated(message)
    }
