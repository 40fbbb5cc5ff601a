"""Who may accept answers and look after questions."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.members.models import Member
from community.members.permissions import can_take_part
from community.spaces.models import Kind
from community.spaces.permissions import moderates_space
from community.threads.models import Post, State, Thread
from community.threads.permissions.order import can_moderate_thread
from community.threads.permissions.posts import can_reply
from community.threads.permissions.standing import not_archived
from community.threads.questions import question_rules
from community.threads.steering import OPEN_STATES, READABLE
from community.verdict import YES, Verdict, no


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
    verdict = can_take_part(actor) and not_archived(thread)
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
    return not_archived(thread)


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
