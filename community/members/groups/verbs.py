"""What can happen to groups."""

from typing import TypedDict

from community.activity.changes import Changed
from community.activity.registry import verb


class GroupChanged(Changed):
    """Which settings were set or changed, from what and to what."""

    name: str


class GroupGone(TypedDict):
    """What it was called."""

    name: str


class GroupPeople(TypedDict):
    """Who came into a group or left it, and how: joined, hand, request, invitation, domain or claim."""

    member_id: int
    group: str
    source: str


class GroupLeft(GroupPeople):
    """Who left it, how they had come, and whether they looked after it."""

    was_owner: bool


class GroupAsked(TypedDict):
    """A request or an invitation, and to whom it matters."""

    member_id: int
    group_id: int
    group: str
    words: str


class GroupAnswered(TypedDict):
    """What came of a request or an invitation."""

    member_id: int
    group_id: int
    group: str
    accepted: bool


class GroupOwner(TypedDict):
    """Whether somebody looks after the group from now on."""

    member_id: int
    group: str
    before: bool
    after: bool


GROUP_CREATED = verb("group.created", GroupChanged, "A group was created.")
GROUP_CHANGED = verb("group.changed", GroupChanged, "Settings of a group were changed.")
GROUP_DELETED = verb("group.deleted", GroupGone, "A group was deleted.")
GROUP_JOINED = verb("group.joined", GroupPeople, "A member came into a group.")
GROUP_LEFT = verb("group.left", GroupLeft, "A member left a group or was taken out of it.")
GROUP_ASKED = verb("group.asked", GroupAsked, "A member asked to join a group.")
GROUP_ANSWERED = verb("group.answered", GroupAnswered, "A request to join a group was answered or withdrawn.")
GROUP_INVITED = verb("group.invited", GroupAsked, "A member was invited into a group.")
GROUP_OWNER_CHANGED = verb(
    "group.owner_changed", GroupOwner, "A member became an owner of a group, or no longer is."
)
