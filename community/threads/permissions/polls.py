"""Who may vote in polls, ask them and change them."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.members.models import Member
from community.members.permissions import can_take_part
from community.threads import limits
from community.threads.models import Poll, Post, State, Thread
from community.threads.permissions.order import can_moderate_thread
from community.threads.permissions.posts import can_edit_post, can_reply
from community.verdict import YES, Verdict, no


def can_vote(actor: Member, thread: Thread, poll: Poll, state: str) -> Verdict:
    """Whether `actor` may vote in a poll of a post in this `state`: who may reply, while poll and thread are open."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if thread.is_locked or thread.space.is_archived:
        return no("thread_locked", _("This thread is closed, so what is in it stays as it is."))
    if poll.is_closed:
        return no("poll_closed", _("This poll is closed."))
    if state != State.VISIBLE:
        return no("post_not_shown", _("This post is not shown now, so it stays as it is."))
    return can_reply(actor, thread)


def can_ask_poll(actor: Member) -> Verdict:
    """Whether `actor` may add polls at all: from some trust level on, and the team."""
    verdict = can_take_part(actor)
    if not verdict or actor.is_staff or actor.trust_level >= limits.POLL_TRUST():
        return verdict
    return no("too_new", _("You can add polls once people here know you a little better."))


def can_manage_poll(actor: Member, post: Post) -> Verdict:
    """Whether `actor` may add, change, close or remove the poll of `post`: its author and moderators, wiki or not."""
    if actor.pk != post.author_id and not can_moderate_thread(actor, post.thread):
        return no("not_yours", _("Only its author and the team decide about this poll."))
    return can_edit_post(actor, post)


def can_rewrite_poll(actor: Member, post: Post, poll: Poll) -> Verdict:
    """Whether what `poll` asks may still change: nobody has voted yet and it is new, or the team corrects it."""
    verdict = can_manage_poll(actor, post)
    if not verdict or can_moderate_thread(actor, post.thread):
        return verdict
    if poll.voter_count or timezone.now() - poll.created_at > limits.POLL_CHANGES.span():
        minutes = limits.POLL_CHANGES()
        sentence = ngettext(
            "People answer what they read, so a poll stays as it is after %(n)d minute or the first vote.",
            "People answer what they read, so a poll stays as it is after %(n)d minutes or the first vote.",
            minutes,
        )
        return no("poll_fixed", sentence % {"n": minutes})
    return YES
