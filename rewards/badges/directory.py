"""The directory narrowed to those who hold a badge, of those who show theirs."""

from django.utils.translation import gettext_lazy as _

from community.members.directory.ways import People, Way, add_way
from community.members.models import Member
from rewards.badges.models import Award, Badge
from rewards.points.panels import wants_recognition
from rewards.points.words import translated

MOST_OFFERED = 100


def _choices(viewer: Member | None) -> list[tuple[str, str]]:
    if not wants_recognition(viewer):
        return []
    held = Badge.objects.active().filter(holder_count__gt=0)
    return [(badge.key, translated(badge.name)) for badge in held[:MOST_OFFERED]]


def _narrow(viewer: Member | None, rows: People, value: str) -> People:
    if not wants_recognition(viewer):
        return rows
    awards = Award.objects.visible_to(viewer).filter(badge__key=value)
    return rows.filter(pk__in=awards.values("member"))


def register() -> None:
    """Let the directory be narrowed to a badge."""
    add_way(Way("badge", _("Badge"), _choices, _narrow))
