"""Reading spaces."""

from community.errors import NotFound
from community.members.models import Member
from community.spaces.models import Space


def get_space_for(viewer: Member | None, slug: str) -> Space:
    """Return the space at this address if `viewer` may read it. Raises `NotFound` otherwise."""
    space = Space.objects.visible_to(viewer).filter(slug=slug).first()
    if space is None:
        raise NotFound()
    return space


def list_spaces(viewer: Member | None) -> list[Space]:
    """Return the spaces a viewer may read, in their order."""
    return list(Space.objects.visible_to(viewer).filter(is_archived=False))


def rail_spaces(viewer: Member | None) -> list[Space]:
    """Return at most eight spaces for the rail: those the viewer follows, else the first ones they may read."""
    visible = Space.objects.visible_to(viewer).filter(is_archived=False).only("slug", "name", "icon")
    if viewer is not None:
        followed = list(visible.filter(follows__member=viewer)[:8])
        if followed:
            return followed
    return list(visible[:8])
