"""Badges that people give and take."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Conflict, Invalid
from community.members.models import Member, Role
from rewards.badges.counts import refresh_counts
from rewards.badges.models import Award, Badge
from rewards.badges.permissions import can_give_badges
from rewards.badges.telling import tell_awarded, tell_revoked

SHORTEST_REASON = 10


@transaction.atomic
def give_badge(*, actor: Member, badge: Badge, member: Member, reason: str, citation: str = "") -> Award:
    """Give `member` a badge by hand, with a reason they read and words that everyone reads (`citation`). Raises `Refused`, `Invalid`, or `Conflict` when they hold it."""
    can_give_badges(actor, member).require()
    sentence = _check_reason(reason)
    Member.objects.get_queryset().select_for_update(no_key=True).get(pk=member.pk)
    before = Award.objects.filter(badge=badge, member=member, period="").first()
    if before is not None and before.revoked_at is None:
        raise Conflict("badge_held", _("%(name)s holds this badge already.") % {"name": member.name})
    award = before or Award(badge=badge, member=member)
    award.given_by, award.is_by_hand, award.reason = actor, True, sentence
    award.awarded_at, award.revoked_at = timezone.now(), None
    award.citation = " ".join(citation.split())[:300]
    award.save()
    tell_awarded(badge, [(award, before is not None, False)], actor=actor)
    refresh_counts([member.pk], {badge.pk: 1})
    return award


@transaction.atomic
def bring_badge(*, actor: None, badge: Badge, member_id: int, reason: str) -> Award | None:
    """Give a badge for what another feature counted, with a reason its holder reads. What is held, or was taken back by hand,
    stays as it is; then, and for people of the team, there is nothing to return."""
    who = Member.objects.get_queryset().filter(pk=member_id, role=Role.MEMBER, is_active=True)
    if not who.select_for_update(no_key=True).exists():
        return None
    before = Award.objects.filter(badge=badge, member_id=member_id, period="").first()
    if before is not None and (before.revoked_at is None or before.is_by_hand):
        return None
    award = before or Award(badge=badge, member_id=member_id)
    award.is_by_hand, award.reason = True, reason[:300]
    award.awarded_at, award.revoked_at = timezone.now(), None
    award.save()
    tell_awarded(badge, [(award, before is not None, False)])
    refresh_counts([member_id], {badge.pk: 1})
    return award


@transaction.atomic
def revoke_award(*, actor: Member, award: Award, reason: str) -> Award:
    """Take a badge back by hand, with a reason. It does not come back by itself. Raises `Refused` or `Invalid`."""
    can_give_badges(actor, award.member).require()
    sentence = _check_reason(reason)
    Member.objects.get_queryset().select_for_update(no_key=True).get(pk=award.member_id)
    changed = Award.objects.filter(pk=award.pk, revoked_at=None).update(
        revoked_at=timezone.now(), is_by_hand=True, given_by=actor, reason=sentence
    )
    if changed != 1:
        raise Conflict("badge_revoked", _("This badge was taken back already."))
    tell_revoked(award.badge, [(award, False)], reason=sentence, actor=actor)
    refresh_counts([award.member_id], {award.badge_id: -1})
    award.refresh_from_db()
    return award


def _check_reason(reason: str) -> str:
    sentence = " ".join(reason.split())
    if len(sentence) < SHORTEST_REASON:
        wanted = _("Say in a sentence why; the member reads it.")
        raise Invalid("reason_needed", wanted, fields={"reason": wanted})
    return sentence[:300]
