"""Who may do what in a thread. Each answer is a `Verdict`: yes, or a sentence that says why not.

Callers obtained the thread or post through `queries`, so that it is visible was asked already; actions ask again
under their lock.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from community.members.models import Member
from community.members.permissions import can_take_part
from community.spaces.models import Access, Kind, Space
from community.spaces.permissions import can_see_space, can_start_thread, moderates_space
from community.threads import limits
from community.threads.models import Post, ReactionKind, State, Thread
from community.verdict import YES, Verdict, no


def can_reply(actor: Member, thread: Thread) -> Verdict:
    """Whether `actor` may reply in `thread`."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if thread.space.is_archived:
        return no("space_archived", _("This space is an archive. You can read it, and ask in another."))
    if thread.state != State.VISIBLE:
        return no("thread_not_shown", _("This thread is not shown now, so nobody can reply to it."))
    if thread.is_locked and not moderates_space(actor, thread.space):
        return no("thread_locked", _("This thread is closed. You can begin a new one and link to it."))
    return YES


def can_edit_post(actor: Member, post: Post) -> Verdict:
    """Whether `actor` may change the text of `post`: its author while the thread is open, and moderators."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    thread = post.thread
    if actor.pk == post.author_id:
        return _can_change_own(actor, post)
    if post.state == State.DELETED or not can_moderate_thread(actor, thread):
        return no("not_yours", _("Only its author can edit this."))
    return YES


def can_delete_post(actor: Member, post: Post) -> Verdict:
    """Whether `actor` may delete `post` as its author. Moderators hide or remove instead, with a reason."""
    if actor.pk != post.author_id:
        return no("not_yours", _("Only its author can delete this."))
    return can_take_part(actor) and _can_change_own(actor, post)


def _can_change_own(actor: Member, post: Post) -> Verdict:
    if post.state != State.VISIBLE:
        return no("post_not_shown", _("This post is not shown now, so it stays as it is."))
    return _can_change_in(actor, post.thread)


def _can_change_in(actor: Member, thread: Thread) -> Verdict:
    """Whether members may still change what they wrote in `thread`."""
    if thread.space.is_archived:
        return no("space_archived", _("This space is an archive, so what is in it stays as it is."))
    if thread.is_locked and not moderates_space(actor, thread.space):
        return no("thread_locked", _("This thread is closed, so what is in it stays as it is."))
    return YES


def can_restore_post(actor: Member, post: Post) -> Verdict:
    """Whether `actor` may bring back their own deleted `post`: for a day."""
    if actor.pk != post.author_id or post.state != State.DELETED:
        return no("not_yours", _("Only who deleted this can bring it back."))
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if post.deleted_at is None or post.deleted_at < timezone.now() - limits.RESTORE_WITHIN:
        return no("restore_too_late", _("This was deleted more than a day ago and stays deleted."))
    return _can_change_in(actor, post.thread)


def can_react(actor: Member, post: Post, kind: str) -> Verdict:
    """Whether `actor` may say `kind` about `post`: not about their own; "same question" only about a question."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if post.state != State.VISIBLE or post.thread.state != State.VISIBLE:
        return no("post_not_shown", _("This post is not shown now, so it stays as it is."))
    if actor.pk == post.author_id:
        return no("own_post", _("This is yours. Others can say that it helped."))
    if kind == ReactionKind.SAME and (post.position != 1 or post.thread.kind != Kind.QUESTION):
        return no("not_a_question", _("Only a question can be the same as yours."))
    return YES


def can_accept(actor: Member, post: Post) -> Verdict:
    """Whether `actor` may accept `post` as the answer: the asker, and moderators; only a shown reply to a question."""
    if post.thread.kind != Kind.QUESTION:
        return no("not_a_question", _("Only questions have an accepted answer."))
    if post.position == 1:
        return no(
            "question_itself", _("The question cannot be its own answer. Write a reply and accept that.")
        )
    if post.state != State.VISIBLE or post.thread.state != State.VISIBLE:
        return no("post_not_shown", _("This post is not shown now, so it cannot be the answer."))
    return can_decide_answer(actor, post.thread)


def can_decide_answer(actor: Member, thread: Thread) -> Verdict:
    """Whether `actor` may say which answer of `thread` is accepted, or that none is."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if actor.pk == thread.author_id or can_moderate_thread(actor, thread):
        return YES
    return no("asker_only", _("Only who asked, or the team, can accept an answer."))


def can_moderate_thread(actor: Member, thread: Thread) -> Verdict:
    """Whether `actor` keeps order in `thread`: moderators of its space, and staff who may enter that space."""
    return _keeps_order(actor, thread.space)


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
