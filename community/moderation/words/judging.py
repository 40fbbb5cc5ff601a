"""What watched words do to a text."""

import re
from collections.abc import Iterable

from django.utils.text import slugify
from django.utils.translation import gettext as _

from community.errors import Invalid
from community.moderation.models import WordAction
from community.moderation.words.folding import fold
from community.moderation.words.matching import Finder, Hit, TooSlow
from community.moderation.words.memory import finder
from community.screening import Place, Writing
from community.threads.limits import TAGS_MAX

COVER = "■■■"
# By part of a text: what kind of place that is.
PLACES = {"title": "title", "body": "body", "name": "names", "bio_md": "profile", "location": "profile"}
# What Markdown would break on, or already is a link or code.
_UNTOUCHED = re.compile(r"\[[^\]\n]*\]\([^)\n]*\)|<?https?://[^\s>]+>?|`[^`\n]+`")
_CHANGES = (WordAction.CENSOR, WordAction.REPLACE, WordAction.LINK)


def screen_words(writing: Writing) -> None:
    """Look for watched words. Raises `Invalid` for one that may not be written here."""
    words = finder()
    if words.is_empty:
        return
    for name in list(writing.texts):
        place = PLACES.get(name, "body")
        text = writing.texts[name]
        try:
            hits = words.find(text, place)
            if hits:
                _act(writing, name, hits, _stood_there(words, writing.before.get(name, ""), place))
        except TooSlow:
            writing.hold("words_slow")


def changed(text: str, hits: Iterable[Hit], *, is_body: bool = True) -> str:
    """Return a text with every word covered, replaced or linked as wanted. Of two that overlap the first one counts."""
    kept = [match.span() for match in _UNTOUCHED.finditer(text)] if is_body else []
    pieces, at = [], 0
    for hit in hits:
        action = hit.word.action
        if action not in _CHANGES or hit.start < at:
            continue
        if action != WordAction.CENSOR and any(a < hit.end and hit.start < b for a, b in kept):
            continue
        if action == WordAction.LINK and not is_body:
            continue
        pieces += [text[at : hit.start], _instead(hit, text[hit.start : hit.end])]
        at = hit.end
    return "".join([*pieces, text[at:]])


def _instead(hit: Hit, written: str) -> str:
    if hit.word.action == WordAction.CENSOR:
        return COVER
    if hit.word.action == WordAction.REPLACE:
        return hit.word.replacement
    return f"[{written}]({hit.word.replacement})"


def _stood_there(words: Finder, before: str, place: str) -> set[int]:
    """Return the words that the text had before an edit: nobody is stopped for what stands there already."""
    return {hit.word.pk for hit in words.find(before, place)} if before else set()


def _act(writing: Writing, name: str, hits: list[Hit], known: set[int]) -> None:
    text = writing.texts[name]
    for hit in hits:
        written = text[hit.start : hit.end][:80]
        action = hit.word.action
        if action == WordAction.BLOCK and hit.word.pk not in known:
            raise blocked(name, written)
        if action == WordAction.HOLD and hit.word.pk not in known:
            # What cannot wait, such as a name, is refused.
            if writing.place in (Place.PROFILE, Place.PRAISE):
                raise blocked(name, written)
            if not any(fold(ground.facts.get("word", "")) == fold(written) for ground in writing.grounds):
                writing.hold("word", word=written)
        if action == WordAction.TAG and writing.place == Place.THREAD:
            slug = slugify(hit.word.replacement, allow_unicode=True)[:40]
            if slug and len(writing.tags) < TAGS_MAX():
                writing.tag(slug, hit.word.replacement[:40])
    # Thanks are plain text: a link would be shown as it is typed.
    is_body = PLACES.get(name, "body") == "body" and writing.place != Place.PRAISE
    writing.change(name, changed(text, hits, is_body=is_body))


def blocked(name: str, written: str) -> Invalid:
    """Return the refusal of a text that has a word which may not be written here."""
    sentence = _(
        "“%(word)s” may not be written here. Say it in other words; what you typed is kept. If you think this is a mistake, ask the team."
    ) % {"word": written}
    return Invalid("word_blocked", sentence, fields={name: sentence})
