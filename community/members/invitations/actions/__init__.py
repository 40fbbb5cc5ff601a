"""Inviting, coming, taking back."""

from community.members.invitations.actions.accepting import (
    accept_invitation,
    decline_invitation,
    grant_invitations,
)
from community.members.invitations.actions.batches import begin_batch, run_batch
from community.members.invitations.actions.inviting import invite_by_link, invite_by_mail, revoke_invitation

__all__ = [
    "accept_invitation",
    "begin_batch",
    "decline_invitation",
    "grant_invitations",
    "invite_by_link",
    "invite_by_mail",
    "revoke_invitation",
    "run_batch",
]
