"""Taking entries out of the log, which the log itself notes."""

from django.db import transaction

from community.activity.record import record
from community.members.models import Member
from community.moderation import limits
from community.moderation.log.queries import Narrowing
from community.moderation.permissions import can_read_log
from community.moderation.verbs import AUDIT_EXPORTED


@transaction.atomic
def export_log(*, actor: Member, narrowing: Narrowing, format: str) -> None:
    """Note that `actor` takes entries out. Raises `Refused` or `RateLimited`; then nothing may be sent."""
    can_read_log(actor).require()
    limits.EXPORT_LOG.spend(actor)
    payload = {"format": format, "narrowed": narrowing.as_text()}
    record(AUDIT_EXPORTED, actor=actor, target=actor, payload=payload)
