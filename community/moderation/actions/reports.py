"""Reporting a post, a message, or what features above let members report."""

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.activity.registry import Verb
from community.errors import Conflict, Invalid
from community.members.models import Member
from community.messages.models import Message
from community.moderation import limits
from community.moderation.actions.opening import find_or_open
from community.moderation.actions.penalties import penalise_member
from community.moderation.case_kinds import CaseKind, kind_of
from community.moderation.models import Case, PenaltyKind, Reason, Report
from community.moderation.permissions import can_report, can_report_message
from community.moderation.queries import suggested_days
from community.moderation.scoring import say_hidden, silences_author, weigh, why_hidden
from community.moderation.verbs import MESSAGE_REPORTED, POST_AUTO_HIDDEN, POST_REPORTED
from community.threads.actions import set_post_state_by_rule
from community.threads.models import Post, State
from community.threads.permissions import can_moderate_thread
from community.writing.lines import too_long


def report_post(
    *, actor: Member, post: Post, reason: str, note: str = "", take_action: bool = False
) -> Report:
    """Report `post`. Joins the open case of the post, or opens one; enough weight hides it until it is decided.

    `reason` is one of `Reason`; with `take_action` the team hides it at once. Raises `Refused`, `RateLimited`, `Invalid`, or `Conflict` when `actor` reported it already.
    """
    can_report(actor, post).require()
    if take_action:
        can_moderate_thread(actor, post.thread).require()
    fresh = Case(
        kind="post_report",
        subject_type=Post._meta.label_lower,
        subject_id=post.pk,
        post=post,
        author_id=post.author_id,
        space_id=post.thread.space_id,
    )
    return _report(actor, fresh, reason, note, take_action=take_action)


def report_message(*, actor: Member, message: Message, reason: str, note: str = "") -> Report:
    """Report `message`, which opens it and its neighbours to those who keep order everywhere. Raises like `report_post`."""
    can_report_message(actor, message).require()
    fresh = Case(
        kind="message_report",
        subject_type=Message._meta.label_lower,
        subject_id=message.pk,
        message=message,
        author_id=message.author_id,
    )
    return _report(actor, fresh, reason, note)


def report_subject(
    *,
    actor: Member,
    kind: CaseKind,
    subject: models.Model,
    about_id: int | None,
    verb: Verb,
    reason: str,
    note: str = "",
) -> Report:
    """Report a thing of a feature above, which asked whether `actor` may: by one case, with the weight of each report.

    `about_id` is who wrote it; `verb` is recorded with `case_id` and `reason`. Raises `RateLimited`, `Invalid` or `Conflict` like `report_post`.
    """
    fresh = Case(
        kind=kind.name, subject_type=subject._meta.label_lower, subject_id=subject.pk, author_id=about_id
    )
    return _report(actor, fresh, reason, note, verb=verb)


def _report(
    actor: Member,
    fresh: Case,
    reason: str,
    note: str,
    *,
    take_action: bool = False,
    verb: Verb | None = None,
) -> Report:
    limits.REPORT.spend(actor)
    note = _check(reason, note)
    parts = weigh(actor, takes_action=take_action)
    weight = round(sum(parts.values()), 2)
    try:
        with transaction.atomic():
            case, _is_new = find_or_open(fresh, kind_of(fresh))
            report = Report.objects.create(
                case=case, reporter=actor, reason=reason, note=note, weight=weight, parts=parts
            )
            case.report_count += 1
            case.score = round(case.score + weight, 2)
            case.save(update_fields=["report_count", "score"])
            _record(actor, case, report, verb)
            if case.post is not None:
                _obey_weight(actor, case, reason, take_action=take_action)
    except IntegrityError as error:
        raise Conflict(
            "reported_already", _("You reported this already. The team will look at it.")
        ) from error
    return report


def _record(actor: Member, case: Case, report: Report, verb: Verb | None) -> None:
    told = {"case_id": case.pk, "reason": report.reason}
    if verb is not None:
        record(verb, actor=actor, target=report, payload=told)
        return
    if case.message_id is not None:
        record(MESSAGE_REPORTED, actor=actor, target=report, payload={**told, "message_id": case.message_id})
        return
    payload = {**told, "post_id": case.post_id}
    record(POST_REPORTED, actor=actor, target=report, payload=payload, space_id=case.space_id)


def _obey_weight(actor: Member, case: Case, reason: str, *, take_action: bool) -> None:
    """Hide the post and silence its author where the reports weigh enough. The case is locked: only one report does it."""
    assert case.post is not None
    why = why_hidden(case, actor, reason, takes_action=take_action)
    if why and case.post.state == State.VISIBLE and _hide(case.post, say_hidden(why)):
        case.facts = {**case.facts, "hidden": why, "hidden_at": timezone.now().isoformat()}
        case.save(update_fields=["facts"])
        payload = {"case_id": case.pk, "post_id": case.post_id, "author_id": case.author_id, "why": why}
        record(POST_AUTO_HIDDEN, actor=None, target=case.post, payload=payload, space_id=case.space_id)
    if case.author is not None and not case.facts.get("silenced") and silences_author(case):
        case.facts = {**case.facts, "silenced": True}
        case.save(update_fields=["facts"])
        penalise_member(
            actor=None,
            member=case.author,
            kind=PenaltyKind.SILENCE,
            reason=_("Several people reported a post of yours as advertising. The team decides about it."),
            days=suggested_days(case.author),
            case=case,
        )


def _hide(post: Post, reason: str) -> bool:
    return set_post_state_by_rule(post=post, state=State.HIDDEN, reason=reason).state == State.HIDDEN


def _check(reason: str, note: str) -> str:
    if reason not in Reason.values:
        sentence = _("Choose what is wrong with it.")
        raise Invalid("reason_missing", sentence, fields={"reason": sentence})
    note = note.strip()
    if reason == Reason.OTHER and not note:
        sentence = _("Tell the team in a sentence what is wrong.")
        raise Invalid("note_missing", sentence, fields={"note": sentence})
    if sentence := too_long(note, limits.NOTE_LENGTH):
        raise Invalid("note_too_long", sentence, fields={"note": sentence})
    return note
