"""Who is to be told: one statement for any number of members."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from community.members.models import Block, Ignore, Member
from community.notifications.models import Channel, Choice, Preference
from community.notifications.registry import Kind


def members_to_tell(kind: Kind, actor_id: int | None, member_ids: Iterable[int]) -> list[int]:
    """Return, in order, which of the members hear about it: present, not the actor, not ignoring them, kind not off."""
    ids = set(member_ids) - {actor_id}
    if not ids:
        return []
    members = Member.objects.get_queryset().filter(pk__in=ids)
    if not kind.reaches_closed:
        members = members.present()
    if actor_id is not None:
        blocks = Block.objects.filter(blocker=OuterRef("pk"), blocked_id=actor_id)
        lasting = Q(until=None) | Q(until__gt=Now())
        ignores = Ignore.objects.filter(lasting, ignorer=OuterRef("pk"), ignored_id=actor_id)
        members = members.exclude(Exists(blocks)).exclude(Exists(ignores))
    if not kind.is_fixed:
        off = Preference.objects.filter(
            member=OuterRef("pk"), kind=kind.key, channel=Channel.SITE, choice=Choice.OFF
        )
        members = members.exclude(Exists(off))
    return sorted(members.values_list("pk", flat=True))
