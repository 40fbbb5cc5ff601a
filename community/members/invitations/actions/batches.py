"""Inviting a list of addresses: handed in at once, worked through in steps by the clock."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid
from community.members.invitations import limits
from community.members.invitations.actions.inviting import check_landing
from community.members.invitations.addresses import digest_of
from community.members.invitations.permissions import can_invite_into, can_invite_many
from community.members.invitations.verbs import BATCH_BEGUN
from community.members.models import (
    Group,
    Invitation,
    InvitationBatch,
    MailWanted,
    Member,
    UninvitedAddress,
)
from community.writing.lines import one_line


@transaction.atomic
def begin_batch(
    *, actor: Member, addresses: Sequence[str], group: Group | None = None, landing: str = "", message: str = "",
    is_dry_run: bool = True,
) -> InvitationBatch:  # fmt: skip
    """Hand in a list. It is worked through in the background; a dry run only says what would happen."""
    can_invite_many(actor).require()
    if group is not None:
        can_invite_into(actor, group).require()
    rows = [address.replace("\x00", "").strip()[:254] for address in addresses]
    while rows and not rows[-1]:
        rows.pop()
    if not rows or len(rows) > limits.MOST_ROWS:
        sentence = _("A list has between 1 and %(n)d rows.") % {"n": limits.MOST_ROWS}
        raise Invalid("batch_size", sentence, fields={"addresses": sentence})
    batch = InvitationBatch.objects.create(
        actor=actor,
        addresses=rows,
        row_count=len(rows),
        group=group,
        landing=check_landing(actor, landing),
        message=one_line(message)[: limits.MESSAGE_LENGTH],
        is_dry_run=is_dry_run,
    )
    record(BATCH_BEGUN, actor=actor, target=batch, payload={"rows": len(rows), "is_dry_run": is_dry_run})
    return batch


@transaction.atomic
def run_batch(*, actor: None) -> int:
    """Work through some rows of the oldest list that waits. Returns how many; zero when there is none."""
    unfinished = InvitationBatch.objects.exclude(state="done").order_by("pk")
    batch = (
        unfinished.select_for_update(skip_locked=True, of=("self",)).select_related("actor", "group").first()
    )
    if batch is None:
        return 0
    begin = batch.done_count
    rows = batch.addresses[begin : begin + limits.AT_ONCE]
    # Whoever may not invite lists any more invites nobody.
    may = batch.actor is not None and batch.actor.is_active and can_invite_many(batch.actor)
    good = _judge(batch, rows, begin) if may else []
    if not batch.is_dry_run:
        Invitation.objects.bulk_create(_invitation(batch, email) for email in good)
    batch.done_count += len(rows)
    batch.good_count += len(good)
    batch.bad_count += len(rows) - len(good)
    batch.state = "running"
    if batch.done_count >= batch.row_count:
        batch.state, batch.finished_at, batch.addresses = "done", timezone.now(), []
    batch.save()
    return len(rows)


def _judge(batch: InvitationBatch, rows: Sequence[str], begin: int) -> list[str]:
    """Return the addresses to invite, and note beside the list why the others are left out."""
    small = [row.casefold() for row in rows]
    before = {row.casefold() for row in batch.addresses[:begin]}
    members = _among(Member.objects.all(), small)
    standing = Invitation.objects.filter(
        use_count=0, revoked_at=None, declined_at=None, expires_at__gt=timezone.now()
    )
    invited = _among(standing.exclude(batch=batch), small)
    digests = {digest_of(row): row for row in small}
    declined = {
        digests[d] for d in UninvitedAddress.objects.filter(pk__in=digests).values_list("pk", flat=True)
    }
    good: list[str] = []
    for line, (row, key) in enumerate(zip(rows, small, strict=True), begin + 1):
        why = (
            "unreadable" if not _is_address(row)
            else "twice" if key in before
            else "member" if key in members
            else "invited" if key in invited
            else "declined" if key in declined
            else ""
        )  # fmt: skip
        before.add(key)
        if not why:
            good.append(row)
        elif len(batch.report) < limits.REPORTED:
            batch.report.append([line, row, why])
    return good


def _among(rows: "object", small: Sequence[str]) -> set[str]:
    found = rows.annotate(_small=Lower("email")).filter(_small__in=small)  # type: ignore[attr-defined]
    return set(found.values_list("_small", flat=True))


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _invitation(batch: InvitationBatch, email: str) -> Invitation:
    now = timezone.now()
    return Invitation(
        inviter=batch.actor,
        email=email,
        message=batch.message,
        group=batch.group,
        wants_group=batch.group is not None,
        landing=batch.landing,
        expires_at=now + limits.LASTS.span(),
        batch=batch,
        mail=MailWanted.QUEUED,
        mail_due_at=now,
    )
