"""Who may do what in a thread. Each answer is a `Verdict`: yes, or a sentence that says why not.

Callers obtained the thread or post through `queries`, so that it is visible was asked already; actions ask again
under their lock.
"""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.members.models import Member
from community.members.permissions import can_take_part
from community.spaces.models import Access, Kind, Space
from community.spaces.permissions import (
    can_reply_in_space,
    can_see_space,
    can_start_thread,
    moderates_any_space,
    moderates_space,
)
from community.threads import limits
from community.threads.models import Poll, Post, ReactionKind, State, Thread
from community.threads.questions import question_rules
from community.threads.steering import KEPT_STATES, OPEN_STATES, READABLE
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
    return _can_change_in(actor, post.thread)


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
    verdict = _not_archived(thread)
    if verdict and thread.is_locked and not moderates_space(actor, thread.space):
        return no("thread_locked", _("This thread is closed, so what is in it stays as it is."))
    return verdict


def _not_archived(thread: Thread) -> Verdict:
    """Whether `thread` is in use: what is in an archive is only read, by the team too. A closed thread still takes presses."""
    if thread.space.is_archived:
        return no("space_archived", _("This space is an archive, so what is in it stays as it is."))
    if thread.state in KEPT_STATES:
        return no("thread_archived", _("This thread is archived, so what is in it stays as it is."))
    return YES


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
    return _can_change_in(actor, post.thread)


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
    return can_take_part(actor) and _not_archived(post.thread)


def can_accept(actor: Member, post: Post) -> Verdict:
    """Whether `actor` may accept `post` as the answer: the asker, and moderators; only a shown reply to a question."""
    if post.thread.kind != Kind.QUESTION:
        return no("not_a_question", _("Only questions have an accepted answer."))
    if post.position == 1:
        return no(
            "question_itself", _("The question cannot be its own answer. Write a reply and accept that.")
        )
    if post.state != State.VISIBLE or post.thread.state not in READABLE:
        return no("post_not_shown", _("This post is not shown now, so it cannot be the answer."))
    return can_decide_answer(actor, post.thread)


def can_decide_answer(actor: Member, thread: Thread) -> Verdict:
    """Whether `actor` may say which answer of `thread` is accepted, or that none is: in a closed thread too."""
    verdict = can_take_part(actor) and _not_archived(thread)
    if not verdict:
        return verdict
    if can_moderate_thread(actor, thread):
        return YES
    if actor.pk == thread.author_id:
        return _still_open_to_change(thread)
    return no("asker_only", _("Only who asked, or the team, can accept an answer."))


def _still_open_to_change(thread: Thread) -> Verdict:
    """Whether an asker may still change their choice: asked of the rules only where one was made."""
    if thread.accepted_post_id is None or thread.accepted_at is None:
        return YES
    days = question_rules().answer_lock_days
    if thread.accepted_at > timezone.now() - dt.timedelta(days=days):
        return YES
    return no(
        "answer_settled",
        ngettext(
            "This answer was accepted more than %(days)s day ago and others rely on it. The team can still change it.",
            "This answer was accepted more than %(days)s days ago and others rely on it. The team can still change it.",
            days,
        )
        % {"days": days},
    )


def can_want_information(actor: Member, thread: Thread) -> Verdict:
    """Whether `actor` may say what `thread` is missing, or that nothing is: helpers from some trust level on, and the team."""
    verdict = _can_care(actor, thread)
    if not verdict or (actor.trust_level > 0 and actor.pk != thread.author_id):
        return verdict
    if moderates_space(actor, thread.space):
        return YES
    if actor.pk == thread.author_id:
        return no("own_question", _("This is your own question. You can edit it or reply."))
    return no(
        "too_new", _("Soon: who has taken part here for a little while can say what a question is missing.")
    )


def can_claim(actor: Member, thread: Thread) -> Verdict:
    """Whether `actor` may say that they are answering `thread`: while nobody has, and not the asker."""
    verdict = _can_care(actor, thread) and can_reply(actor, thread)
    if not verdict:
        return verdict
    if actor.pk == thread.author_id:
        return no("own_question", _("This is your own question. You can edit it or reply."))
    if thread.reply_count:
        return no("answered_already", _("Somebody has replied already. You can add what you know."))
    return YES


def can_reopen(actor: Member, thread: Thread) -> Verdict:
    """Whether `actor` may open a question again that was closed because nothing came: who asked it."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if actor.pk != thread.author_id:
        return no("asker_only_reopens", _("Only who asked, or the team, can open this again."))
    return _not_archived(thread)


def can_change_question_rules(actor: Member) -> Verdict:
    """Whether `actor` may change the rules for questions."""
    if actor.is_at_least("manager") and not actor.is_suspended:
        return YES
    return no("managers_only", _("Only community managers change the rules for questions."))


def _can_care(actor: Member, thread: Thread) -> Verdict:
    """Whether anyone may do something about `thread` as an open question."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if thread.kind != Kind.QUESTION:
        return no("not_a_question", _("This is not a question."))
    if thread.accepted_post_id is not None:
        return no("solved_already", _("This question has its answer already."))
    if thread.state not in OPEN_STATES:
        return no("thread_not_shown", _("This thread is not shown now, so nobody can reply to it."))
    if thread.space.is_archived or thread.is_locked:
        return no("thread_locked", _("This thread is closed, so what is in it stays as it is."))
    return YES


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
