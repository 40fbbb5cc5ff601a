"""What can happen to members."""

from typing import TypedDict

from community.activity.registry import verb


class MemberJoined(TypedDict):
    """Snapshot of a newcomer."""

    name: str
    handle: str


class AddressConfirmed(TypedDict):
    """Nothing more: the address itself is nobody else's business."""


class ProfileChanged(TypedDict):
    """Which fields changed, by name."""

    fields: list[str]


class MemberFollowed(TypedDict):
    """Who was followed."""

    followed_id: int


class RoleChanged(TypedDict):
    """The role before and after."""

    before: str
    after: str


MEMBER_JOINED = verb(
    "member.joined", MemberJoined, "An account was created and its e-mail confirmed or not required."
)
ADDRESS_CONFIRMED = verb(
    "member.address_confirmed",
    AddressConfirmed,
    "A member opened the link that shows an e-mail address to be theirs.",
)
PROFILE_CHANGED = verb("member.profile_changed", ProfileChanged, "A member changed their profile or choices.")
MEMBER_FOLLOWED = verb("member.followed", MemberFollowed, "A member began to follow another.")
ROLE_CHANGED = verb("member.role_changed", RoleChanged, "Staff changed what a member may do.")
