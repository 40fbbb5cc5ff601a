"""What askers hear about their questions: did an answer solve it, what is missing, why it was closed."""

from community.activity.models import Activity
from community.activity.registry import consumer
from community.notifications.actions import notify
from community.notifications.registry import Kind
from community.threads.models import QuestionCare, Thread
from community.threads.notices.kinds import CLOSED_WAITING, DID_IT_WORK, INFO_WANTED
from community.threads.queries.audience import who_may_hear
from community.threads.verbs import (
    QUESTION_EXPIRED,
    QUESTION_FOLLOWED_UP,
    QUESTION_INFO_WANTED,
    QUESTION_NUDGED,
)

THREAD = "threads.thread"
POST = "threads.post"


@consumer(QUESTION_FOLLOWED_UP, hears_replays=False)
def ask_if_solved(activity: Activity) -> None:
    """Ask the asker whether the answer worked, unless they have said so meanwhile."""
    payload = activity.payload
    open_still = Thread.objects.filter(pk=payload["thread_id"], accepted_post=None)
    if open_still.exists() and payload["post_id"] is not None:
        _tell(activity, DID_IT_WORK, (POST, payload["post_id"]))


@consumer(QUESTION_INFO_WANTED, QUESTION_NUDGED, hears_replays=False)
def tell_what_is_missing(activity: Activity) -> None:
    """Tell the asker what a helper misses, and remind them once."""
    if QuestionCare.objects.filter(pk=activity.payload["thread_id"]).exclude(missing="").exists():
        _tell(activity, INFO_WANTED, (THREAD, activity.payload["thread_id"]))


@consumer(QUESTION_EXPIRED, hears_replays=False)
def tell_it_is_closed(activity: Activity) -> None:
    """Tell the asker that their question was closed, and how to open it again."""
    _tell(activity, CLOSED_WAITING, (THREAD, activity.payload["thread_id"]))


def _tell(activity: Activity, kind: Kind, subject: tuple[str, int]) -> None:
    payload = activity.payload
    if payload["asker_id"] is None:
        return
    notify(
        actor=activity.actor,
        member_ids=who_may_hear(payload["thread_id"], [payload["asker_id"]]),
        kind=kind,
        activity=activity,
        payload={"words": payload["words"], "again": activity.verb == QUESTION_NUDGED.name},
        subject=subject,
        thread_id=payload["thread_id"],
    )
