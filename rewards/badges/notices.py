"""The notice that badges bring."""

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import consumer
from community.moderation.audit import write_entry
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.registry import Group, Kind, NoticeWords, Purpose, register, through
from rewards.badges.models import Award, Nomination, NominationState
from rewards.badges.verbs import BADGE_AWARDED, BADGE_CHANGED, BADGE_REVOKED, NOMINATION_ANSWERED
from rewards.points.panels import who_wants_recognition
from rewards.points.words import translated


def _words(notice: Notice, award: Award) -> NoticeWords:
    return NoticeWords(
        title=say("You have a new badge: %(name)s") % {"name": translated(award.badge.name)},
        text=award.reason if award.is_by_hand else translated(award.badge.description),
        url=award.badge.get_absolute_url(),
        icon="trophy",
        button=say("See the badge"),
    )


BADGE_EARNED = register(
    Kind(
        key="badge.earned",
        label=_("You earn a badge"),
        why=_("You get this because you earned a badge."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        load=through(lambda viewer: Award.objects.standing().filter(member=viewer).select_related("badge")),
        words=_words,
    )
)


def _answered(notice: Notice, nomination: Nomination) -> NoticeWords:
    names = {"name": nomination.member.name, "badge": translated(nomination.badge.name)}
    if nomination.state == NominationState.ACCEPTED:
        title = say("%(name)s got “%(badge)s”, as you proposed") % names
    else:
        title = say("Thank you for proposing %(name)s. “%(badge)s” was not given this time.") % names
    return NoticeWords(
        title=title,
        text=nomination.answer,
        url=nomination.badge.get_absolute_url(),
        icon="trophy",
        button=say("See the badge"),
    )


NOMINATION_DECIDED = register(
    Kind(
        key="badge.nomination",
        label=_("The team answers your proposal for a badge"),
        why=_("You get this because you proposed somebody for a badge."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        load=through(
            lambda viewer: Nomination.objects.filter(proposer=viewer).select_related("badge", "member")
        ),
        words=_answered,
    )
)


@consumer(NOMINATION_ANSWERED, hears_replays=False)
def tell_proposer(activity: Activity) -> None:
    """Tell whoever proposed somebody what came of it."""
    notify(
        actor=activity.actor,
        member_ids=[activity.payload["proposer_id"]],
        kind=NOMINATION_DECIDED,
        activity=activity,
    )


@consumer(BADGE_AWARDED, hears_replays=False)
def tell_holder(activity: Activity) -> None:
    """Tell the member once; a badge that came back is no news. Who gave one by hand is written down."""
    if activity.actor is not None:
        write_entry(activity)
    if not activity.payload["again"]:
        notify(
            actor=activity.actor,
            member_ids=who_wants_recognition([activity.payload["member_id"]]),
            kind=BADGE_EARNED,
            activity=activity,
        )


@consumer(BADGE_CHANGED, BADGE_REVOKED, NOMINATION_ANSWERED, hears_replays=False)
def audit_badges(activity: Activity) -> None:
    """Write down who changed a badge, took one back or answered a proposal."""
    write_entry(activity)
