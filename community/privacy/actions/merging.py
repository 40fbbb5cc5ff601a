"""Making two accounts of one person one."""

from django.apps import apps
from django.db import connection, transaction
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from community.privacy import limits
from community.privacy.erasing.identity import strip
from community.privacy.merging.moving import move_rows
from community.privacy.models import FormerHandle
from community.privacy.permissions import can_merge
from community.privacy.verbs import MEMBERS_MERGED
from community.threads.counters.truth import LAGGING, recount_rows
from community.writing.lines import one_line

_PATIENCE = "120s"


@transaction.atomic
def merge_members(*, actor: Member, source: Member, target: Member, reason: str) -> int:
    """Make `source` part of `target`: everything moves, points too, and its handle leads to `target` from now on.

    There is no way back. Returns how many rows moved. Raises `Refused`, or `Invalid` without a reason; then nothing changed.
    """
    can_merge(actor, source, target).require()
    reason = one_line(reason)[: limits.REASON_LENGTH]
    if not reason:
        sentence = _("Say why. The log keeps it.")
        raise Invalid("reason_missing", sentence, fields={"reason": sentence})
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [_PATIENCE])
    locked = Member.objects.get_queryset().select_for_update().filter(pk__in=[source.pk, target.pk])
    both = {member.pk: member for member in locked.order_by("pk")}
    gone, stays = both[source.pk], both[target.pk]
    # As they are now: somebody may have joined them the other way round, or given one a role, since the page was opened.
    can_merge(actor, gone, stays).require()
    handle = gone.handle
    addresses = apps.get_model("account.EmailAddress").objects.filter(user=gone)
    addresses.update(primary=False)
    moved = move_rows(gone, stays)
    gone.refresh_from_db()
    strip(gone)
    FormerHandle.objects.create(handle=handle, member=stays)
    for counter in LAGGING:
        recount_rows(counter, [gone.pk, stays.pk])
    facts = {"from_id": gone.pk, "into_id": stays.pk, "rows": moved, "reason": reason}
    record(MEMBERS_MERGED, actor=actor, target=stays, payload=facts)
    return moved
