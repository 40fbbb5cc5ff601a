"""Taking the words out of what the log says about things of a member. That it happened, when, and its numbers stay."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection

from community.belongings import Leaving

# Values of these are words of our own: names of kinds, states and rules.
MACHINE = frozenset(
    {
        "kind",
        "thread_kind",
        "state",
        "decision",
        "change",
        "level",
        "rule",
        "badge",
        "slug",
        "key",
        "access",
        "tags",
        "until",
    }
)
# What others still read as long as the posts stay.
SHOWN = frozenset({"title", "thread_title", "excerpt", "question", "before", "after"})

_HAPPENED = """
SELECT id, payload::text FROM activity_activity WHERE target_type = %s AND target_pk = ANY(%s)
"""
_OF_LOG = "SELECT id, payload::text FROM activity_activity WHERE id = ANY(%s)"
_WRITE = "UPDATE activity_activity SET payload = %s::jsonb WHERE id = %s"
_AUDIT = """
UPDATE moderation_auditentry SET reason = '', after = '{}', before = '{}' WHERE activity_id = ANY(%s)
   AND (reason <> '' OR after <> '{}' OR before <> '{}')
"""


def quieten(label: str, pks: list[Any], leaving: Leaving) -> None:
    """Empty the words of what happened to these rows, in the log and in what the team wrote down of it."""
    numbers = [pk for pk in pks if isinstance(pk, int)]
    if not numbers:
        return
    if label == "activity.activity":
        _empty(_OF_LOG, [numbers], leaving, audited=False)
    else:
        # What the team did to posts that stay is still to be understood.
        stays = label.startswith(("threads.", "conversations.")) and not leaving.deletes_posts
        _empty(_HAPPENED, [label, numbers], leaving, audited=not stays)


def quieten_titles(thread_ids: Iterable[int], leaving: Leaving) -> None:
    """Empty the title of threads in what happened to the posts of others in them."""
    sql = (
        "SELECT a.id, a.payload::text FROM threads_post p JOIN activity_activity a"
        " ON a.target_type = 'threads.post' AND a.target_pk = p.id WHERE p.thread_id = ANY(%s)"
    )
    _empty(sql, [list(thread_ids)], leaving, audited=False, only=frozenset({"thread_title"}))


def _empty(
    sql: str, params: list[Any], leaving: Leaving, *, audited: bool, only: frozenset[str] | None = None
) -> None:
    kept = MACHINE if leaving.deletes_posts else MACHINE | SHOWN
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall()
        for pk, text in found:
            payload = json.loads(text)
            for key, value in payload.items():
                if isinstance(value, str) and value and key not in kept and (only is None or key in only):
                    payload[key] = ""
            if (new := json.dumps(payload)) != text:
                cursor.execute(_WRITE, [new, pk])
        if audited and found:
            # The log of the team lets itself be changed by this alone (see its migrations).
            cursor.execute("SELECT set_config('porchlight.upkeep', 'erasure', true)")
            cursor.execute(_AUDIT, [[pk for pk, _text in found]])
            cursor.execute("SELECT set_config('porchlight.upkeep', '', true)")
