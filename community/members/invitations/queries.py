"""Reading invitations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from community.errors import NotFound
from community.members.invitations.codes import link_of, read_code
from community.members.invitations.permissions import can_invite_many, can_revoke, standing
from community.members.invitations.places import name_of_place
from community.members.models import Invitation, InvitationBatch, InvitationUse, Member
from community.verdict import Verdict

SESSION_KEY = "invitation"
PAGE = 30


def get_invitation_by(code: str) -> Invitation:
    """Return the invitation of a code, in whatever state. Raises `NotFound` for what is no code."""
    pk = read_code(code)
    found = _rows().filter(pk=pk).first() if pk is not None else None
    if found is None:
        raise NotFound()
    return found


def invitation_of_session(session: Mapping[str, Any]) -> Invitation | None:
    """Return the invitation somebody opened in this browser, while it stands."""
    code = session.get(SESSION_KEY)
    try:
        found = get_invitation_by(code) if isinstance(code, str) else None
    except NotFound:
        return None
    return found if found is not None and standing(found) else None


def get_invitation_for(actor: Member, pk: int) -> Invitation:
    """Return an invitation that is `actor`'s to take back. Raises `NotFound` otherwise."""
    found = _rows().filter(pk=pk).first()
    if found is None or not (found.inviter_id == actor.pk or can_revoke(actor, found)):
        raise NotFound()
    return found


def _rows() -> QuerySet[Invitation, Invitation]:
    return Invitation.objects.select_related("inviter", "group")


def invitations_of(member: Member) -> QuerySet[Invitation, Invitation]:
    """Return what a member made."""
    return _rows().filter(inviter=member)


def all_invitations_for(actor: Member) -> QuerySet[Invitation, Invitation]:
    """Return everybody's invitations, for managers."""
    if not can_invite_many(actor):
        raise NotFound()
    return _rows()


def get_batch_for(actor: Member, pk: int) -> InvitationBatch:
    """Return a list of invitations, for managers. Raises `NotFound` otherwise."""
    found = InvitationBatch.objects.filter(pk=pk).first() if can_invite_many(actor) else None
    if found is None:
        raise NotFound()
    return found


@dataclass(frozen=True, slots=True)
class OwnInvitation:
    """One of somebody's own invitations, with what became of it."""

    invitation: Invitation
    verdict: Verdict
    guests: list[Member]

    @property
    def link(self) -> str:
        """The link to hand on; of a letter only its reader knows it."""
        return "" if self.invitation.email or not self.verdict else link_of(self.invitation.pk)

    @property
    def state(self) -> str:
        """What became of it, in a word or two."""
        if self.verdict:
            return str(_("Open"))
        return {
            "invitation_revoked": str(_("Taken back")),
            "invitation_declined": str(_("Declined")),
            "invitation_expired": str(_("Run out")),
            "invitation_used_up": str(_("Accepted")),
        }.get(self.verdict.code, str(_("No longer stands")))


def list_own(member: Member, *, after: str = "") -> tuple[list[OwnInvitation], str]:
    """Return some of a member's invitations, the latest first, and where to go on: by three statements."""
    rows = invitations_of(member).order_by("-pk")
    if after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    guests: dict[int, list[Member]] = {}
    # Of a link that hundreds used, the first are named.
    uses = InvitationUse.objects.filter(invitation__in=shown).select_related("member").order_by("pk")
    for use in uses[: PAGE * 10]:
        guests.setdefault(use.invitation_id, []).append(use.member)
    listed = [OwnInvitation(row, standing(row), guests.get(row.pk, [])) for row in shown]
    return listed, str(shown[-1].pk) if len(found) > PAGE else ""


def place_of(invitation: Invitation) -> str | None:
    """Return the name of where an invitation leads, as long as its inviter may see it."""
    if invitation.inviter is None or not invitation.landing:
        return None
    return name_of_place(invitation.inviter, invitation.landing)


_WHY = {
    "unreadable": _lazy("This is no e-mail address."),
    "twice": _lazy("This address stands here twice."),
    "member": _lazy("This address belongs to a member."),
    "invited": _lazy("This address has an invitation that still stands."),
    "declined": _lazy("Whoever reads this address wants no invitations."),
}


def left_out(batch: InvitationBatch) -> list[tuple[int, str, str]]:
    """Return the first rows of a list that were left out: line, what stood there, why."""
    return [(line, row, str(_WHY.get(why, why))) for line, row, why in batch.report]
