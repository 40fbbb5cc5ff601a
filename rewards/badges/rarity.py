"""How rare a badge is: the share of members who hold it and show theirs, counted in the night and kept on its row."""

from django.db.models import F, PositiveSmallIntegerField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from community.members.models import Member, Role
from rewards.badges.models import Badge

# Below this many members a share says more about the few than about the badge.
LEAST_MEMBERS = 20


def refresh_shares() -> None:
    """Work out the share of every badge, from how many hold it."""
    members = Member.objects.get_queryset().filter(role=Role.MEMBER, is_active=True).count()
    if members < LEAST_MEMBERS:
        Badge.objects.exclude(per_mille=None).update(per_mille=None)
        return
    Badge.objects.update(per_mille=Cast(F("holder_count") * 1000 / members, PositiveSmallIntegerField()))


def say_share(badge: Badge) -> str:
    """Say which share of the members holds a badge; nothing while the community is small, or before the first night."""
    if badge.per_mille is None or not badge.holder_count:
        return ""
    if badge.per_mille < 10:
        return _("fewer than one member in a hundred")
    return _("%(n)s %% of members") % {"n": round(badge.per_mille / 10)}
