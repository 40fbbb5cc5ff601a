"""Reading members."""

from community.errors import NotFound
from community.members.models import Member


def get_member_for(viewer: Member | None, handle: str) -> Member:
    """Return the member with this handle if `viewer` may meet them. Raises `NotFound` otherwise."""
    member = Member.objects.get_queryset().visible_to(viewer).filter(handle__iexact=handle).first()
    if member is None:
        raise NotFound()
    return member


def resolve_handles(handles: set[str]) -> dict[str, Member]:
    """Return the present members meant by lower-cased handles, for mentions."""
    if not handles:
        return {}
    found = (
        Member.objects.get_queryset()
        .present()
        .extra(where=["lower(handle) = ANY(%s)"], params=[sorted(handles)])
    )
    return {member.handle.lower(): member for member in found.only("pk", "handle", "name")}
