"""Changing groups and who is in them."""

from community.members.groups.actions.asking import (
    answer_invitation,
    answer_request,
    ask_to_join,
    invite_member,
    withdraw_ask,
)
from community.members.groups.actions.automatic import open_automatic_groups
from community.members.groups.actions.joining import (
    add_to_group,
    join_group,
    leave_group,
    remove_from_group,
    set_owner,
)
from community.members.groups.actions.managing import change_group, create_group, delete_group
from community.members.groups.actions.syncing import (
    settle_domains,
    settle_group_domains,
    sync_groups_from_claims,
)

__all__ = [
    "add_to_group",
    "answer_invitation",
    "answer_request",
    "ask_to_join",
    "change_group",
    "create_group",
    "delete_group",
    "invite_member",
    "join_group",
    "leave_group",
    "open_automatic_groups",
    "remove_from_group",
    "set_owner",
    "settle_domains",
    "settle_group_domains",
    "sync_groups_from_claims",
    "withdraw_ask",
]
