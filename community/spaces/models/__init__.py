"""Spaces, their members and moderators, followers, and tags."""

from community.spaces.models.attention import GroupLevel, Level, SpaceFollow, TagFollow
from community.spaces.models.space import (
    GATHERED,
    ICONS,
    Access,
    Colour,
    Kind,
    Posting,
    Space,
    SpaceMembership,
    SpaceQuerySet,
)
from community.spaces.models.tags import Tag, TagGroup, TagSynonym

__all__ = [
    "GATHERED",
    "ICONS",
    "Access",
    "Colour",
    "GroupLevel",
    "Kind",
    "Level",
    "Posting",
    "Space",
    "SpaceFollow",
    "SpaceMembership",
    "SpaceQuerySet",
    "Tag",
    "TagFollow",
    "TagGroup",
    "TagSynonym",
]
