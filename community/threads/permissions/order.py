"""Who keeps order in a thread: moderators of its space, the team, and leaders."""

from django.utils.translation import gettext as _

from community.members.models import Member
from community.members.permissions import can_take_part
from community.spaces.models import Access, Space
from community.spaces.permissions import (
    can_see_space,
    can_start_thread,
    moderates_any_space,
    moderates_space,
)
from community.threads import limits
from community.threads.models import Thread
from community.verdict import YES, Verdict, no


def can_moderate_thread(actor: Member, thread: Thread) -> Verdict:
    """Whether `actor` keeps order in `thread`: moderators of its space, and staff who may enter that space."""
    return _keeps_order(actor, thread.space)


def can_tidy_thread(actor: Member, thread: Thread) -> Verdict:
    """Whether `actor` may close, pin, split and merge: who keeps order there, and leaders (trust level 4)."""
    verdict = can_moderate_thread(actor, thread)
    if verdict or actor.trust_level < limits.LEADER_TRUST:
        return verdict
    return can_take_part(actor) and can_see_space(actor, thread.space)


def can_choose_several(actor: Member, space: Space | None = None) -> Verdict:
    """Whether `actor` may choose several threads of a list: of a `space` who keeps order there, of all spaces the team."""
    if space is not None:
        return _keeps_order(actor, space)
    verdict = can_take_part(actor)
    if not verdict or actor.is_at_least("moderator"):
        return verdict
    return no("moderators_only", _("Only the team acts on several threads of all spaces at once."))


def can_act_together(actor: Member) -> Verdict:
    """Whether `actor` may act on several threads at once, each of which is judged on its own: who keeps order somewhere."""
    verdict = can_take_part(actor)
    if not verdict or actor.is_at_least("moderator") or moderates_any_space(actor):
        return verdict
    return no("moderators_only", _("Only those who keep order act on several threads at once."))


def can_pin_everywhere(actor: Member) -> Verdict:
    """Whether `actor` may put a thread on top of the lists of everybody: the team."""
    if actor.is_at_least("moderator"):
        return can_take_part(actor)
    return no("team_only", _("Only the team of the whole community pins a thread everywhere."))


def can_purge(actor: Member) -> Verdict:
    """Whether `actor` may delete for good: community managers."""
    if actor.is_at_least("manager"):
        return can_take_part(actor)
    return no("managers_only", _("Only community managers delete something for good."))


def _keeps_order(actor: Member, space: Space) -> Verdict:
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    inside = space.access != Access.PRIVATE or can_see_space(actor, space)
    if inside and moderates_space(actor, space):
        return YES
    return no("moderators_only", _("Only the moderators of this space can do that."))


def can_move_thread(actor: Member, thread: Thread, space: Space) -> Verdict:
    """Whether `actor` may move `thread` to `space`: moderators of both, and not into an archive."""
    verdict = can_moderate_thread(actor, thread)
    if not verdict:
        return verdict
    if not _keeps_order(actor, space):
        return no("not_there", _("You can move threads only into spaces you moderate."))
    return can_start_thread(actor, space)
