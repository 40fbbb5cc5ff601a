"""The directory narrowed to a tier, of those who show theirs."""

from django.utils.translation import gettext_lazy as _

from community.members.directory.ways import People, Way, add_way
from community.members.models import Member
from rewards.points.panels import wants_recognition
from rewards.points.words import translated
from rewards.tiers.queries import list_tiers


def _choices(viewer: Member | None) -> list[tuple[str, str]]:
    if not wants_recognition(viewer):
        return []
    return [(tier.name, translated(tier.name)) for tier in list_tiers()]


def _narrow(viewer: Member | None, rows: People, value: str) -> People:
    return rows.filter(tier=value, show_tier=True) if wants_recognition(viewer) else rows


def register() -> None:
    """Let the directory be narrowed to a tier."""
    add_way(Way("tier", _("Tier"), _choices, _narrow))
