"""Spaces, their members and moderators, followers, and tags."""

from community.spaces.models.attention import Level, SpaceFollow, TagFollow
from community.spaces.models.space import Access, Kind, Posting, Space, SpaceMembership, SpaceQuerySet
from community.spaces.models.tags import Tag, TagGroup, TagSynonym

__all__ = [
    "Access",
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
