"""What journeys do when someone joins, and when their day comes round."""

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.verbs import MEMBER_JOINED
from community.notifications.actions import notify
from engagement.journeys import actions
from engagement.journeys.notices import ANNIVERSARY, WELCOMED
from engagement.journeys.verbs import ANNIVERSARY_REACHED


@consumer(MEMBER_JOINED, hears_replays=False)
def welcome_newcomer(activity: Activity) -> None:
    """Welcome a newcomer the moment they join: a notice, an e-mail, one question of their own."""
    newcomer = activity.actor
    if newcomer is not None and actions.welcome(actor=newcomer):
        notify(actor=None, member_ids=[newcomer.pk], kind=WELCOMED, activity=activity)


@consumer(ANNIVERSARY_REACHED, hears_replays=False)
def thank_for_years(activity: Activity) -> None:
    """Thank a member on their day."""
    notify(
        actor=None,
        member_ids=[activity.target_pk],
        kind=ANNIVERSARY,
        activity=activity,
        payload={"years": activity.payload["years"]},
    )
