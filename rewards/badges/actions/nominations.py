"""Members propose others for a badge; managers decide."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.models import Member
from community.writing.lines import one_line, too_long
from rewards.badges import limits
from rewards.badges.actions.by_hand import give_badge
from rewards.badges.models import Award, Badge, Nomination, NominationState
from rewards.badges.permissions import can_give_badges, can_nominate
from rewards.badges.verbs import NOMINATION_ANSWERED, NOMINATION_MADE


@transaction.atomic
def nominate_member(*, actor: Member, badge: Badge, member: Member, words: str) -> Nomination:
    """Propose `member` for a badge, with a sentence that everyone may read later. While one waits, that one is returned.

    Raises `Refused`, `RateLimited`, `Invalid`, or `Conflict` when they hold it already; then nothing changed.
    """
    can_nominate(actor, badge, member).require()
    sentence = _checked(words)
    if Award.objects.filter(badge=badge, member=member, revoked_at=None).exists():
        raise Conflict("badge_held", _("%(name)s holds this badge already.") % {"name": member.name})
    limits.NOMINATE.spend(actor)
    nomination, is_new = Nomination.objects.get_or_create(
        badge=badge,
        member=member,
        state=NominationState.OPEN,
        defaults={"proposer": actor, "words": sentence},
    )
    if is_new:
        payload = {"badge": badge.key, "name": badge.name, "member_id": member.pk, "words": sentence}
        record(NOMINATION_MADE, actor=actor, target=nomination, payload=payload)
    return nomination


@transaction.atomic
def answer_nomination(*, actor: Member, nomination: Nomination, accept: bool, answer: str = "") -> Nomination:
    """Give the badge that somebody was proposed for, with the words of the proposal as citation; or not, with a word to
    whoever proposed it.

    Raises `Refused`, or `Conflict` when it was answered first.
    """
    can_give_badges(actor, nomination.member).require()
    rows = Nomination.objects.select_for_update(of=("self",)).select_related("badge", "member")
    held = rows.filter(pk=nomination.pk, state=NominationState.OPEN).first()
    if held is None:
        raise Conflict("answered_already", _("Nothing waits for an answer any more."))
    if accept:
        give_badge(actor=actor, badge=held.badge, member=held.member, reason=held.words, citation=held.words)
    held.state = NominationState.ACCEPTED if accept else NominationState.DECLINED
    held.answer, held.answered_by, held.answered_at = one_line(answer)[:300], actor, timezone.now()
    held.save()
    payload = {
        "badge": held.badge.key,
        "name": held.badge.name,
        "member_id": held.member_id,
        "proposer_id": held.proposer_id,
        "accepted": accept,
        "answer": held.answer,
    }
    record(NOMINATION_ANSWERED, actor=actor, target=held, payload=payload)
    return held


@transaction.atomic
def reopen_nomination(*, actor: Member, nomination: Nomination) -> Nomination:
    """Let a proposal wait again that was not followed. Raises `Refused`, or `Conflict` when that cannot be."""
    can_give_badges(actor, nomination.member).require()
    again = Nomination.objects.filter(
        badge=nomination.badge_id, member=nomination.member_id, state=NominationState.OPEN
    )
    declined = Nomination.objects.select_for_update().filter(pk=nomination.pk, state=NominationState.DECLINED)
    if again.exists() or not declined.update(state=NominationState.OPEN, answered_at=None, answered_by=None):
        raise Conflict("answered_already", _("Nothing waits for an answer any more."))
    nomination.refresh_from_db()
    return nomination


def _checked(words: str) -> str:
    words = one_line(words)
    sentence = too_long(words, limits.WORDS_LENGTH)
    if len(words) < limits.SHORTEST_WORDS:
        sentence = _("Say in a sentence what they did; everyone may read it.")
    if sentence:
        raise Invalid("words_unusable", sentence, fields={"words": sentence})
    return words
