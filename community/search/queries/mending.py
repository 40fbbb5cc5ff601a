"""Slips of the finger: what was probably meant, and titles that come near."""

from typing import NamedTuple

from community.members.models import Member
from community.search.language import Reading, read
from community.spaces.visibility import readable_spaces
from community.sql import PlannedAnew, fetch
from community.threads.queries.rows import thread_path

# A word that no title uses, and the one most like it.
_MEND = """
SELECT w.word, (SELECT s.word FROM search_searchword s WHERE s.word %% w.word
                 ORDER BY similarity(s.word, w.word) DESC, s.word LIMIT 1)
  FROM unnest(%s::text[]) w(word)
 WHERE NOT EXISTS (SELECT 1 FROM search_searchword s WHERE s.word = w.word)
"""
# Words of titles that look like those that were typed, which may be slips themselves.
_ALIKE = """
SELECT DISTINCT s.word FROM unnest(%s::text[]) w(word),
       LATERAL (SELECT s.word FROM search_searchword s WHERE s.word %% w.word
                 ORDER BY similarity(s.word, w.word) DESC, s.word LIMIT 3) s
"""
# Titles are found by the letters they share with the whole question, and by any one of its words. Only so many are looked
# at closely: the best have several words, or nearly all letters.
_NEAR = """
SELECT t.id, t.title, t.accepted_post_id IS NOT NULL, s.name
  FROM (SELECT thread_id, max(score) AS score FROM (
          (SELECT d.thread_id, word_similarity(%s, d.title) AS score FROM search_searchdocument d
            WHERE d.kind = 'thread' AND %s <%% d.title AND d.space_id IN ({spaces}) LIMIT 200)
          UNION ALL
          (SELECT d.thread_id, ts_rank('{{0,0,0.1,1}}', d.words, to_tsquery('porchlight', %s))
             FROM (SELECT d.thread_id, d.words FROM search_searchdocument d
                    WHERE d.kind = 'thread' AND d.words @@ to_tsquery('porchlight', %s) AND d.space_id IN ({spaces})
                    ORDER BY d.created_at DESC, d.id DESC LIMIT 200) d)) x
         WHERE score > 0.05 GROUP BY thread_id) d
  JOIN threads_thread t ON t.id = d.thread_id AND t.state IN ('visible', 'archived') AND NOT t.id = ANY(%s::bigint[])
  JOIN spaces_space s ON s.id = t.space_id AND s.id IN ({spaces})
 ORDER BY d.score DESC, t.id DESC LIMIT 5
"""
_LONGEST = 80


class Suggestion(NamedTuple):
    """A thread offered beside what was asked for."""

    pk: int
    title: str
    is_solved: bool
    space_name: str

    @property
    def url(self) -> str:
        """The thread."""
        return thread_path(self.pk, self.title)


def mended(asked: Reading) -> Reading | None:
    """Return the question that was probably meant: each word that no title uses becomes the one most like it."""
    words = [term.text.lower() for term in asked.terms if term.is_plain]
    words = [word for word in words if word.isalnum() and 4 <= len(word) <= 30][:6]
    better = dict(fetch(_MEND, [words], lambda row: (row[0], row[1]))) if words else {}
    return read(asked.with_words(better.get)) if any(better.values()) else None


def near_titles(viewer: Member | None, asked: Reading, but: list[int]) -> list[Suggestion]:
    """Return at most five threads whose titles look like the words of a question, without those that were found."""
    words = " ".join(term.text for term in asked.terms if term.is_plain)[:_LONGEST]
    bare = ["".join(mark for mark in word if mark.isalnum()) for word in words.split()]
    bare = [word.lower() for word in bare if len(word) > 2][:6]
    if not bare:
        return []
    alike = fetch(_ALIKE, [bare], lambda row: str(row[0]))
    bare = list(dict.fromkeys([*bare, *(word for word in alike if word.isalnum())]))
    spaces, readable = readable_spaces(viewer)
    any_of = " | ".join(bare)
    params = [words, words, *readable, any_of, any_of, *readable, but, *readable]
    return fetch(PlannedAnew(_NEAR.format(spaces=spaces)), params, Suggestion._make)
