"""Banners, ignoring somebody for a while, and what the clock keeps right about profiles."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid
from community.members import limits
from community.members.actions import add_to_counters, unfollow_member
from community.members.models import Ignore, Member, Profile
from community.members.permissions import can_edit_profile, can_ignore
from community.members.profiles.verbs import BANNER_CHANGED, IGNORED_BY_MANY
from community.writing.actions import add_image, remove_upload
from community.writing.models import Kind, Upload


def set_banner(*, actor: Member, file: UploadedFile) -> str:
    """Put a picture on top of one's own profile, drawn anew in its sizes. Returns its address."""
    can_edit_profile(actor, actor).require()
    upload = add_image(actor=actor, file=file, kind=Kind.BANNER)
    address = upload.url_for("1280")
    _write_banner(actor, actor, address)
    return address


def remove_banner(*, actor: Member, member: Member) -> None:
    """Take the banner away, with its files: one's own, or an unfitting one of somebody else."""
    can_edit_profile(actor, member).require()
    _write_banner(actor, member, "")
    for upload in Upload.objects.filter(owner=member, kind=Kind.BANNER).order_by("pk"):
        remove_upload(actor=actor, upload=upload)


@transaction.atomic
def _write_banner(actor: Member, member: Member, address: str) -> None:
    profile, _created = Profile.objects.get_or_create(member=member)
    if profile.banner_url != address:
        Profile.objects.filter(pk=profile.pk).update(banner_url=address)
        record(BANNER_CHANGED, actor=actor, target=member, payload={"is_set": bool(address)})


@transaction.atomic
def ignore_member(*, actor: Member, member: Member, days: int | None) -> None:
    """Rather not read `member` for so many days, or for good (None), which also ends following them.

    Their posts are folded and nothing of them is told; they may still write. Doing it again moves the end. Nobody learns
    of it, except that the team is told when many ignore the same member.
    """
    can_ignore(actor, member).require()
    limits.IGNORE.spend(actor)
    if days is not None and days not in limits.IGNORE_DAYS:
        raise Invalid(
            "ignore_days", _("Choose one of the periods."), fields={"days": _("Choose one of the periods.")}
        )
    until = None if days is None else timezone.now() + dt.timedelta(days=days)
    # One after the other for whoever is ignored, so that the team is told once.
    Member.objects.get_queryset().select_for_update(no_key=True).get(pk=member.pk)
    _row, is_new = Ignore.objects.update_or_create(ignorer=actor, ignored=member, defaults={"until": until})
    unfollow_member(actor=actor, member=member)
    if is_new:
        add_to_counters(actor=actor, member_id=actor.pk, block_count=1)
        actor.block_count += 1
        _tell_the_team(member)


def _tell_the_team(member: Member) -> None:
    """Note it each time the number of those who ignore somebody reaches another multiple of the bar."""
    bar, count = limits.IGNORED_BY(), Ignore.objects.filter(ignored=member).count()
    if count and count % bar == 0:
        payload = {"count": count, "handle": member.handle}
        record(IGNORED_BY_MANY, actor=None, target=member, payload=payload)


@transaction.atomic
def unignore_member(*, actor: Member, member: Member) -> None:
    """Read `member` again."""
    deleted, _by_model = Ignore.objects.filter(ignorer=actor, ignored=member).delete()
    if deleted:
        add_to_counters(actor=actor, member_id=actor.pk, block_count=-1)
        actor.block_count -= 1


_EXPIRE = """
WITH gone AS (
  DELETE FROM members_ignore WHERE id IN (
    SELECT id FROM members_ignore WHERE until < now() ORDER BY id LIMIT 5000 FOR UPDATE SKIP LOCKED) RETURNING ignorer_id
), counted AS (SELECT ignorer_id, count(*) AS n FROM gone GROUP BY 1),
held AS (SELECT id FROM members_member WHERE id IN (SELECT ignorer_id FROM counted) ORDER BY id FOR NO KEY UPDATE)
UPDATE members_member m SET block_count = greatest(0, m.block_count - c.n)
  FROM held JOIN counted c ON c.ignorer_id = held.id WHERE m.id = held.id
"""


def expire_ignores() -> int:
    """Sweep away what has ended. Returns for how many members."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_EXPIRE)
        return int(cursor.rowcount)


_MONTH = """
WITH said AS (SELECT * FROM unnest(%s::bigint[], %s::int[]) AS t (member_id, n)),
     zeroed AS (UPDATE members_profile p SET month_posts = 0
                 WHERE month_posts > 0 AND NOT EXISTS (SELECT 1 FROM said s WHERE s.member_id = p.member_id))
INSERT INTO members_profile (member_id, banner_url, answers, month_posts)
SELECT s.member_id, '', '{}', s.n FROM said s JOIN members_member m ON m.id = s.member_id ORDER BY 1
ON CONFLICT (member_id) DO UPDATE SET month_posts = EXCLUDED.month_posts
 WHERE members_profile.month_posts <> EXCLUDED.month_posts
"""


def set_month_posts(*, actor: None, counts: dict[int, int]) -> int:
    """Write down how much members posted in the last thirty days; nothing for those not named. Returns how many changed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_MONTH, [list(counts), list(counts.values())])
        return int(cursor.rowcount)
