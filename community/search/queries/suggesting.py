"""What is offered while one types: threads, members, spaces and tags, or how a filter that was begun may go on."""

from typing import NamedTuple

from community.members.models import Member
from community.search.language import NAMES, VALUES, read
from community.search.queries.mending import Suggestion
from community.search.queries.people import search_members
from community.search.queries.prefixes import prefixes
from community.spaces.visibility import readable_spaces
from community.sql import PlannedAnew, fetch
from community.threads.queries.attention import not_blocked
from community.threads.queries.rows import Author

# Planned each time: many threads have a word that begins with two letters, few have one that begins with six.
_THREADS = """
SELECT t.id, t.title, t.accepted_post_id IS NOT NULL, s.name
  FROM (SELECT d.id, d.thread_id, ts_rank(d.words, to_tsquery('porchlight', %s)) AS score
          FROM (SELECT d.id, d.thread_id, d.words FROM search_searchdocument d
                 WHERE d.words @@ to_tsquery('porchlight', %s) AND d.kind = 'thread' AND d.space_id IN ({spaces}){others}
                 ORDER BY d.created_at DESC, d.id DESC LIMIT 200) d
         ORDER BY score DESC, d.id DESC LIMIT 6) d
  JOIN threads_thread t ON t.id = d.thread_id AND t.state IN ('visible', 'archived')
  JOIN spaces_space s ON s.id = t.space_id AND s.id IN ({spaces})
 ORDER BY d.score DESC, d.id DESC
"""
# A tag is known to whoever may read a thread that carries it. Only the most used ones of a beginning are looked at.
_PLACES = """
(SELECT 'space', s.slug, s.name FROM spaces_space s
  WHERE NOT s.is_archived AND s.id IN ({spaces}) AND (s.name ILIKE %s OR s.name ILIKE %s OR s.slug ILIKE %s)
  ORDER BY s.position, s.name LIMIT {limit})
UNION ALL
(SELECT 'tag', g.slug, g.name FROM (SELECT slug, name FROM spaces_tag WHERE slug LIKE %s
   ORDER BY thread_count DESC, slug LIMIT 20) g
  WHERE EXISTS (SELECT 1 FROM threads_thread t WHERE t.tags @> ARRAY[g.slug]::varchar(40)[] AND t.state = 'visible'
                  AND t.space_id IN ({spaces})) LIMIT {limit})
"""
_FEW, _MORE = 3, 6


class Place(NamedTuple):
    """A space or a tag."""

    sort: str
    slug: str
    name: str

    @property
    def url(self) -> str:
        """Where its threads are listed."""
        return f"/s/{self.slug}/" if self.sort == "space" else f"/tags/{self.slug}/"


class Completion(NamedTuple):
    """How a filter that was begun may go on: the whole question then, and what is meant by it."""

    text: str
    filter: str
    label: str


class Offers(NamedTuple):
    """Everything that is offered for what has been typed so far."""

    threads: list[Suggestion]
    people: list[Author]
    places: list[Place]
    completions: list[Completion]


NOTHING = Offers([], [], [], [])


def suggest(viewer: Member | None, text: str) -> list[Suggestion]:
    """Return at most six threads for what has been typed so far."""
    asked = prefixes(text)
    if len(text.strip()) < 2 or not asked:
        return []
    spaces, readable = readable_spaces(viewer)
    others, me = not_blocked(viewer, "d.author_id")
    sql = PlannedAnew(_THREADS.format(spaces=spaces, others=others))
    return fetch(sql, [asked, asked, *readable, *me, *readable], Suggestion._make)


def offers(viewer: Member | None, text: str) -> Offers:
    """Return what is offered for what has been typed so far: three statements, or one while a filter is typed."""
    text = text.strip()
    before, _space, last = text.rpartition(" ")
    begun = _begun_filter(last)
    if begun:
        return NOTHING._replace(completions=_complete(viewer, before, *begun))
    words = " ".join(term.text for term in read(text).terms if term.is_plain)
    if len(words) < 2:
        return NOTHING
    return Offers(
        suggest(viewer, words), search_members(words, viewer=viewer, limit=_FEW), places(viewer, words), []
    )


def places(viewer: Member | None, text: str, limit: int = _FEW) -> list[Place]:
    """Return spaces and tags the viewer may know of whose names begin like `text`; spaces by any of their words."""
    bare = text.strip().replace("\\", "").replace("%", "").replace("_", "")[:40].lower()
    if not bare:
        return []
    spaces, readable = readable_spaces(viewer)
    sql = _PLACES.format(spaces=spaces, limit=limit)
    begins = f"{bare}%"
    params = [*readable, begins, f"% {begins}", begins, begins.replace(" ", "-"), *readable]
    return fetch(sql, params, Place._make)


def _begun_filter(last: str) -> tuple[str, str, str] | None:
    """Return how the last word opens a filter, its name, and what is typed of its value."""
    if last[:1] in ("@", "#") and len(last) > 1:
        return last[0], {"@": "by", "#": "space"}[last[0]], last[1:]
    opening, colon, value = last.partition(":")
    name = NAMES.get(opening.lower()) if colon else None
    return (f"{opening}:", name, value) if name else None


def _complete(viewer: Member | None, before: str, opening: str, name: str, value: str) -> list[Completion]:
    """Return how a filter may go on; nothing for those that are numbers and dates."""
    small = value.lower().lstrip("@#")
    if name == "by":
        found = (
            [(m.handle, m.name) for m in search_members(small, viewer=viewer, limit=_MORE)] if small else []
        )
    elif name in ("space", "tag"):
        found = [(place.slug, place.name) for place in places(viewer, small, _MORE) if place.sort == name]
    else:
        found = [(word, "") for word in VALUES.get(name, ()) if word.startswith(small) and word != "thread"]
    return [
        Completion(f"{before} {opening}{word}".strip(), f"{opening}{word}", label)
        for word, label in found
        if label or word != small
    ]
