"""Finding members by their names."""

from community.members.models import Member
from community.search.queries.prefixes import prefixes
from community.sql import PlannedAnew, fetch
from community.threads.queries.rows import AUTHOR, Author

# Found first and ordered then: walking back through everything ever said until enough members turn up is what Postgres
# would do instead, because it does not know that the words of posts are not the names of members.
_PEOPLE = """
WITH found AS MATERIALIZED (
  SELECT d.target_pk, d.created_at, d.title FROM search_searchdocument d WHERE d.kind = 'member' AND {condition}
)
SELECT {author} FROM (SELECT * FROM found d ORDER BY {order} LIMIT {limit} + 20) d
  JOIN members_member u ON u.id = d.target_pk AND u.is_active ORDER BY {order} LIMIT {limit}
"""
_BY_NAME = ("d.words @@ to_tsquery('porchlight', %s)", "d.created_at DESC")
_BY_LIKENESS = ("%s <%% d.title", "word_similarity(%s, d.title) DESC, d.created_at DESC")
PAGE = 20
# Weights of what everybody may read of a member; the remaining one is for members.
_PUBLIC = "ABC"


def search_members(text: str, *, viewer: Member | None = None, limit: int = PAGE) -> list[Author]:
    """Return the members whose name begins like `text`, or who say so of themselves; when there is none, whose name looks
    like it. What members may read of each other but the public may not is not found by guests either."""
    asked = prefixes(text, "" if viewer is not None else _PUBLIC)
    if not asked:
        return []
    found = fetch(_people_sql(_BY_NAME, limit), [asked], Author._make)
    alike = text.strip().lower()[:40]
    return found or fetch(_people_sql(_BY_LIKENESS, limit), [alike, alike, alike], Author._make)


def _people_sql(way: tuple[str, str], limit: int) -> PlannedAnew:
    return PlannedAnew(_PEOPLE.format(author=AUTHOR, condition=way[0], order=way[1], limit=int(limit)))
