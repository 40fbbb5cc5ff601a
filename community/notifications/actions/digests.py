"""Choosing when digests come."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from community.notifications import limits
from community.notifications.mail.planning import set_next
from community.notifications.models import FIRST_HOUR, LAST_HOUR, DigestPlan, Rhythm, Weekday
from community.notifications.queries.rules import current_rules
from community.notifications.verbs import DIGEST_CHOSEN


def choose_digest(*, actor: Member, rhythm: str, weekday: int, hour: int) -> DigestPlan:
    """Choose how often the digest comes, on which day and at which hour. Raises `Invalid` or `RateLimited`."""
    limits.CHANGE_CHOICES.spend(actor)
    if rhythm not in Rhythm.values or weekday not in Weekday.values:
        raise Invalid("digest_unusable", _("Choose how often, and on which day."))
    if not FIRST_HOUR <= hour <= LAST_HOUR:
        text = _("Choose an hour between %(first)d and %(last)d.") % {"first": FIRST_HOUR, "last": LAST_HOUR}
        raise Invalid("digest_hour", text, fields={"hour": text})
    return _save_choice(actor, "settings", rhythm=rhythm, weekday=weekday, hour=hour, rhythm_before="")


def stop_digest(*, actor: Member, stopped: bool = True) -> DigestPlan:
    """Stop digests by the link in one, or take that back."""
    plan = DigestPlan.objects.filter(member=actor).first() or DigestPlan(member=actor)
    if (plan.rhythm == Rhythm.NEVER) is stopped:
        return plan
    rhythm = Rhythm.NEVER if stopped else plan.rhythm_before
    return _save_choice(actor, "mail", rhythm=rhythm, rhythm_before=plan.rhythm if stopped else "")


@transaction.atomic
def _save_choice(actor: Member, source: str, **chosen: str | int) -> DigestPlan:
    plan, _created = DigestPlan.objects.select_for_update().get_or_create(member=actor)
    before = plan.rhythm
    for name, value in chosen.items():
        setattr(plan, name, value)
    plan.changed_at = timezone.now()
    set_next(plan, actor, current_rules(), timezone.now())
    plan.save()
    if plan.rhythm != before:
        record(
            DIGEST_CHOSEN,
            actor=actor,
            target=actor,
            payload={"before": before, "after": plan.rhythm, "source": source},
        )
    return plan
