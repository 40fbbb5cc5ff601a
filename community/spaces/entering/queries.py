"""Reading doors: private spaces whose names members see, and what one has asked there."""

from django.utils.translation import gettext as _

from community.errors import NotFound
from community.members.models import AskState, Member
from community.spaces.entering.permissions import can_ask_to_enter
from community.spaces.models import Access, EntryAsk, Space
from community.spaces.permissions import can_add_to_space
from community.spaces.queries import get_space_for
from community.verdict import Verdict, no

MOST = 100


def get_door_for(viewer: Member, slug: str) -> Space:
    """Return the private space before whose door `viewer` stands. Raises `NotFound` for secret ones and those they read."""
    doors = Space.objects.filter(slug=slug, access=Access.PRIVATE, is_listed=True, is_archived=False)
    space = doors.exclude(pk__in=Space.objects.visible_to(viewer).values("pk")).first()
    if space is None:
        raise NotFound()
    return space


def open_entry(space: Space, member: Member) -> EntryAsk | None:
    """Return the request of a member that waits."""
    return EntryAsk.objects.filter(space=space, member=member, state=AskState.OPEN).first()


def may_ask(viewer: Member, space: Space) -> Verdict:
    """Whether `viewer` may ask now: permitted, and nothing of theirs waits."""
    if open_entry(space, viewer) is not None:
        return no("entry_asked", _("You asked to join. We tell you what comes of it."))
    return can_ask_to_enter(viewer, space)


def waiting_in(actor: Member, slug: str) -> tuple[Space, list[EntryAsk]]:
    """Return a space and who asks to be let in, the first first. Raises `NotFound`, or `Refused` unless `actor` answers."""
    space = get_space_for(actor, slug)
    can_add_to_space(actor, space).require()
    rows = EntryAsk.objects.filter(space=space, state=AskState.OPEN, member__is_active=True)
    return space, list(rows.select_related("member", "space").order_by("pk")[:MOST])


def get_entry_for(actor: Member, slug: str, handle: str) -> EntryAsk:
    """Return the waiting request of somebody, for whoever answers it. Raises `NotFound` or `Refused`."""
    space = get_space_for(actor, slug)
    can_add_to_space(actor, space).require()
    rows = EntryAsk.objects.filter(space=space, state=AskState.OPEN).select_related("member", "space")
    ask = rows.filter(member__handle=handle.lower()).first()
    if ask is None:
        raise NotFound()
    return ask


def moderators_of(space_id: int) -> list[int]:
    """Return who chooses the people of a space beside the managers."""
    rows = Space.objects.filter(
        pk=space_id, memberships__is_moderator=True, memberships__member__is_active=True
    )
    return list(rows.values_list("memberships__member", flat=True))
