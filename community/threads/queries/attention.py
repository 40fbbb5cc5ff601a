"""What a member attends to, as conditions of statements.

A thread's own level decides. Without one, the closest of its space and tags does: listening wins over muting.
"""

from typing import Any

from community.members.models import Member

Fragment = tuple[str, tuple[Any, ...]]

_LISTENS = "('watching', 'tracking')"
_MUTED = "('muted')"


def not_muted(member_id: int) -> Fragment:
    """Return the condition that a member has not muted a thread `t`, and neither its space nor a tag."""
    muted, listens = _near(_MUTED), _near(_LISTENS)
    sql = f"COALESCE({_OWN}, CASE WHEN {muted} AND NOT {listens} THEN 'muted' ELSE '' END) <> 'muted'"
    return sql, (member_id,) * 5


# Most members mute nothing. A statement whose lists begin with this asks that once, before it looks at any thread.
MUTING = """WITH muting AS MATERIALIZED (SELECT
  EXISTS (SELECT 1 FROM threads_threadfollow WHERE member_id = %s AND level = 'muted')
  OR EXISTS (SELECT 1 FROM spaces_spacefollow WHERE member_id = %s AND level = 'muted')
  OR EXISTS (SELECT 1 FROM spaces_tagfollow WHERE member_id = %s AND level = 'muted') AS any)"""


def muting(member_id: int) -> Fragment:
    """Return what a statement begins with that uses `not_muted_if_any`."""
    return MUTING, (member_id,) * 3


def not_muted_if_any(member_id: int) -> Fragment:
    """Return the condition of `not_muted` for a statement that begins with `muting`."""
    quiet, whose = not_muted(member_id)
    return f"(NOT (SELECT m.any FROM muting m) OR {quiet})", whose


def near_not_muted_if_any(member_id: int) -> Fragment:
    """Return the same of the space and the tags of a thread alone, for a statement that looks at its own level itself."""
    muted, listens = _near(_MUTED), _near(_LISTENS)
    return f"(NOT (SELECT m.any FROM muting m) OR NOT {muted} OR {listens})", (member_id,) * 4


def not_blocked(viewer: Member | None, author: str = "t.author_id") -> Fragment:
    """Return the condition, with its AND, that a reader neither blocks nor ignores an author; nothing for the many who do so to nobody.

    It keeps threads out of lists and search. What they open folds the posts instead.
    """
    if viewer is None or not viewer.block_count:
        return "", ()
    blocked = (
        "SELECT b.blocked_id FROM members_block b WHERE b.blocker_id = %s UNION ALL SELECT i.ignored_id"
        " FROM members_ignore i WHERE i.ignorer_id = %s AND (i.until IS NULL OR i.until > now())"
    )
    return f" AND COALESCE({author}, 0) <> ALL (ARRAY({blocked}))", (viewer.pk, viewer.pk)


def listened_to(member_id: int) -> Fragment:
    """Return the condition that a member watches or tracks a thread `t`, by itself, by its space or by a tag."""
    sql = f"COALESCE({_OWN}, CASE WHEN {_near(_LISTENS)} THEN 'tracking' ELSE '' END) IN {_LISTENS}"
    return sql, (member_id,) * 3


_OWN = "(SELECT f.level FROM threads_threadfollow f WHERE f.thread_id = t.id AND f.member_id = %s)"


def _near(levels: str) -> str:
    """Return the condition that the space or a tag of `t` is at one of the levels. The lists are read once a statement."""
    return (
        f"(t.space_id = ANY (ARRAY(SELECT space_id FROM spaces_spacefollow WHERE member_id = %s AND level IN {levels}))"
        " OR t.tags && ARRAY(SELECT g.slug FROM spaces_tagfollow h JOIN spaces_tag g ON g.id = h.tag_id"
        f" WHERE h.member_id = %s AND h.level IN {levels})::varchar[])"
    )
