"""What can happen to spaces."""

from typing import TypedDict

from community.activity.changes import Changed
from community.activity.registry import verb
from community.spaces.entering import verbs as _entering  # noqa: F401 - its verbs are of this app


class SpaceCreated(TypedDict):
    """Snapshot of a new space."""

    slug: str
    name: str
    access: str


class SpaceChanged(Changed):
    """Which fields changed, from what and to what; archiving and opening again are changes of `is_archived`."""


# Changes of a space after which some see it who did not, or no longer do who did.
CHANGES_SIGHT = frozenset({"access", "see_for"})


class SpaceMemberChanged(TypedDict):
    """Who was added to a space, given or relieved of its care, or removed."""

    member_id: int
    is_moderator: bool


class TagRenamed(TypedDict):
    """How a tag was written before and after; its slug stays."""

    slug: str
    before: str
    after: str


class TagMerged(TypedDict):
    """Which tag became part of which. Threads follow in batches."""

    slug: str
    into: str


class TagChanged(Changed):
    """What changed about a tag or a group of tags, from what and to what. `slug` is the tag's, or the group's name."""

    slug: str


class GroupLevelsChanged(TypedDict):
    """The levels of attention a group brings from now on, by address; and what they were and are."""

    name: str
    spaces: dict[str, str]
    tags: dict[str, str]
    before: dict[str, str]
    after: dict[str, str]


SPACE_CREATED = verb("space.created", SpaceCreated, "A space was opened.")
SPACE_CHANGED = verb("space.changed", SpaceChanged, "The settings of a space were changed.")
SPACE_MEMBER_ADDED = verb(
    "space.member_added",
    SpaceMemberChanged,
    "A member was added to a space, or began or ceased to be its moderator.",
)
SPACE_MEMBER_REMOVED = verb("space.member_removed", SpaceMemberChanged, "A member was removed from a space.")
TAG_RENAMED = verb("tag.renamed", TagRenamed, "The team changed how a tag is written.")
TAG_MERGED = verb("tag.merged", TagMerged, "The team merged one tag into another.")
TAG_CHANGED = verb("tag.changed", TagChanged, "The team changed the group, synonyms or use of a tag.")
TAG_GROUP_CHANGED = verb("tag_group.changed", TagChanged, "The team made or changed a group of tags.")
GROUP_LEVELS_CHANGED = verb(
    "group.levels_changed",
    GroupLevelsChanged,
    "A manager changed the levels of attention that a group brings.",
)
