"""Reasons written once and used often."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.models import Member
from community.moderation.actions.penalties import check_reason
from community.moderation.case_kinds import all_case_kinds
from community.moderation.models import CannedReason
from community.moderation.permissions import can_can_reasons
from community.moderation.verbs import CANNED_REASON_CHANGED

LONGEST_TITLE = 60


@transaction.atomic
def save_canned_reason(
    *,
    actor: Member,
    reason: CannedReason | None = None,
    title: str,
    text: str,
    kind: str = "",
    decision: str = "",
    position: int = 0,
) -> CannedReason:
    """Write a reason for the team to insert, or change one. Raises `Refused`, `Invalid` or `Conflict`."""
    can_can_reasons(actor).require()
    row = CannedReason.objects.select_for_update().get(pk=reason.pk) if reason else CannedReason()
    before = row.text
    row.title, row.text, row.position = _check_title(title), check_reason(text), position
    row.kind, row.decision = _check_place(kind, decision)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict("name_taken", _("There is a reason of this name for this decision.")) from error
    payload = {"title": row.title, "before": before, "after": row.text}
    record(CANNED_REASON_CHANGED, actor=actor, target=row, payload=payload)
    return row


@transaction.atomic
def delete_canned_reason(*, actor: Member, reason: CannedReason) -> None:
    """Take a reason away. What was told with it stays. Doing it twice changes nothing. Raises `Refused`."""
    can_can_reasons(actor).require()
    if CannedReason.objects.filter(pk=reason.pk).delete()[0]:
        payload = {"title": reason.title, "before": reason.text, "after": ""}
        record(CANNED_REASON_CHANGED, actor=actor, target=reason, payload=payload)


def _check_title(title: str) -> str:
    title = title.strip()
    if not 0 < len(title) <= LONGEST_TITLE:
        sentence = _("Give it a name of at most %(most)d characters.") % {"most": LONGEST_TITLE}
        raise Invalid("title_unfit", sentence, fields={"title": sentence})
    return title


def _check_place(kind: str, decision: str) -> tuple[str, str]:
    known = {one.name: one for one in all_case_kinds()}
    fits = (not kind and not decision) or (
        kind in known and (not decision or known[kind].choice(decision) is not None)
    )
    if not fits:
        sentence = _("Choose a kind of case, and one of its decisions.")
        raise Invalid("place_unknown", sentence, fields={"decision": sentence})
    return kind, decision
