"""Planning the digests that are due: one per member and window, in batches that several workers share."""

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Digest, DigestPlan, MailRules, OutboundMail
from community.notifications.queries.rules import current_rules
from community.notifications.registry import Purpose
from community.notifications.sections import DIGEST
from community.notifications.windows import latest_slot, next_slot, window_began
from community.notifications.zones import zone_of

BATCH = 100
# Someone who never wants one is looked at again this much later.
SELDOM = dt.timedelta(days=365)

# Whoever was here in person at least once: people who were only brought in by an import are not written to.
_BEGIN = """
INSERT INTO notifications_digestplan (member_id, rhythm, rhythm_before, weekday, hour, changed_at)
SELECT m.id, '', '', 0, 9, %s FROM members_member m
  LEFT JOIN notifications_digestplan p ON p.member_id = m.id
 WHERE p.member_id IS NULL AND m.is_active AND m.email <> '' AND m.last_login IS NOT NULL
 ORDER BY m.id LIMIT %s ON CONFLICT DO NOTHING
"""


def plan_digests(*, at_most: int = 20 * BATCH) -> int:
    """Plan the digests that are due, a batch at a time; several workers share the work. Returns how many will be sent."""
    now = timezone.now()
    begin_plans(at_most)
    planned = 0
    for _batch in range(max(1, at_most // BATCH)):
        settled = _settle_unplanned(now)
        claimed, queued = _plan_due(now)
        planned += queued
        if not settled and not claimed:
            break
    return planned


def begin_plans(at_most: int) -> int:
    """Give members a plan who have none yet. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [timezone.now(), at_most])
        return int(cursor.rowcount)


@transaction.atomic
def _settle_unplanned(now: dt.datetime) -> int:
    """Work out when the next digest is due where something changed. What was due before is not made up for."""
    rules = current_rules()
    rows = DigestPlan.objects.filter(next_at=None).select_related("member").order_by("pk")
    plans = list(rows.select_for_update(skip_locked=True, of=("self",))[:BATCH])
    for plan in plans:
        set_next(plan, plan.member, rules, now)
    DigestPlan.objects.bulk_update(plans, ["next_at"])
    return len(plans)


@transaction.atomic
def _plan_due(now: dt.datetime) -> tuple[int, int]:
    """Claim a batch of plans, write a digest for each window, and queue those worth sending."""
    rules = current_rules()
    rows = DigestPlan.objects.filter(next_at__lte=now).select_related("member").order_by("next_at", "pk")
    plans = list(rows.select_for_update(skip_locked=True, of=("self",))[:BATCH])
    drafts = [(plan, digest) for plan in plans if (digest := _draft(plan, rules, now)) is not None]
    had = Digest.objects.filter(
        member__in=[digest.member_id for _plan, digest in drafts],
        window__in={digest.window for _plan, digest in drafts},
    )
    taken = set(had.values_list("member_id", "window"))
    fresh = [(plan, digest) for plan, digest in drafts if (digest.member_id, digest.window) not in taken]
    Digest.objects.bulk_create(digest for _plan, digest in fresh)
    mails = [_mail(plan, digest, now) for plan, digest in fresh if not digest.code]
    OutboundMail.objects.bulk_create(mails)
    for plan in plans:
        set_next(plan, plan.member, rules, now)
    DigestPlan.objects.bulk_update(plans, ["next_at"])
    return len(plans), len(mails)


def _draft(plan: DigestPlan, rules: MailRules, now: dt.datetime) -> Digest | None:
    """Return the digest of the window that has just ended, with the reason when it is not worth sending."""
    rhythm, zone = plan.rhythm or rules.digest_rhythm, zone_of(plan.member)
    slot = latest_slot(rhythm, plan.weekday, plan.hour, zone, now)
    if slot is None:
        return None
    began = window_began(rhythm, plan.weekday, plan.hour, zone, slot)
    return Digest(
        member=plan.member,
        window=slot.astimezone(zone).date(),
        rhythm=rhythm,
        began_at=began,
        code=_why_not(plan.member, began, rules, now),
        planned_at=now,
    )


def _why_not(member: Member, began: dt.datetime, rules: MailRules, now: dt.datetime) -> str:
    seen = max((at for at in (member.last_seen_at, member.last_login) if at is not None), default=None)
    if not member.is_active:
        return "closed"
    if seen is None or seen < now - dt.timedelta(days=rules.digest_days):
        return "long_away"
    return "seen_lately" if seen > began else ""


def _mail(plan: DigestPlan, digest: Digest, now: dt.datetime) -> OutboundMail:
    return OutboundMail(
        member=plan.member,
        digest=digest,
        kind=DIGEST,
        purpose=Purpose.COMMUNITY,
        # Who chose a rhythm gets what they chose, beside the few e-mails of a week.
        counts=not plan.rhythm,
        created_at=now,
        due_at=now,
    )


def set_next(plan: DigestPlan, member: Member, rules: MailRules, now: dt.datetime) -> None:
    """Work out when the next digest of a plan is due."""
    rhythm = plan.rhythm or rules.digest_rhythm
    plan.next_at = next_slot(rhythm, plan.weekday, plan.hour, zone_of(member), now) or now + SELDOM
