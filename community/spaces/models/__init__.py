"""Spaces, their members and moderators, followers, and tags."""

from community.spaces.models.asking import FieldKind, SpaceField, SpaceTemplate
from community.spaces.models.attention import GroupLevel, Level, SpaceFollow, TagFollow
from community.spaces.models.entering import EntryAsk
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
    "EntryAsk",
    "FieldKind",
    "GroupLevel",
    "Kind",
    "Level",
    "Posting",
    "Space",
    "SpaceField",
    "SpaceFollow",
    "SpaceMembership",
    "SpaceQuerySet",
    "SpaceTemplate",
    "Tag",
    "TagFollow",
    "TagGroup",
    "TagSynonym",
]
