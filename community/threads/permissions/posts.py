"""Who may reply, change what was written, and say something about it."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.members.models import Member
from community.members.permissions import can_take_part
from community.spaces.models import Kind
from community.spaces.permissions import (
    can_reply_in_space,
    moderates_space,
)
from community.threads import limits
from community.threads.models import Post, ReactionKind, State, Thread
from community.threads.permissions.order import can_moderate_thread
from community.threads.permissions.standing import can_change_in, not_archived
from community.threads.steering import KEPT_STATES, OPEN_STATES
from community.verdict import YES, Verdict, no


def can_reply(actor: Member, thread: Thread) -> Verdict:
    """Whether `actor` may reply in `thread`."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if thread.space.is_archived:
        return no("space_archived", _("This space is an archive. You can read it, and ask in another."))
    if thread.state in KEPT_STATES:
        return no("thread_archived", _("This thread is archived. You can read it, and begin a new one."))
    if thread.state not in OPEN_STATES:
        return no("thread_not_shown", _("This thread is not shown now, so nobody can reply to it."))
    if thread.is_locked and not moderates_space(actor, thread.space):
        return no("thread_locked", _("This thread is closed. You can begin a new one and link to it."))
    return can_reply_in_space(actor, thread.space)


def can_edit_post(actor: Member, post: Post) -> Verdict:
    """Whether `actor` may change the text of `post`: its author while the thread is open, and moderators.

    A wiki post also by members of trust level 1 and more, under the terms of its author.
    """
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if actor.pk == post.author_id:
        return _can_change_own(actor, post)
    if post.state != State.DELETED and can_moderate_thread(actor, post.thread):
        return YES
    if not post.is_wiki or post.state == State.DELETED:
        return no("not_yours", _("Only its author can edit this."))
    if actor.trust_level < limits.WIKI_TRUST():
        return no("too_new", _("You can edit this once people here know you a little better."))
    return _can_change_own(actor, post)


def can_retitle(actor: Member, post: Post) -> Verdict:
    """Whether `actor` may change title and topics with the first post: its author and moderators, wiki or not."""
    if actor.pk == post.author_id or can_moderate_thread(actor, post.thread):
        return can_edit_post(actor, post)
    return no("not_yours", _("Only its author and the team can change the title and the topics."))


def can_share_editing(actor: Member, post: Post) -> Verdict:
    """Whether `actor` may say that others may edit `post`: its author while the thread is open, and moderators."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if post.state != State.VISIBLE:
        return no("post_not_shown", _("This post is not shown now, so it stays as it is."))
    if can_moderate_thread(actor, post.thread):
        return YES
    if actor.pk != post.author_id:
        return no("not_yours", _("Only its author and the team can open this for editing."))
    return can_change_in(actor, post.thread)


def can_delete_post(actor: Member, post: Post) -> Verdict:
    """Whether `actor` may delete `post` as its author. Moderators hide or remove instead, with a reason."""
    if actor.pk != post.author_id:
        return no("not_yours", _("Only its author can delete this."))
    return can_take_part(actor) and _can_change_own(actor, post)


def _can_change_own(actor: Member, post: Post) -> Verdict:
    if post.state != State.VISIBLE:
        return no("post_not_shown", _("This post is not shown now, so it stays as it is."))
    return can_change_in(actor, post.thread)


def can_restore_post(actor: Member, post: Post) -> Verdict:
    """Whether `actor` may bring back their own deleted `post`: for a while."""
    if actor.pk != post.author_id or post.state != State.DELETED:
        return no("not_yours", _("Only who deleted this can bring it back."))
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if post.deleted_at is None or post.deleted_at < timezone.now() - limits.RESTORE.span():
        hours = limits.RESTORE()
        sentence = ngettext(
            "This was deleted more than %(n)d hour ago and stays deleted.",
            "This was deleted more than %(n)d hours ago and stays deleted.",
            hours,
        )
        return no("restore_too_late", sentence % {"n": hours})
    return can_change_in(actor, post.thread)


def can_react(actor: Member, post: Post, kind: str) -> Verdict:
    """Whether `actor` may say `kind` about `post`: not about their own; "same question" only about a question."""
    verdict = can_take_back(actor, post)
    if not verdict:
        return verdict
    if post.state != State.VISIBLE or post.thread.state not in OPEN_STATES:
        return no("post_not_shown", _("This post is not shown now, so it stays as it is."))
    if actor.pk == post.author_id:
        return no("own_post", _("This is yours. Others can say that it helped."))
    if kind == ReactionKind.SAME and (post.position != 1 or post.thread.kind != Kind.QUESTION):
        return no("not_a_question", _("Only a question can be the same as yours."))
    return YES


def can_take_back(actor: Member, post: Post) -> Verdict:
    """Whether `actor` may take back what they said about `post`."""
    return can_take_part(actor) and not_archived(post.thread)
