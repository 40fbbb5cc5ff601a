"""People, the groups they are in, and what ties them."""

from community.members.models.groups import Group, GroupMembership
from community.members.models.member import (
    HANDLE,
    Member,
    MemberManager,
    MemberQuerySet,
    MessagesFrom,
    Role,
    Theme,
    check_handle,
)
from community.members.models.ties import Block, ConsentRecord, Follow
from community.members.models.trust import TrustRecord, Visit

__all__ = [
    "HANDLE",
    "Block",
    "ConsentRecord",
    "Follow",
    "Group",
    "GroupMembership",
    "Member",
    "MemberManager",
    "MemberQuerySet",
    "MessagesFrom",
    "Role",
    "Theme",
    "TrustRecord",
    "Visit",
    "check_handle",
]
