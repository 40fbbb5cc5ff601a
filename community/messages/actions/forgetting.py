"""Taking someone who is being erased out of conversations, and their words where they chose so."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F

from community.members.models import Member
from community.messages.models import Message, Participation, Room, State
from community.messages.pictures import MESSAGE
from community.writing.actions import remove_attached

AT_A_TIME = 200


@transaction.atomic
def empty_messages(*, actor: Member | None, author_id: int) -> int:
    """Leave messages of an author without words, as deleted ones. Returns how many; 0 when none is left."""
    filled = Message.objects.filter(author_id=author_id).exclude(body_md="", body_html="", excerpt="")
    pks = list(filled.select_for_update().order_by("pk").values_list("pk", flat=True)[:AT_A_TIME])
    Message.objects.filter(pk__in=pks).update(
        body_md="", body_html="", excerpt="", state=State.DELETED, state_reason=""
    )
    return len(pks)


@transaction.atomic
def empty_deleted(*, actor: Member | None, pks: Collection[int]) -> int:
    """Take the words and pictures out of messages that were deleted long ago. Returns how many."""
    found = Message.objects.filter(pk__in=pks, state=State.DELETED).exclude(body_md="")
    gone = list(found.values_list("pk", flat=True))
    remove_attached(actor=actor, target_type=MESSAGE, target_pks=gone)
    return Message.objects.filter(pk__in=gone).update(body_md="", body_html="", excerpt="")


@transaction.atomic
def take_out(*, actor: Member | None, member_id: int) -> int:
    """End some participations of a member, with the number of people that a room shows. Returns how many."""
    rows = list(
        Participation.objects.select_for_update().filter(member_id=member_id).order_by("pk")[:AT_A_TIME]
    )
    here = [row.conversation_id for row in rows if row.left_at is None]
    Room.objects.filter(conversation__in=here, member_count__gt=0).update(member_count=F("member_count") - 1)
    Participation.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
