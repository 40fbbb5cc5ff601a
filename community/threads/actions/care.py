"""Looking after a question: what it is missing, who is answering it, and whether it is solved."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.activity.registry import Verb
from community.errors import Conflict, Invalid, Refused
from community.members.models import Member
from community.sql import fetch_one, write
from community.threads import limits
from community.threads.actions.changes import record_change
from community.threads.locks import lock_thread
from community.threads.models import QuestionCare, Said, Thread
from community.threads.permissions import can_claim, can_decide_answer, can_reopen, can_want_information
from community.threads.questions import question_rules
from community.threads.verbs import (
    QUESTION_INFO_GIVEN,
    QUESTION_INFO_WANTED,
    QUESTION_REOPENED,
    QUESTION_STILL_OPEN,
)
from community.writing.lines import ink, one_line

# One holder: the row of a question is taken only from nobody, from oneself, or when the time is over.
_CLAIM = """INSERT INTO threads_questioncare AS c (thread_id, said, missing, claimed_by_id, claimed_until)
  VALUES (%s, '', '', %s, %s) ON CONFLICT (thread_id) DO UPDATE
  SET claimed_by_id = EXCLUDED.claimed_by_id, claimed_until = EXCLUDED.claimed_until
  WHERE c.claimed_by_id IS NULL OR c.claimed_by_id = EXCLUDED.claimed_by_id OR c.claimed_until <= %s
  RETURNING c.thread_id"""
_HOLDER = """SELECT u.name FROM threads_questioncare c JOIN members_member u ON u.id = c.claimed_by_id
  WHERE c.thread_id = %s"""


@transaction.atomic
def want_information(*, actor: Member, thread: Thread, missing: str) -> QuestionCare:
    """Say in a sentence what the question `thread` is missing; its asker is told. The same sentence twice changes nothing.

    Raises `Refused`, `Invalid`, `RateLimited` or `NotFound`.
    """
    can_want_information(actor, thread).require()
    sentence = check_missing(missing)
    held = lock_thread(actor, thread.pk)
    can_want_information(actor, held).require()
    care, _new = QuestionCare.objects.get_or_create(thread=held)
    if care.missing == sentence:
        return care
    limits.WANT_INFORMATION.spend(actor)
    care.missing, care.missing_by = sentence, actor
    care.missing_at, care.nudged_at, care.closed_at = timezone.now(), None, None
    care.save(update_fields=["missing", "missing_by", "missing_at", "nudged_at", "closed_at"])
    record_care(QUESTION_INFO_WANTED, actor, held, words=sentence)
    return care


def check_missing(missing: str) -> str:
    """Return the sentence as it is stored. Raises `Invalid` when it says nothing or too much."""
    sentence = one_line(missing)
    if ink(sentence) < limits.MISSING_MIN:
        words = _("Say in a sentence what is missing, so that it can be added.")
        raise Invalid("missing_short", words, fields={"missing": words})
    if len(sentence) > limits.MISSING_MAX:
        words = _("One sentence is enough: 300 characters at most.")
        raise Invalid("missing_long", words, fields={"missing": words})
    return sentence


@transaction.atomic
def have_information(*, actor: Member, thread: Thread) -> None:
    """Say that `thread` is not missing anything any more. Doing it twice changes nothing. Raises `Refused` or `NotFound`."""
    can_want_information(actor, thread).require()
    held = lock_thread(actor, thread.pk)
    can_want_information(actor, held).require()
    cleared = QuestionCare.objects.filter(thread=held).exclude(missing="")
    if cleared.update(missing="", missing_by=None, missing_at=None, nudged_at=None):
        record_care(QUESTION_INFO_GIVEN, actor, held)


def claim_question(*, actor: Member, thread: Thread) -> QuestionCare:
    """Say "I am answering this" for some minutes; again makes them last anew.

    Raises `Refused`, `RateLimited`, or `Conflict` (`claimed`) while somebody else is answering.
    """
    can_claim(actor, thread).require()
    limits.CLAIM.spend(actor)
    now = timezone.now()
    if not write(_CLAIM, (thread.pk, actor.pk, now + question_rules().claim, now)):
        name = fetch_one(_HOLDER, (thread.pk,), lambda row: str(row[0])) or _("Former member")
        raise Conflict(
            "claimed",
            _("%(name)s is answering this right now. If nothing comes, it is free again in a few minutes.")
            % {"name": name},
        )
    return QuestionCare.objects.get(thread=thread)


def give_up_claim(*, actor: Member, thread: Thread) -> None:
    """Say that one is not answering `thread` after all. Doing it twice changes nothing."""
    mine = QuestionCare.objects.filter(thread=thread, claimed_by=actor)
    mine.update(claimed_by=None, claimed_until=None)


@transaction.atomic
def say_not_yet(*, actor: Member, thread: Thread) -> None:
    """Answer "did this solve it?" with: not yet. The question stays open. Raises `Refused` or `NotFound`."""
    held = lock_thread(actor, thread.pk)
    can_decide_answer(actor, held).require()
    if actor.pk != held.author_id:
        raise Refused("asker_only", _("Only who asked can say whether it is solved."))
    asked = QuestionCare.objects.filter(thread=held, said=Said.NOTHING, followed_up_at__isnull=False)
    if asked.update(said=Said.NOT_YET):
        record_care(QUESTION_STILL_OPEN, actor, held)


@transaction.atomic
def reopen_question(*, actor: Member, thread: Thread) -> Thread:
    """Open one's own question that was closed because nothing came; the days begin anew.

    Raises `Refused` or `NotFound`. One that is open already stays as it is.
    """
    held = lock_thread(actor, thread.pk)
    can_reopen(actor, held).require()
    closed = QuestionCare.objects.filter(thread=held, closed_at__isnull=False)
    if not held.is_locked:
        return held
    if not closed.update(closed_at=None, nudged_at=None, missing_at=timezone.now()):
        raise Refused("closed_by_team", _("The team closed this. You can ask them why."))
    held.is_locked = False
    held.save(update_fields=["is_locked"])
    record_change(actor, held, "lock", "yes", "no")
    record_care(QUESTION_REOPENED, actor, held)
    return held


def record_care(
    verb: Verb, actor: Member | None, thread: Thread, *, post_id: int | None = None, words: str = ""
) -> None:
    """Record what was done about a question."""
    record(
        verb,
        actor=actor,
        target=thread,
        space_id=thread.space_id,
        payload={
            "thread_id": thread.pk,
            "thread_title": thread.title,
            "asker_id": thread.author_id,
            "post_id": post_id,
            "words": words,
        },
    )
