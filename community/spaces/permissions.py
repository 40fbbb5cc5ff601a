"""Who may see, reply, begin and moderate in a space.

Rights only add up and none is inherited: a space below another has its own, and whoever moderates one of the two
moderates nothing in the other. Who keeps order in a space may always write there.
"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from community.members.models import Member
from community.members.permissions import can_take_part
from community.spaces.audiences import keys_of
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


def moderates_any_space(actor: Member) -> bool:
    """Return whether `actor` was named to keep order in some space."""
    return SpaceMembership.objects.filter(member=actor, is_moderator=True).exists()


def can_write_in_space(actor: Member, space: Space) -> Verdict:
    """Whether anything can be written by `actor` and in `space` at all."""
    verdict = can_take_part(actor)
    if verdict and space.is_archived:
        return no("space_archived", _("This space is an archive. You can read it, and ask in another."))
    return verdict


def can_start_thread(actor: Member, space: Space) -> Verdict:
    """Whether `actor` may begin a thread in `space`. Callers obtained `space` through `get_space_for`."""
    verdict = can_write_in_space(actor, space)
    if not verdict:
        return verdict
    if space.posting == Posting.EVERYONE or _is_let(actor, space, space.posting, space.create_for):
        return YES
    if space.posting == Posting.STAFF:
        return no("space_staff_only", _("Only the team begins threads here. You can reply to them."))
    return no("space_chosen_only", _("In this space only some groups and levels begin threads."))


def spaces_to_begin_in(actor: Member, spaces: Sequence[Space]) -> list[Space]:
    """Return those of the spaces in which `actor` may begin a thread: two statements at most, however many there are."""
    if not can_take_part(actor):
        return []
    open_ones = [space for space in spaces if not space.is_archived]
    if actor.is_at_least("moderator") or all(space.posting == Posting.EVERYONE for space in open_ones):
        return open_ones
    keys = keys_of(actor.pk)
    kept = SpaceMembership.objects.filter(member=actor, is_moderator=True)
    moderated = set(kept.values_list("space_id", flat=True))
    return [
        space
        for space in open_ones
        if space.posting == Posting.EVERYONE
        or space.pk in moderated
        or (space.posting == Posting.CHOSEN and not keys.isdisjoint(space.create_for))
    ]


def can_reply_in_space(actor: Member, space: Space) -> Verdict:
    """Whether `space` lets `actor` reply; `can_reply` asks the rest. No statement where everyone may."""
    if space.replying == Posting.EVERYONE or _is_let(actor, space, space.replying, space.reply_for):
        return YES
    if space.replying == Posting.STAFF:
        return no(
            "replies_staff_only", _("Only the team replies here. You can read it, and ask in another space.")
        )
    return no("replies_chosen_only", _("In this space only some groups and levels reply. You can read it."))


def _is_let(actor: Member, space: Space, who: str, keys: Iterable[str]) -> bool:
    """Whether `actor` has a right that not everyone has: holding a key, or keeping order in `space`."""
    if actor.is_at_least("moderator"):
        return True
    if who == Posting.CHOSEN and not keys_of(actor.pk).isdisjoint(keys):
        return True
    return moderates_space(actor, space)


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
