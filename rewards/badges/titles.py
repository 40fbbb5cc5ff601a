"""Badges that are worn: their names, as titles beside the names of those who hold them and chose so."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.members.models import Member
from community.members.titles.actions import settle_shown_titles
from community.members.titles.sources import Title, add_titles
from rewards.badges.models import Badge
from rewards.badges.queries import held_badges
from rewards.points.words import translated

# As long as titles of groups.
LONGEST = 40


def title_of(badge: Badge) -> Title:
    """Return the title a badge gives: its name, in the language of the community, since everybody reads the same."""
    with override(settings.LANGUAGE_CODE):
        return Title(f"badge:{badge.pk}", translated(badge.name)[:LONGEST])


def of_badges(member: Member) -> Iterable[Title]:
    """Return the titles of the badges a member holds now."""
    return [title_of(badge) for badge in held_badges(member).filter(gives_title=True)]


def check_title(badge: Badge) -> None:
    """Raise `ValidationError` when the name of a badge is too long to stand beside a name."""
    if badge.gives_title and len(badge.name) > LONGEST:
        sentence = _("Use at most %(n)d characters.") % {"n": LONGEST}
        raise ValidationError({"name": sentence})


def settle_titles_of(badge: Badge) -> int:
    """Let everyone who wears a badge show its name as it reads now, or no longer. Returns how many that are."""
    key, words = title_of(badge)
    return settle_shown_titles(key=key, words=words if badge.gives_title and badge.is_active else "")


def register() -> None:
    """Offer badges among the titles."""
    add_titles("badges", of_badges)
