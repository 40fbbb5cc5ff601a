"""What becomes of thanks, in one place: a row moves from the state that was asked for, or nothing happens."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict
from community.members.models import Member
from rewards.praise.models import Praise, State
from rewards.praise.verbs import PRAISE_STATE_CHANGED


@transaction.atomic
def move(actor: Member, praise: Praise, before: State, after: State, reason: str = "") -> Praise:
    """Move thanks from one state to another and write it down. Raises `Conflict` when they are in a third."""
    moment = None if after == State.VISIBLE else timezone.now()
    if Praise.objects.filter(pk=praise.pk, state=before).update(state=after, state_at=moment) != 1:
        raise Conflict("changed_meanwhile", _("Something else happened to it meanwhile. Look at it again."))
    praise.refresh_from_db(fields=["state", "state_at"])
    payload = {
        "author_id": praise.giver_id,
        "receiver_id": praise.receiver_id,
        "before": before.value,
        "after": after.value,
        "reason": reason,
    }
    record(PRAISE_STATE_CHANGED, actor=actor, target=praise, payload=payload)
    return praise
