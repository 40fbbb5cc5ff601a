"""What regulars do for others' threads beside the team: a better title, fitting topics, the right space.

Only in threads that stand open where everyone signed in reads, and never so that more or fewer people see one.
"""

from django.utils.translation import gettext as _

from community.members.models import Member
from community.members.permissions import can_take_part
from community.spaces.models import Access, Space
from community.spaces.permissions import can_start_thread
from community.threads import limits
from community.threads.models import Post, State, Thread
from community.threads.permissions import can_edit_post, can_moderate_thread, can_move_thread, can_retitle
from community.verdict import Verdict, no


def can_sort(actor: Member, thread: Thread) -> Verdict:
    """Whether `actor` sorts `thread` as a regular: not what is closed, hidden, archived or private."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if actor.trust_level < limits.SORT_TRUST():
        return no("sort_trust", _("Regulars and the team put threads of others in order."))
    if thread.space.access == Access.PRIVATE or thread.space.is_archived:
        return no("moderators_only", _("Only the moderators of this space can do that."))
    if thread.is_locked or thread.state != State.VISIBLE:
        return no("thread_locked", _("This thread is closed, so what is in it stays as it is."))
    return verdict


def can_rename(actor: Member, post: Post) -> Verdict:
    """Whether `actor` may change title and topics of a thread, given its first post."""
    verdict = can_retitle(actor, post) and can_edit_post(actor, post)
    if verdict or post.author_id == actor.pk or actor.trust_level < limits.SORT_TRUST():
        return verdict
    if post.state != State.VISIBLE:
        return no("post_not_shown", _("This post is not shown now, so it stays as it is."))
    return can_sort(actor, post.thread)


def can_move(actor: Member, thread: Thread, space: Space) -> Verdict:
    """Whether `actor` may move `thread` to `space`: moderators of both, or a regular where the same people read."""
    verdict = can_move_thread(actor, thread, space)
    if verdict or can_moderate_thread(actor, thread) or not can_sort(actor, thread):
        return verdict
    if space.access != thread.space.access:
        return no("other_readers", _("Other people read there. The team can move it."))
    return can_start_thread(actor, space)
