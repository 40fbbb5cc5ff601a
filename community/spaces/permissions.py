"""Who may see, reply, begin and moderate in a space."""

from django.utils.translation import gettext as _

from community.members.models import Member
from community.members.permissions import can_take_part
from community.spaces.models import Posting, Space, SpaceMembership
from community.spaces.visibility import readable_spaces
from community.sql import fetch_one
from community.verdict import YES, Verdict, no


def can_see_space(viewer: Member | None, space: Space) -> Verdict:
    """Whether `viewer` may read `space`; asks the one definition in `visible_to`."""
    spaces, readable = readable_spaces(viewer)
    sql = f"SELECT 1 FROM spaces_space WHERE id = %s AND id IN ({spaces})"  # noqa: S608 - compiled from `visible_to`
    if fetch_one(sql, (space.pk, *readable), tuple) is not None:
        return YES
    return no("space_closed", _("This space is closed to you."))


def moderates_space(actor: Member, space: Space) -> bool:
    """Return whether `actor` keeps order in `space`: staff everywhere they can see, or named for this space."""
    if actor.is_at_least("moderator"):
        return True
    return SpaceMembership.objects.filter(space=space, member=actor, is_moderator=True).exists()


def can_start_thread(actor: Member, space: Space) -> Verdict:
    """Whether `actor` may begin a thread in `space`. Callers obtained `space` through `get_space_for`."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if space.is_archived:
        return no("space_archived", _("This space is an archive. You can read it, and ask in another."))
    if space.posting == Posting.STAFF and not actor.is_at_least("moderator"):
        return no("space_staff_only", _("Only the team begins threads here. You can reply to them."))
    return YES


def can_manage_spaces(actor: Member) -> Verdict:
    """Whether `actor` may create and change spaces."""
    return (
        YES
        if actor.is_at_least("manager")
        else no("managers_only", _("Only community managers change spaces."))
    )


def can_add_to_space(actor: Member, space: Space) -> Verdict:
    """Whether `actor` may add people to `space` and remove them: managers, and the space's own moderators."""
    verdict = can_take_part(actor)
    if not verdict or actor.is_at_least("manager"):
        return verdict
    if SpaceMembership.objects.filter(space=space, member=actor, is_moderator=True).exists():
        return YES
    return no(
        "space_moderators_only",
        _("Only community managers and moderators of this space choose who is in it."),
    )


def can_choose_moderators(actor: Member, space: Space) -> Verdict:
    """Whether `actor` may say who moderates `space`."""
    return can_take_part(actor) and can_manage_spaces(actor)


def can_follow_space(actor: Member, space: Space) -> Verdict:
    """Whether `actor` may follow `space`: whoever may read it."""
    return can_take_part(actor) and can_see_space(actor, space)
