"""Badges in the stream of what a member did."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from community.members.doings import RANKS, Asked, Doing, Source, Strand, add_source, numbers_before
from community.members.models import Member
from rewards.badges.models import Award
from rewards.points.panels import wants_recognition
from rewards.points.words import translated


def _may_see(viewer: Member | None, member: Member) -> bool:
    own = viewer is not None and viewer.pk == member.pk
    return wants_recognition(viewer) and (own or member.show_badges)


EARNED = Strand("earned", 6, gettext_lazy("Badges"), icon="star", tone="gold", may_see=_may_see)


def find_awards(asked: Asked) -> list[Doing]:
    """Return the badges of a member that the viewer may know of, by one statement."""
    rows = Award.objects.visible_to(asked.viewer).filter(member=asked.member).select_related("badge")
    bound = numbers_before(asked.before, EARNED.rank)
    if bound is not None:
        moment, key = bound
        rows = rows.filter(Q(awarded_at__lt=moment) | Q(awarded_at=moment, pk__lt=key))
    return [
        Doing(
            EARNED.name,
            award.awarded_at,
            award.pk * RANKS + EARNED.rank,
            translated(award.badge.name),
            award.badge.get_absolute_url(),
            Markup.escape(_("Badge earned")),
            translated(award.badge.description),
        )
        for award in rows.order_by("-awarded_at", "-pk")[: asked.most]
    ]


def register() -> None:
    """Let the stream show badges."""
    add_source("badges", Source(find_awards, (EARNED,)))
