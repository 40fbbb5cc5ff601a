"""Reading notes, and whom somebody looks as."""

from django.utils import timezone

from community.members.models import Member
from community.moderation.models import SeeingAs, StaffNote
from community.moderation.permissions import can_note, can_see_as

SHOWN = 20


def notes_about(viewer: Member, member: Member | None) -> list[StaffNote]:
    """Return the newest notes about a member, for those of the team; nothing for others."""
    if member is None or not can_note(viewer):
        return []
    return list(StaffNote.objects.filter(member=member).select_related("author").order_by("-pk")[:SHOWN])


def member_seen_by(actor: Member, seeing_pk: int) -> Member | None:
    """Return whom `actor` looks as under this number, as long as it lasts and their role still allows it."""
    rows = SeeingAs.objects.filter(pk=seeing_pk, actor=actor, ended_at=None, ends_at__gt=timezone.now())
    seeing = rows.select_related("member").first()
    return seeing.member if seeing is not None and can_see_as(actor, seeing.member) else None
