"""What can happen to invitations."""

from typing import TypedDict

from community.activity.registry import verb


class InvitationMade(TypedDict):
    """For how many, and whether by e-mail; the address is kept with the invitation alone."""

    uses: int
    by_mail: bool
    group_id: int | None


class InvitationAccepted(TypedDict):
    """Who came, and whose invitation it was."""

    member_id: int
    inviter_id: int | None
    name: str
    handle: str


class InvitationEnded(TypedDict):
    """Whose it was."""

    inviter_id: int | None


class BatchBegun(TypedDict):
    """How long the list is, and whether it is only looked through."""

    rows: int
    is_dry_run: bool


INVITATION_MADE = verb("invitation.made", InvitationMade, "Somebody made an invitation.")
INVITATION_ACCEPTED = verb(
    "invitation.accepted", InvitationAccepted, "Somebody joined, or entered a group, by an invitation."
)
INVITATION_REVOKED = verb("invitation.revoked", InvitationEnded, "An invitation was taken back.")
BATCH_BEGUN = verb("invitation.batch_begun", BatchBegun, "Staff handed in a list of addresses to invite.")
