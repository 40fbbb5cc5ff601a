"""Whom a member began to follow, for the stream of what they did."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from community.members.doings import RANKS, Asked, Doing, Source, Strand, add_source, numbers_before
from community.members.models import Follow
from community.members.permissions import can_see_follows

FOLLOWED = Strand("followed", 7, gettext_lazy("Follows"), icon="people", tone="plum", may_see=can_see_follows)


def find_follows(asked: Asked) -> list[Doing]:
    """Return whom they follow and since when, by one statement."""
    rows = Follow.objects.filter(follower=asked.member, followed__is_active=True).select_related("followed")
    bound = numbers_before(asked.before, FOLLOWED.rank)
    if bound is not None:
        moment, key = bound
        rows = rows.filter(Q(created_at__lt=moment) | Q(created_at=moment, pk__lt=key))
    return [
        Doing(
            FOLLOWED.name,
            row.created_at,
            row.pk * RANKS + FOLLOWED.rank,
            row.followed.name,
            row.followed.get_absolute_url(),
            Markup.escape(_("Follows")),
        )
        for row in rows.order_by("-created_at", "-pk")[: asked.most]
    ]


def register() -> None:
    """Let the stream show follows."""
    add_source("follows", Source(find_follows, (FOLLOWED,)))
