"""Reporting a post or a message."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.models import Member
from community.messages.models import Message
from community.moderation import limits
from community.moderation.actions.opening import find_or_open
from community.moderation.case_kinds import kind_of
from community.moderation.models import Case, Reason, Report
from community.moderation.permissions import can_report, can_report_message
from community.moderation.verbs import MESSAGE_REPORTED, POST_REPORTED
from community.threads.models import Post


def report_post(*, actor: Member, post: Post, reason: str, note: str = "") -> Report:
    """Report `post`. Joins the open case of the post, or opens one.

    `reason` is one of `Reason`. Raises `Refused`, `RateLimited`, `Invalid`, or `Conflict` when `actor` reported it already.
    """
    can_report(actor, post).require()
    fresh = Case(
        kind="post_report",
        subject_type=Post._meta.label_lower,
        subject_id=post.pk,
        post=post,
        author_id=post.author_id,
        space_id=post.thread.space_id,
    )
    return _report(actor, fresh, reason, note)


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


def _report(actor: Member, fresh: Case, reason: str, note: str) -> Report:
    limits.REPORT.spend(actor)
    note = _check(reason, note)
    try:
        with transaction.atomic():
            case, _is_new = find_or_open(fresh, kind_of(fresh))
            report = Report.objects.create(case=case, reporter=actor, reason=reason, note=note)
            Case.objects.filter(pk=case.pk).update(report_count=F("report_count") + 1)
            _record(actor, case, report)
    except IntegrityError as error:
        raise Conflict(
            "reported_already", _("You reported this already. The team will look at it.")
        ) from error
    return report


def _record(actor: Member, case: Case, report: Report) -> None:
    told = {"case_id": case.pk, "reason": report.reason}
    if case.message_id is not None:
        record(MESSAGE_REPORTED, actor=actor, target=report, payload={**told, "message_id": case.message_id})
        return
    payload = {**told, "post_id": case.post_id}
    record(POST_REPORTED, actor=actor, target=report, payload=payload, space_id=case.space_id)


def _check(reason: str, note: str) -> str:
    if reason not in Reason.values:
        sentence = _("Choose what is wrong with it.")
        raise Invalid("reason_missing", sentence, fields={"reason": sentence})
    note = note.strip()
    if reason == Reason.OTHER and not note:
        sentence = _("Tell the team in a sentence what is wrong.")
        raise Invalid("note_missing", sentence, fields={"note": sentence})
    if len(note) > limits.NOTE_LENGTH:
        sentence = _("Use at most %(most)d characters; this has %(n)d.") % {
            "most": limits.NOTE_LENGTH,
            "n": len(note),
        }
        raise Invalid("note_too_long", sentence, fields={"note": sentence})
    return note
