"""The condition of `Space.objects.visible_to` as SQL, for statements written by hand.

It is compiled from the queryset, so that visibility stays defined once; compiled once per kind of viewer,
because compiling costs more than running it.
"""

from functools import lru_cache
from typing import Any

from community.members.models import Member, Role
from community.spaces.models import Space

# Stands for the viewer's key while compiling; no member can have it.
_ANYONE = -1


def readable_spaces(viewer: Member | None) -> tuple[str, tuple[Any, ...]]:
    """Return `SELECT id FROM …` of the spaces a viewer may read, and its parameters."""
    if viewer is None:
        return _compile("")
    sql, params = _compile(viewer.acting_role)
    return sql, tuple(viewer.pk if value == _ANYONE else value for value in params)


def readable_spaces_by_name(viewer: Member | None) -> tuple[str, dict[str, Any]]:
    """Return the same for a statement whose parameters have names."""
    _sql, params = readable_spaces(viewer)
    sql, names = _named(viewer.acting_role if viewer is not None else "")
    return sql, dict(zip(names, params, strict=True))


@lru_cache(maxsize=len(Role) + 1)
def _compile(role: str) -> tuple[str, tuple[Any, ...]]:
    viewer = Member(pk=_ANYONE, role=role) if role else None
    sql, params = Space.objects.visible_to(viewer).order_by().values("pk").query.sql_with_params()
    return sql, tuple(params)


@lru_cache(maxsize=len(Role) + 1)
def _named(role: str) -> tuple[str, tuple[str, ...]]:
    sql, params = _compile(role)
    names = tuple(f"readable_{place}" for place in range(len(params)))
    return sql % tuple(f"%({name})s" for name in names), names
