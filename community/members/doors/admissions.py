"""Joining after a yes: the wish, the moment it reaches the team, and what the team said."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.actions import welcome_newcomer
from community.members.models import Admission, AdmissionState, Member
from community.members.permissions import can_admit
from community.members.verbs import ADMISSION_ASKED, ADMISSION_DECIDED
from community.writing.lines import ink

LONGEST = 600


def ask_to_join(*, actor: Member, why: str) -> Admission:
    """Write down that a newcomer, whose account is closed until then, wants to join and why."""
    admission, _new = Admission.objects.get_or_create(member=actor, defaults={"why": why.strip()[:LONGEST]})
    return admission


@transaction.atomic
def bring_before_team(*, actor: Member) -> bool:
    """Let the team see a wish whose address was shown to be theirs. Returns whether it was new to them."""
    waiting = Admission.objects.select_for_update().filter(
        member=actor, state=AdmissionState.WAITING, ready_at=None
    )
    admission = waiting.first()
    if admission is None:
        return False
    admission.ready_at = timezone.now()
    admission.save(update_fields=["ready_at"])
    record(ADMISSION_ASKED, actor=actor, target=actor, payload={})
    return True


@transaction.atomic
def decide_admission(*, actor: Member, admission: Admission, approved: bool, answer: str = "") -> Admission:
    """Let a newcomer in, or not, and say why. Raises `Refused`, `Invalid` or `Conflict`; then nothing changed."""
    can_admit(actor).require()
    said = answer.strip()[:LONGEST]
    if not approved and not ink(said):
        message = _("Write a sentence to them: a no without a reason helps nobody.")
        raise Invalid("answer_missing", message, fields={"answer": message})
    held = Admission.objects.select_for_update().select_related("member").get(pk=admission.pk)
    if held.state != AdmissionState.WAITING:
        raise Conflict("already_decided", _("Somebody of the team has decided this already."))
    held.state = AdmissionState.APPROVED if approved else AdmissionState.REFUSED
    held.answer, held.decided_at, held.decided_by = said, timezone.now(), actor
    held.save()
    if approved:
        _open(held.member)
    record(ADMISSION_DECIDED, actor=actor, target=held.member, payload={"approved": approved, "answer": said})
    return held


def _open(member: Member) -> None:
    member.is_active = True
    member.save(update_fields=["is_active"])
    if EmailAddress.objects.filter(user=member, verified=True).exists():
        welcome_newcomer(actor=member)
