"""Who is told about decisions: the author always why, the reporter what came of it."""

from collections.abc import Mapping
from typing import Any

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.models import Member
from community.messages.models import Message
from community.moderation.case_kinds import case_kind
from community.moderation.models import Appeal, Decision, Penalty
from community.moderation.notices.kinds import (
    APPEAL,
    LIFTED,
    OUTCOME,
    PENALISED,
    POST_BACK,
    POST_DECIDED,
    POST_HIDDEN,
    REPORTS,
    WAITING,
)
from community.moderation.spam.judging import SHOWN_KIND
from community.moderation.verbs import (
    APPEAL_DECIDED,
    CASE_DECIDED,
    CASE_OPENED,
    CASE_REOPENED,
    MEMBER_PENALISED,
    MESSAGE_REPORTED,
    PENALTY_LIFTED,
    POST_AUTO_HIDDEN,
    POST_REPORTED,
)
from community.notifications.actions import notify
from community.threads.models import Post, State


def _place(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what leads an author to their post, or to the place of their message."""
    message = Message.objects.filter(pk=facts.get("message_id") or 0).first()
    return {"url": message.get_absolute_url()} if message else {"post_id": facts["post_id"]}


def _about_a_post(facts: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what happened to a post or message of somebody, which is named the same for every kind; None for others."""
    if facts["kind"] == SHOWN_KIND:
        return {**facts, "post_id": facts["subject_id"]}
    return facts if facts["kind"] in REPORTS else None


@consumer(CASE_DECIDED, hears_replays=False)
def tell_about_decision(activity: Activity) -> None:
    """Tell the author what was decided and why, and the reporters what came of it."""
    facts = _about_a_post(activity.payload)
    if facts is None:
        if case_kind(activity.payload["kind"]).is_reported:
            _tell_reporters(activity)
        return
    if facts["decision"] in (Decision.HIDE, Decision.REMOVE) and facts["author_id"]:
        payload = {
            "decision": facts["decision"],
            "reason": facts["reason"],
            "case_id": activity.target_pk,
            **_place(facts),
        }
        notify(
            actor=activity.actor,
            member_ids=[facts["author_id"]],
            kind=POST_DECIDED,
            activity=activity,
            payload=payload,
        )
    _tell_reporters(activity)


def _tell_reporters(activity: Activity) -> None:
    facts = activity.payload
    notify(
        actor=activity.actor,
        member_ids=[pk for pk in facts["reporter_ids"] if pk != facts["author_id"]],
        kind=OUTCOME,
        activity=activity,
        payload={"decision": facts["decision"]},
    )


def _is_shown(facts: Mapping[str, Any]) -> bool:
    about: Any = Message if facts.get("message_id") else Post
    pk = facts.get("message_id") or facts.get("post_id") or 0
    return bool(about.objects.filter(pk=pk, state=State.VISIBLE).exists())


@consumer(CASE_REOPENED, hears_replays=False)
def tell_about_undo(activity: Activity) -> None:
    """Tell the author that a decision against their post was taken back."""
    facts = _about_a_post(activity.payload)
    if facts is not None and facts["author_id"] and facts["decision"] != Decision.KEEP:
        payload = _place(facts)
        if not _is_shown(facts):
            # It was hidden before the decision, and is again.
            return
        notify(
            actor=activity.actor,
            member_ids=[facts["author_id"]],
            kind=POST_BACK,
            activity=activity,
            payload=payload,
        )


@consumer(MEMBER_PENALISED, hears_replays=False)
def tell_penalised(activity: Activity) -> None:
    """Tell a member what is closed to them, why and until when."""
    facts = activity.payload
    payload = {key: facts[key] for key in ("kind", "reason", "until", "penalty_id", "case_id")}
    # What was recorded before posts were hidden with a penalty names none.
    payload["hidden"] = len(facts.get("hidden_post_ids", ()))
    notify(
        actor=activity.actor,
        member_ids=[facts["member_id"]],
        kind=PENALISED,
        activity=activity,
        payload=payload,
    )


@consumer(POST_AUTO_HIDDEN, hears_replays=False)
def tell_hidden(activity: Activity) -> None:
    """Tell the author at once that reports hid their post, why, and what they can do."""
    facts = activity.payload
    if facts["author_id"]:
        notify(
            actor=None,
            member_ids=[facts["author_id"]],
            kind=POST_HIDDEN,
            activity=activity,
            payload={key: facts[key] for key in ("why", "case_id", "post_id")},
        )


@consumer(APPEAL_DECIDED, hears_replays=False)
def tell_appealed(activity: Activity) -> None:
    """Tell who appealed what came of it."""
    facts = activity.payload
    payload = {key: facts[key] for key in ("outcome", "reason", "case_id", "penalty_id")}
    notify(
        actor=activity.actor,
        member_ids=[facts["member_id"]],
        kind=APPEAL,
        activity=activity,
        payload=payload,
    )


@consumer(CASE_REOPENED, hears_replays=False)
def tell_appeal_waits_again(activity: Activity) -> None:
    """Tell who appealed that what they were told about it no longer holds."""
    if activity.payload["kind"] != "appeal":
        return
    appeal = Appeal.objects.filter(pk=activity.payload["subject_id"]).first()
    if appeal is not None:
        notify(
            actor=activity.actor,
            member_ids=[appeal.member_id],
            kind=APPEAL,
            activity=activity,
            payload={
                "outcome": "open",
                "reason": "",
                "case_id": appeal.case_id,
                "penalty_id": appeal.penalty_id,
            },
        )


@consumer(PENALTY_LIFTED, hears_replays=False)
def tell_lifted(activity: Activity) -> None:
    """Tell a member what is open again. That a pause of the team takes the place of one by a rule is no news of this kind."""
    facts = activity.payload
    member = Member.objects.get_queryset().filter(pk=facts["member_id"]).first()
    if member is None:
        return
    is_closed = member.is_suspended or member.is_silenced
    by_rule = Penalty.objects.filter(pk=facts["penalty_id"], given_by=None, case__isnull=False)
    if not (is_closed and by_rule.exists()):
        notify(
            actor=activity.actor,
            member_ids=[member.pk],
            kind=LIFTED,
            activity=activity,
            payload={"still": is_closed},
        )


@consumer(POST_REPORTED, MESSAGE_REPORTED, CASE_OPENED, hears_replays=False)
def tell_team(activity: Activity) -> None:
    """Tell those who keep order everywhere that something waits; merged while unread."""
    if activity.payload.get("tells_team", True):
        ask_team(activity)


def ask_team(activity: Activity) -> None:
    """Tell the same people because of an Activity of a feature above, such as a report of something it shows."""
    present = Member.objects.get_queryset().present()
    team = list(present.filter(role__in=("moderator", "manager")).values_list("pk", flat=True))
    # Where nobody else keeps order, whoever set the community up does.
    team = team or list(present.filter(role="admin").values_list("pk", flat=True))
    notify(
        actor=activity.actor,
        member_ids=team,
        kind=WAITING,
        activity=activity,
        merge_key="moderation.waiting",
    )
