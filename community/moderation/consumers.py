"""The audit log hears what people with a role do; a suspension also reaches the member's browsers."""

from community.activity.models import Activity
from community.activity.registry import all_verbs, consumer
from community.members.models import Member
from community.members.trust.actions import settle_trust
from community.moderation.actions import forget_taken_off, keep_taken_off
from community.moderation.appeals.actions import drop_moot_appeals
from community.moderation.audit import write_entry
from community.moderation.held.drafts import gather, scatter
from community.moderation.log.audited import AUDITED
from community.moderation.models import Penalty
from community.moderation.spam import outcomes
from community.moderation.verbs import (
    CASE_REOPENED,
    MEMBER_PENALISED,
    PENALTY_ENDED,
    PENALTY_LIFTED,
)
from community.notifications.actions import forget_browsers, reconsider_member
from community.threads.models import Post, State
from community.threads.verbs import POST_JUDGED

__all__ = ["outcomes"]


@consumer(*(verb for verb in all_verbs() if verb.name in AUDITED), hears_replays=False)
def write_audit(activity: Activity) -> None:
    """Write down what someone of the team did."""
    write_entry(activity)


@consumer(CASE_REOPENED, PENALTY_LIFTED, hears_replays=False)
def drop_appeals_that_are_moot(activity: Activity) -> None:
    """End an appeal against what was taken back before anybody decided it."""
    if activity.verb == CASE_REOPENED.name:
        case_id, penalty_id = activity.target_pk, None
    else:
        case_id, penalty_id = None, activity.payload["penalty_id"]
    drop_moot_appeals(actor=activity.actor, case_id=case_id, penalty_id=penalty_id)


@consumer(POST_JUDGED, hears_replays=False)
def keep_what_was_taken_off(activity: Activity) -> None:
    """Let the author of what someone of the team took off without a report appeal; end that when it is put back."""
    post = Post.objects.select_related("thread").filter(pk=activity.target_pk).first()
    facts, actor = activity.payload, activity.actor
    if post is None:
        return
    if facts["after"] == State.VISIBLE:
        for case in forget_taken_off(actor=actor, post=post):
            drop_moot_appeals(actor=actor, case_id=case.pk, penalty_id=None)
    elif actor is not None and post.author_id is not None and post.state == facts["after"]:
        keep_taken_off(
            actor=actor, post=post, state=facts["after"], reason=facts["reason"], activity_id=activity.pk
        )


@consumer(MEMBER_PENALISED, hears_replays=False)
def forget_browsers_of_the_suspended(activity: Activity) -> None:
    """Send nothing more to browsers of a member who may not come in."""
    member = Member.objects.filter(pk=activity.payload["member_id"]).first()
    if member is not None and member.is_suspended:
        forget_browsers(actor=None, member=member)


@consumer(MEMBER_PENALISED, PENALTY_LIFTED, PENALTY_ENDED)
def settle_trust_of_penalised(activity: Activity) -> None:
    """A pause ends the level of a regular; lifting it opens the way again."""
    settle_trust(member_ids=[activity.payload["member_id"]], quiet=activity.quiet)


@consumer(MEMBER_PENALISED, PENALTY_LIFTED, PENALTY_ENDED, hears_replays=False)
def reconsider_team(activity: Activity) -> None:
    """Somebody of the team is nobody of it while suspended: what only the team sees leaves their bell, and comes back."""
    member = Member.objects.get_queryset().filter(pk=activity.payload["member_id"]).first()
    if member is not None and member.is_staff:
        reconsider_member(member=member)


@consumer(MEMBER_PENALISED, PENALTY_LIFTED, PENALTY_ENDED, hears_replays=False)
def gather_what_the_paused_sent(activity: Activity) -> None:
    """While somebody is paused, what waits of theirs is one case; afterwards each text is what it was."""
    member = Member.objects.filter(pk=activity.payload["member_id"]).first()
    penalty = Penalty.objects.filter(pk=activity.payload["penalty_id"]).first()
    if member is None or penalty is None:
        return
    if activity.verb == MEMBER_PENALISED.name:
        gather(actor=activity.actor, member=member)
    else:
        scatter(actor=activity.actor, member=member, penalty=penalty)
