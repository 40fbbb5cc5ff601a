"""Whom a right in a space may be given to, as short keys: `group:7`, `tier:gold`, `badge:host`, `trust:2` (that level and above), `team`.

Rights only add up: who holds any key of a list has the right, an empty list is nobody. Which keys a member holds is
defined once, in SQL, so that lists, permissions and counts cannot disagree. Upper features say what else there is
(`add_audience`): the tiers are theirs, the columns on the member are ours.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db.models.expressions import RawSQL
from django.utils.translation import gettext

from community.members.models import right_of
from community.sql import fetch, fetch_one, write

TEAM = "team"
HIGHEST_TRUST = 4

# The keys that the member `v` holds. Nobody of the team is that while suspended.
_HELD = """(ARRAY(SELECT 'group:' || g.group_id FROM members_groupmembership g WHERE g.member_id = {v}.id)
 || ARRAY(SELECT 'trust:' || n FROM generate_series(0, {v}.trust_level) n) || ARRAY['tier:' || {v}.tier]
 || {v}.audience_keys::text[]
 || CASE WHEN {v}.role IN ('moderator', 'manager', 'admin') AND COALESCE({v}.suspended_until <= now(), true)
    THEN ARRAY['team'] ELSE ARRAY[]::text[] END)"""


class Choice(NamedTuple):
    """One of those a right may be given to."""

    key: str
    words: str


_sources: dict[str, Callable[[], Iterable[Choice]]] = {}


def held(alias: str) -> str:
    """Return the SQL of the keys that a member holds; `alias` stands for their row in `members_member`."""
    return _HELD.format(v=alias)


def keys_held_by(member_pk: int) -> RawSQL:
    """Return the keys of one member as an expression for a queryset: read once per statement, and only if looked at."""
    return RawSQL(f"(SELECT {held('v')} FROM members_member v WHERE v.id = %s)", (member_pk,))  # noqa: S608, S611 - fixed text


def keys_of(member_pk: int) -> frozenset[str]:
    """Return the keys that a member holds now."""
    sql = f"SELECT {held('v')} FROM members_member v WHERE v.id = %s"  # noqa: S608 - fixed text
    return fetch_one(sql, (member_pk,), lambda row: frozenset(row[0])) or frozenset()


def add_audience(prefix: str, choices: Callable[[], Iterable[Choice]]) -> None:
    """Offer more to give rights to, with keys `<prefix>:…`; called from `AppConfig.ready()`."""
    _sources[prefix] = choices


def audience_choices() -> list[Choice]:
    """Return all that rights may be given to, with the words for it: groups, levels, what upper features add, the team."""
    groups = fetch("SELECT id, name FROM members_group WHERE rule = '' ORDER BY name LIMIT 500", (), tuple)
    found = [Choice(f"group:{pk}", gettext("Group: %(name)s") % {"name": name}) for pk, name in groups]
    found += [
        Choice(f"trust:{n}", gettext("Trust level %(n)s and above") % {"n": n})
        for n in range(1, HIGHEST_TRUST)
    ]
    # Nothing stands above the highest.
    found.append(Choice(f"trust:{HIGHEST_TRUST}", gettext("Trust level %(n)d") % {"n": HIGHEST_TRUST}))
    for source in _sources.values():
        found += source()
    return [*found, Choice(TEAM, gettext("The team"))]


def unknown_keys(keys: Iterable[str]) -> list[str]:
    """Return those of the keys that stand for nothing there is."""
    known = {choice.key for choice in audience_choices()}
    return sorted(set(keys) - known - {"trust:0"})


def plain_keys(keys: Iterable[str]) -> list[str]:
    """Return keys with those of automatic groups as what they stand for, so that nobody's rights hang on a row."""
    wanted = set(keys)
    groups = [int(key[6:]) for key in wanted if key.startswith("group:") and key[6:].isdecimal()]
    rows = fetch("SELECT id, rule FROM members_group WHERE id = ANY(%s) AND rule <> ''", (groups,), tuple)
    rules = {f"group:{pk}": right_of(rule) for pk, rule in rows}
    return sorted({rules.get(key, key) for key in wanted})


def rename_key(before: str, after: str) -> None:
    """Let a key that is called differently now open what it opened."""
    write(
        """UPDATE spaces_space SET see_for = array_replace(see_for, %s::varchar, %s::varchar),
          create_for = array_replace(create_for, %s::varchar, %s::varchar), reply_for = array_replace(reply_for, %s::varchar, %s::varchar)
        WHERE %s = ANY(see_for || create_for || reply_for) RETURNING id""",
        (before, after, before, after, before, after, before),
    )


def words_for(keys: Iterable[str]) -> list[str]:
    """Say for whom keys stand, in the order in which they are offered; what no longer exists is left out."""
    wanted = set(keys)
    return [choice.words for choice in audience_choices() if choice.key in wanted]


def reaches(keys: Iterable[str], others: Iterable[str]) -> bool:
    """Return whether everyone whom `keys` let in is let in by `others` too, as far as the keys alone can tell."""
    wide = set(others)
    least = min((int(key[6:]) for key in wide if key.startswith("trust:")), default=HIGHEST_TRUST + 1)
    return all(key in wide or (key.startswith("trust:") and int(key[6:]) >= least) for key in keys)
