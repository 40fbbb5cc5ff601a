"""Where a handle leads that nobody has any more. Features above say so: those that let accounts become part of others."""

from collections.abc import Callable

# Given a handle, the handle of whom it leads to now, if anybody.
Find = Callable[[str], str | None]
_finders: list[Find] = []


def add_finder(find: Find) -> None:
    """Let a feature say where old handles lead. Called from its `AppConfig.ready()`."""
    if find not in _finders:
        _finders.append(find)


def handle_now(handle: str) -> str | None:
    """Return the handle that an old one leads to, or None."""
    return next((now for find in _finders if (now := find(handle)) is not None), None)
