"""Reading what a space asks."""

from community.spaces.models import Space, SpaceField, SpaceTemplate


def fields_of(space: Space | int) -> list[SpaceField]:
    """Return what is asked now, in its order."""
    return list(SpaceField.objects.filter(space=space, is_asked=True))


def all_fields_of(space: Space) -> list[SpaceField]:
    """Return what is asked and what was once."""
    return list(SpaceField.objects.filter(space=space))


def template_of(space: Space | int) -> str:
    """Return the text a post there begins with."""
    return SpaceTemplate.objects.filter(space=space).values_list("body", flat=True).first() or ""
