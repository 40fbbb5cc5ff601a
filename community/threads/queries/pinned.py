"""Pinned threads as conditions of lists: on top of their space or of every list, unless their reader put them away."""

from community.members.models import Member
from community.spaces.visibility import readable_spaces
from community.threads.queries.attention import Fragment

_ASIDE = "EXISTS (SELECT 1 FROM threads_pinaside a WHERE a.thread_id = t.id AND a.member_id = %s)"
_EVERYWHERE = "EXISTS (SELECT 1 FROM threads_steering g WHERE g.thread_id = t.id AND g.is_everywhere)"


def pinned_threads(viewer: Member | None, space_id: int | None) -> Fragment:
    """Return the statement that finds what stands on top of a space, or without one of the list of all."""
    aside, me = (f" AND NOT {_ASIDE}", (viewer.pk,)) if viewer is not None else ("", ())
    if space_id is not None:
        sql = "SELECT t.*, 1 AS first, '' AS why FROM threads_thread t WHERE t.space_id = %s"
        return f"{sql} AND t.pinned_at IS NOT NULL AND t.state = 'visible'{aside}", (space_id, *me)
    spaces, readable = readable_spaces(viewer)
    sql = f"""SELECT t.*, 1 AS first, '' AS why FROM threads_steering g JOIN threads_thread t ON t.id = g.thread_id
      WHERE g.is_everywhere AND t.pinned_at IS NOT NULL AND t.state = 'visible' AND t.space_id IN ({spaces}){aside}"""
    return sql, (*readable, *me)


def takes_its_turn(viewer: Member | None, space_id: int | None) -> Fragment:
    """Return the condition, with its AND, that a thread `t` stands where its time puts it: asked of pinned ones alone."""
    elsewhere, given = (
        ("t.space_id <> %s", (space_id,)) if space_id is not None else (f"NOT {_EVERYWHERE}", ())
    )
    turn = f"t.pinned_at IS NULL OR {elsewhere}"
    if viewer is None:
        return f" AND ({turn})", given
    return f" AND ({turn} OR {_ASIDE})", (*given, viewer.pk)
