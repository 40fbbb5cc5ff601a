"""Writing notes, beginning and ending to look as a member."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from community.moderation import limits
from community.moderation.models import SeeingAs, StaffNote
from community.moderation.models.notes import NOTE_LENGTH
from community.moderation.permissions import can_note, can_see_as
from community.moderation.verbs import MEMBER_NOTED, MEMBER_SEEN_AS, MEMBER_SEEN_AS_ENDED
from community.writing.lines import one_line
from community.writing.markdown import tidy


@transaction.atomic
def write_note(*, actor: Member, member: Member, body: str) -> StaffNote:
    """Write a note about `member` that only the team reads. Raises `Refused`, `RateLimited` or `Invalid`; then nothing changed."""
    can_note(actor).require()
    limits.WRITE_NOTE.spend(actor)
    body = tidy(body).strip()
    if not body or len(body) > NOTE_LENGTH:
        sentence = _("Write something, at most %(n)d characters.") % {"n": NOTE_LENGTH}
        raise Invalid("note_unusable", sentence, fields={"body": sentence})
    note = StaffNote.objects.create(member=member, author=actor, body=body)
    record(MEMBER_NOTED, actor=actor, target=note, payload={"member_id": member.pk})
    return note


@transaction.atomic
def begin_seeing_as(*, actor: Member, member: Member, reason: str) -> SeeingAs:
    """Begin to look at the site as `member`, for minutes, reading only. The member is told, the log keeps it.

    Raises `Refused`, `RateLimited` or `Invalid` without a reason; then nothing changed.
    """
    can_see_as(actor, member).require()
    limits.SEE_AS.spend(actor)
    reason = one_line(reason)[:300]
    if not reason:
        sentence = _("Say why. The log keeps it, and the member is told.")
        raise Invalid("reason_missing", sentence, fields={"reason": sentence})
    # One at a time, also of two presses at once.
    Member.objects.get_queryset().select_for_update(no_key=True).get(pk=actor.pk)
    end_seeing_as(actor=actor)
    minutes = limits.SEE_AS_FOR()
    until = timezone.now() + dt.timedelta(minutes=minutes)
    seeing = SeeingAs.objects.create(actor=actor, member=member, reason=reason, ends_at=until)
    payload = {"member_id": member.pk, "minutes": minutes, "reason": reason}
    record(MEMBER_SEEN_AS, actor=actor, target=seeing, payload=payload)
    return seeing


@transaction.atomic
def end_seeing_as(*, actor: Member) -> bool:
    """Be oneself again. Returns whether one was somebody else."""
    seeing = SeeingAs.objects.select_for_update(of=("self",)).filter(actor=actor, ended_at=None).first()
    if seeing is None:
        return False
    seeing.ended_at = min(timezone.now(), seeing.ends_at)
    seeing.save(update_fields=["ended_at"])
    minutes = int((seeing.ended_at - seeing.began_at).total_seconds() // 60)
    payload = {"member_id": seeing.member_id, "minutes": minutes, "reason": seeing.reason}
    record(MEMBER_SEEN_AS_ENDED, actor=actor, target=seeing, payload=payload)
    return True
