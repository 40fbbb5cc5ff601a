"""What a searcher may ask for. Anything else is as if it were not said."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote_plus

from django.http import QueryDict
from django.utils import timezone

from community.search.language import VALUES, Reading, phrase, read
from community.search.limits import LONGEST_QUERY
from community.search.moments import moment

TYPES = ("", "people")
# What the form of filters asks for beside words, in the order in which it is written into the question.
_FIELDS = ("space", "by", "tag", "kind", "status", "in", "has", "after", "before", "order")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, as the address says it."""

    text: str
    type: str = ""
    after: str = ""

    def address(self, **changes: str) -> str:
        """Return this question's address with something else chosen; the page begins anew."""
        wanted = {"q": self.text, "type": self.type, **changes}
        return "?" + "&".join(f"{name}={quote_plus(value)}" for name, value in wanted.items() if value)


def clean_text(text: str) -> str:
    """Return a question without what no database takes, and no longer than anyone types."""
    return text.replace("\x00", " ").strip()[:LONGEST_QUERY]


def read_question(data: QueryDict) -> Question:
    """Read a question from an address, without complaint."""
    type_ = data.get("type", "")
    return Question(
        text=clean_text(data.get("q", "")),
        type=type_ if type_ in TYPES else "",
        after=data.get("after", "")[:40],
    )


def composed(data: Mapping[str, str]) -> str | None:
    """Return the question that an address spells out field by field, or None when it does not.

    The form of filters does so, the search box of a thread (`within`), a box on the page of a thread (`thread`, when
    `in:thread` is typed into it), and addresses of older pages (`space`, `status`).
    """
    text = clean_text(data.get("q", ""))
    if "compose" in data:
        return write_question(data)
    thread = data.get("thread", "") or data.get("within", "")
    if _is_number(thread) and (data.get("within") or _in_thread(text)):
        rest = [term.text for term in read(text).terms if term.name != "thread" and not _in_thread(term.text)]
        return " ".join([f"thread:{thread}", *rest])
    reading = read(text)
    for name in ("space", "status"):
        if value := clean_text(data.get(name, ""))[:50]:
            reading = read(reading.choosing(name, _quoted(value)))
    return None if reading.text == read(text).text else reading.text


def write_question(data: Mapping[str, str]) -> str:
    """Write the question that the form of filters asks."""
    said = {name: clean_text(data.get(name, "")) for name in ("words", "phrase", "but", "thread", *_FIELDS)}
    parts = [said["words"], phrase(said["phrase"])]
    parts += [f"-{word}" for word in said["but"].replace('"', " ").replace("-", " ").split()]
    if _is_number(said["thread"]):
        parts.append(f"thread:{said['thread']}")
    parts += [f"{name}:{_quoted(said[name].lstrip('@#'))}" for name in _FIELDS if said[name].lstrip("@#")]
    return " ".join(part for part in parts if part)


def filter_fields(reading: Reading) -> dict[str, str]:
    """Return what the form of filters shows for a question; what it has no field for stays among the words."""
    fields = dict.fromkeys(("words", "phrase", "but", "thread", *_FIELDS), "")
    words: list[str] = []
    for term in reading.terms:
        if not term.name and term.text.startswith('"') and not fields["phrase"]:
            fields["phrase"] = term.text.strip('"')
        elif not term.name and term.text.startswith("-") and '"' not in term.text:
            fields["but"] = f"{fields['but']} {term.text[1:]}".strip()
        elif term.name and not term.without and not fields[term.name] and _fits(term.name, term.value):
            fields[term.name] = _as_day(term.value) if term.name in ("after", "before") else term.value
        else:
            words.append(term.text)
    return {**fields, "words": " ".join(words)}


def _fits(name: str, value: str) -> bool:
    if name in VALUES:
        return value in VALUES[name]
    return bool(_as_day(value)) if name in ("after", "before") else True


def _as_day(said: str) -> str:
    begin = moment(said, timezone.localtime())
    return begin.date().isoformat() if begin else ""


def _quoted(value: str) -> str:
    bare = value.replace('"', "")
    return f'"{bare}"' if any(mark.isspace() for mark in bare) else bare


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18


def _in_thread(text: str) -> bool:
    return any(term.name == "in" and term.value == "thread" for term in read(text).terms)
