"""What a member wrote, whose questions it solved and how it was thanked, for the stream on their profile: one statement.

Who thanked whom is told to nobody but the two: others read how many thanked a post, and whom somebody thanked only
they themselves and the team see.
"""

import datetime as dt
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from markupsafe import Markup

from community.members.doings import RANKS, Asked, Doing, Source, Strand, add_source, numbers_before
from community.members.models import Member
from community.spaces.visibility import readable_spaces_by_name
from community.sql import fetch
from community.threads.plain import plain

EXCERPT = 180
# What was solved and thanked is looked for among so many of the newest posts of somebody.
LOOKED_AT = 2000


def _own_or_team(viewer: Member | None, member: Member) -> bool:
    return viewer is not None and (viewer.pk == member.pk or viewer.is_at_least("moderator"))


STARTED = Strand("started", 1, gettext_lazy("Threads"), icon="chat")
REPLIED = Strand("replied", 2, gettext_lazy("Replies written"), icon="reply")
SOLVED = Strand("solved", 3, gettext_lazy("Accepted answers"), icon="check", tone="ok")
THANKED = Strand("thanked", 4, gettext_lazy("Thanks received"), icon="heart", tone="gold")
GAVE = Strand("gave", 5, gettext_lazy("Thanks given"), icon="heart", may_see=_own_or_team)
STRANDS = (STARTED, REPLIED, SOLVED, THANKED, GAVE)

# Each part gives its strand's rank, when it was, the key of the row, the post and how many people; and is bounded itself,
# so that nothing is read that the page does not show.
_READABLE = "t.state IN ('visible', 'archived') AND t.space_id IN (SELECT space_id FROM readable)"
_NEWEST = """
newest AS MATERIALIZED (SELECT id, thread_id FROM threads_post
  WHERE author_id = %(member)s AND state = 'visible' ORDER BY id DESC LIMIT {looked_at})"""
_WROTE = """
SELECT {rank} AS rank, p.created_at AS moment, p.id AS key, p.id AS post_id, 1::bigint AS people
  FROM threads_post p JOIN threads_thread t ON t.id = p.thread_id AND {readable}
 WHERE p.author_id = %(member)s AND p.state = 'visible' AND p.position {positions}{bound}
 ORDER BY p.created_at DESC, p.id DESC LIMIT %(most)s"""
_SOLVED = """
SELECT {rank}, COALESCE(t.accepted_at, p.created_at), p.id, p.id, 1::bigint
  FROM newest n JOIN threads_thread t ON t.id = n.thread_id AND t.accepted_post_id = n.id AND {readable}
  JOIN threads_post p ON p.id = n.id
 WHERE t.author_id IS DISTINCT FROM %(member)s{bound}
 ORDER BY 2 DESC, 3 DESC LIMIT %(most)s"""
_THANKED = """
SELECT {rank}, max(r.created_at), n.id, n.id, count(DISTINCT r.member_id)
  FROM newest n JOIN threads_thread t ON t.id = n.thread_id AND {readable}
  JOIN threads_reaction r ON r.post_id = n.id AND r.kind IN ('helpful', 'thanks') AND r.member_id <> %(member)s
 GROUP BY n.id{bound}
 ORDER BY 2 DESC, 3 DESC LIMIT %(most)s"""
_GAVE = """
SELECT {rank}, r.created_at, r.id, p.id, 1::bigint
  FROM threads_reaction r JOIN threads_post p ON p.id = r.post_id AND p.state = 'visible'
  JOIN threads_thread t ON t.id = p.thread_id AND {readable}
 WHERE r.member_id = %(member)s AND r.kind IN ('helpful', 'thanks'){bound}
 ORDER BY r.created_at DESC, r.id DESC LIMIT %(most)s"""
# Of each strand: its part, and how the part is bounded by the mark of the page before.
_BY_POST = " AND p.created_at <= %(moment)s AND (p.created_at, p.id) < (%(moment)s, %(key{rank})s)"
_BY_PRESS = _BY_POST.replace("p.", "r.")
_PARTS: dict[str, tuple[str, str]] = {
    STARTED.name: (_WROTE.replace("{positions}", "= 1"), _BY_POST),
    REPLIED.name: (_WROTE.replace("{positions}", "> 1"), _BY_POST),
    SOLVED.name: (
        _SOLVED,
        " AND (COALESCE(t.accepted_at, p.created_at), p.id) < (%(moment)s, %(key{rank})s)",
    ),
    THANKED.name: (_THANKED, " HAVING (max(r.created_at), n.id) < (%(moment)s, %(key{rank})s)"),
    GAVE.name: (_GAVE, _BY_PRESS),
}
_DONE = """
WITH readable (space_id) AS MATERIALIZED ({spaces}),{newest}
done AS MATERIALIZED (
  SELECT * FROM ({parts}) AS parts (rank, moment, key, post_id, people) ORDER BY moment DESC, key * {ranks} + rank DESC LIMIT %(most)s)
SELECT d.rank, d.moment, d.key, p.id, p.position, t.title, t.kind, left(p.body_html, 700), s.slug, s.name, d.people
  FROM done d JOIN threads_post p ON p.id = d.post_id JOIN threads_thread t ON t.id = p.thread_id
  JOIN spaces_space s ON s.id = t.space_id
 ORDER BY d.moment DESC, d.key * {ranks} + d.rank DESC"""


class _Row(NamedTuple):
    rank: int
    moment: dt.datetime
    key: int
    pk: int
    position: int
    title: str
    kind: str
    html: str
    space_slug: str
    space_name: str
    people: int


def find_doings(asked: Asked) -> list[Doing]:
    """Return what the threads know of what a member did, as far as the viewer may read it."""
    spaces, values = readable_spaces_by_name(asked.viewer)
    wanted = [strand for strand in STRANDS if strand.name in asked.strands]
    looks_back = asked.strands & {SOLVED.name, THANKED.name}
    sql = _DONE.format(
        spaces=spaces,
        newest=_NEWEST.format(looked_at=LOOKED_AT) + "," if looks_back else "",
        parts=" UNION ALL ".join(f"({_part(strand, asked.before is not None)})" for strand in wanted),
        ranks=RANKS,
    )
    values = {**values, "member": asked.member.pk, "most": asked.most}
    for strand in wanted:
        bound = numbers_before(asked.before, strand.rank)
        if bound is not None:
            values |= {"moment": bound[0], f"key{strand.rank}": bound[1]}
    by_rank = {strand.rank: strand.name for strand in STRANDS}
    return [_doing(by_rank[row.rank], row) for row in fetch(sql, values, _Row._make)]


def _part(strand: Strand, is_bounded: bool) -> str:
    part, bound = _PARTS[strand.name]
    bound = bound.format(rank=strand.rank) if is_bounded else ""
    return part.format(rank=strand.rank, readable=_READABLE, bound=bound)


def _doing(strand: str, row: _Row) -> Doing:
    words = plain(row.html)
    return Doing(
        strand,
        row.moment,
        row.key * RANKS + row.rank,
        row.title,
        f"/p/{row.pk}/",
        _line(strand, row),
        words if len(words) <= EXCERPT else f"{words[: EXCERPT - 1].rstrip()}…",
        row.space_name,
        row.people,
    )


def _line(strand: str, row: _Row) -> Markup:
    place = Markup('<a href="/s/{}/">{}</a>').format(row.space_slug, row.space_name)
    if strand == STARTED.name:
        said = _("Question in %(space)s") if row.kind == "question" else _("Discussion in %(space)s")
    elif strand == REPLIED.name:
        said = _("Reply in %(space)s")
    elif strand == SOLVED.name:
        said = _("Answer accepted in %(space)s")
    elif strand == THANKED.name:
        thanks = ngettext("%(num)d person said thanks", "%(num)d people said thanks", row.people)
        return Markup.escape(thanks % {"num": row.people})
    else:
        said = _("Said thanks in %(space)s")
    return Markup.escape(said) % {"space": place}


def register() -> None:
    """Let the stream on profiles show what was written, solved and thanked."""
    add_source("threads", Source(find_doings, STRANDS))
