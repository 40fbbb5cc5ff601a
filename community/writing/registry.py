"""What upper features lend to writing: who may see the things pictures are attached to, and whom a name means."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from community.writing.markdown import Mention, Resolver

if TYPE_CHECKING:
    from community.members.models import Member

VisibilityCheck = Callable[["Member | None", int], bool]

# By model label in small letters ("threads.post"). What is not named here is visible to the owner only.
visibility_checks: dict[str, VisibilityCheck] = {}

_resolvers: list[Resolver] = []


def use_resolver(resolve: Resolver) -> Resolver:
    """Let previews link names: called once by the feature that knows the members."""
    _resolvers[:] = [resolve]
    return resolve


def resolver() -> Resolver:
    """Return the resolver in use, or one that knows nobody."""
    return _resolvers[0] if _resolvers else _nobody


def _nobody(_handles: frozenset[str]) -> Mapping[str, Mention]:
    return {}
