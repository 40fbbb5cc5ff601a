"""What the filters of a question mean for whoever asks: conditions, chips to take them off by, and what was not understood.

A name that a viewer may not know of is treated as one that nobody has.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from community.members.models import Member
from community.search.language import VALUES, Reading, Term
from community.search.moments import moment
from community.spaces.visibility import readable_spaces
from community.sql import fetch

_BOOKMARKED = """ AND (d.kind, d.target_pk) IN (
  SELECT CASE WHEN p.position = 1 THEN 'thread' ELSE 'reply' END, CASE WHEN p.position = 1 THEN p.thread_id ELSE p.id END
    FROM threads_bookmark b JOIN threads_post p ON p.id = b.post_id WHERE b.member_id = %s)"""
# A word that became a synonym means its tag; threads that still carry the word are found by it.
_MEANT = """(%s::varchar(40)[] || ARRAY(SELECT g.slug FROM spaces_tagsynonym y JOIN spaces_tag g ON g.id = y.tag_id
  WHERE y.slug = ANY(%s::varchar(40)[])))"""
_STATUS = {
    "solved": " AND t.accepted_post_id IS NOT NULL",
    "unsolved": " AND t.kind = 'question' AND t.accepted_post_id IS NULL",
    "unanswered": " AND t.kind = 'question' AND t.accepted_post_id IS NULL AND t.reply_count = 0",
    "open": " AND NOT t.is_locked",
    "closed": " AND t.is_locked",
}
# Names of all three sorts in one statement: sort, what was asked for, key, what it is called.
_NAMES = """
SELECT 'by', lower(m.handle), m.id, m.name FROM members_member m WHERE lower(m.handle) = ANY(%s) AND m.is_active
UNION ALL
SELECT 'space', s.slug, s.id, s.name FROM spaces_space s WHERE lower(s.slug) = ANY(%s) AND s.id IN ({spaces})
UNION ALL
SELECT 'thread', t.id::text, t.id, t.title FROM threads_thread t
 WHERE t.id = ANY(%s::bigint[]) AND t.state IN ('visible', 'archived') AND t.space_id IN ({spaces})
"""


class Chip(NamedTuple):
    """A filter that was understood. `text` is the question without it."""

    label: str
    text: str


@dataclass(slots=True)
class Narrowed:
    """A question as one viewer may ask it."""

    reading: Reading
    filters: str = ""
    values: list[Any] = field(default_factory=list)
    order: str = ""
    thread: int | None = None
    chips: list[Chip] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_hopeless: bool = False

    @property
    def words(self) -> str:
        """What is looked for in texts, with filters that name nobody."""
        return self.reading.words

    def add(self, condition: str, *values: Any) -> None:
        """Ask for one thing more."""
        self.filters += condition
        self.values += values


Names = dict[tuple[str, str], tuple[int, str]]


def narrow(viewer: Member | None, reading: Reading, now: dt.datetime | None = None) -> Narrowed:
    """Return what a question means for `viewer`. A question without filters costs no statement."""
    filters = reading.filters
    if not filters:
        return Narrowed(reading)
    names = _names(viewer, filters)
    # A mention or a hash that names nobody is more likely a word: "@media", "#1".
    strangers = tuple(term for term in filters if term.short and (term.name, term.value) not in names)
    found = Narrowed(reading.as_words(strangers))
    for term in strangers:
        found.notes.append(
            _("There is nobody and no space called “%(name)s”, so we looked for it as a word.")
            % {"name": term.text}
        )
    for name, understand in _FILTERS.items():
        terms = [term for term in found.reading.filters if term.name == name]
        if terms:
            understand(found, terms, _Asking(viewer, names, now or timezone.localtime()))
    return found


class _Asking(NamedTuple):
    """Who asks, the names they may know, and when."""

    viewer: Member | None
    names: Names
    now: dt.datetime


def _names(viewer: Member | None, filters: list[Term]) -> Names:
    said = {
        name: [term.value.lstrip("@#") for term in filters if term.name == name]
        for name in ("by", "space", "thread")
    }
    threads = [
        int(value) for value in said["thread"] if value.isascii() and value.isdigit() and len(value) < 18
    ]
    if not (said["by"] or said["space"] or threads):
        return {}
    spaces, readable = readable_spaces(viewer)
    rows = fetch(
        _NAMES.format(spaces=spaces), [said["by"], said["space"], *readable, threads, *readable], tuple
    )
    return {(sort, asked.lower()): (key, name) for sort, asked, key, name in rows}


def _understood(found: Narrowed, term: Term, label: str) -> None:
    label = _("Not: %(filter)s") % {"filter": label} if term.without else label
    found.chips.append(Chip(label, found.reading.without(term)))


def _named(found: Narrowed, terms: list[Term], asking: _Asking, column: str, labels: tuple[str, str]) -> None:
    """Members or spaces: any of those asked for, none of those ruled out."""
    label, nobody = labels
    wanted: list[int] = []
    for term in terms:
        key, name = asking.names.get((term.name, term.value.lstrip("@#")), (0, ""))
        if not key:
            found.notes.append(nobody % {"name": term.value})
            found.is_hopeless = found.is_hopeless or not term.without
            _understood(found, term, term.text)
            continue
        _understood(found, term, label % {"name": name})
        if term.without:
            found.add(f" AND {column} IS DISTINCT FROM %s", key)
        else:
            wanted.append(key)
    if wanted:
        found.add(f" AND {column} = ANY(%s::bigint[])", wanted)


def _by(found: Narrowed, terms: list[Term], asking: _Asking) -> None:
    labels = (_("By %(name)s"), _("There is no member called “%(name)s”."))
    _named(found, terms, asking, "d.author_id", labels)


def _space(found: Narrowed, terms: list[Term], asking: _Asking) -> None:
    labels = (_("In %(name)s"), _("There is no space called “%(name)s”."))
    _named(found, terms, asking, "d.space_id", labels)


def _thread(found: Narrowed, terms: list[Term], asking: _Asking) -> None:
    term = terms[-1]
    key, title = asking.names.get(("thread", term.value), (0, ""))
    if key:
        found.thread = key
        found.add(" AND d.thread_id = %s", key)
        _understood(found, term, _("In “%(title)s”") % {"title": title})
    else:
        found.is_hopeless = True
        found.notes.append(_("There is no such thread."))
        _understood(found, term, term.text)


def _tag(found: Narrowed, terms: list[Term], asking: _Asking) -> None:
    for term in terms:
        slugs = [slugify(part, allow_unicode=True)[:40] for part in term.value.split(",")]
        slugs = [slug for slug in slugs if slug]
        turned = "NOT " if term.without else ""
        found.add(f" AND {turned}t.tags && {_MEANT}", slugs, slugs)
        words = _(" or ").join(slug.replace("-", " ") for slug in slugs)
        _understood(found, term, _("Tag: %(tag)s") % {"tag": words})


def _when(found: Narrowed, terms: list[Term], asking: _Asking) -> None:
    for term in terms:
        begin = moment(term.value, asking.now)
        if begin is None:
            note = _("“%(filter)s” was left out: write a date like 2026-03-14, or 7d, 2w, 3m, 1y.")
            found.notes.append(note % {"filter": term.text})
            continue
        day = {"day": date_format(begin, "j F Y")}
        if term.name == "before":
            found.add(" AND d.created_at < %s", begin)
            _understood(found, term, _("Before %(day)s") % day)
        else:
            found.add(" AND d.created_at >= %s", begin)
            _understood(found, term, _("Since %(day)s") % day)


def _chosen(found: Narrowed, terms: list[Term], asking: _Asking) -> None:
    """Filters that say one of a few things."""
    for term in terms:
        if term.value not in VALUES[term.name]:
            note = _("“%(filter)s” was left out: after “%(name)s:” comes one of %(values)s.")
            values = ", ".join(VALUES[term.name])
            found.notes.append(note % {"filter": term.text, "name": term.name, "values": values})
            continue
        _understood(found, term, choice_label(term.name, term.value))
        if term.name == "status":
            found.add(_STATUS[term.value])
        elif term.name == "kind":
            found.add(" AND t.kind = %s", term.value)
        elif term.name == "has":
            found.add(" AND d.has_picture")
        else:
            found.order = term.value


def _in(found: Narrowed, terms: list[Term], asking: _Asking) -> None:
    for term in terms:
        if term.value not in VALUES["in"]:
            _chosen(found, [term], asking)
            continue
        _understood(found, term, choice_label("in", term.value))
        if term.value == "title":
            # The index finds the words anywhere; what stands in the title is looked at for those.
            found.add(" AND d.kind = 'thread'")
            if found.words:
                found.add(
                    " AND ts_filter(d.words, '{a}') @@ websearch_to_tsquery('porchlight', %s)", found.words
                )
        elif term.value == "thread":
            found.is_hopeless = True
            found.notes.append(_("“in:thread” works on the page of a thread."))
        elif asking.viewer is None:
            found.is_hopeless = True
            found.notes.append(_("Sign in to look through what is yours."))
        elif term.value == "mine":
            found.add(" AND d.author_id = %s", asking.viewer.pk)
        else:
            found.add(_BOOKMARKED, asking.viewer.pk)


# In the order in which their chips stand.
_FILTERS: dict[str, Callable[[Narrowed, list[Term], _Asking], None]] = {
    "thread": _thread,
    "space": _space,
    "in": _in,
    "by": _by,
    "tag": _tag,
    "kind": _chosen,
    "status": _chosen,
    "has": _chosen,
    "after": _when,
    "before": _when,
    "order": _chosen,
}


def choice_label(name: str, value: str) -> str:
    """Return what one of the few values of a filter is called."""
    labels = {
        ("in", "title"): _("In titles"),
        ("in", "mine"): _("What I wrote"),
        ("in", "bookmarks"): _("What I keep"),
        ("in", "thread"): _("In this thread"),
        ("status", "solved"): _("Answered"),
        ("status", "unsolved"): _("Not answered yet"),
        ("status", "unanswered"): _("No reply yet"),
        ("status", "open"): _("Not closed"),
        ("status", "closed"): _("Closed"),
        ("kind", "question"): _("Questions"),
        ("kind", "discussion"): _("Discussions"),
        ("kind", "idea"): _("Ideas"),
        ("kind", "article"): _("Articles"),
        ("kind", "showcase"): _("Showcases"),
        ("has", "picture"): _("With a picture"),
        ("order", "latest"): _("Newest first"),
        ("order", "oldest"): _("Oldest first"),
        ("order", "likes"): _("Most appreciated first"),
    }
    return labels[name, value]
