"""Writing down that a thread itself was changed."""

from community.activity.record import record
from community.members.models import Member
from community.threads import limits
from community.threads.models import Thread
from community.threads.verbs import THREAD_CHANGED


def record_change(
    actor: Member | None, thread: Thread, change: str, before: str, after: str, *, reason: str = ""
) -> None:
    """Record one change of a locked thread: `lock`, `pin`, `move` (ids of spaces), `rename`, `tags`, `unlist`, `archive`,
    `slow` (seconds), `bump` or `timer` (what and when)."""
    record(
        THREAD_CHANGED,
        actor=actor,
        target=thread,
        space_id=thread.space_id,
        payload={
            "thread_id": thread.pk,
            "change": change,
            "before": before,
            "after": after,
            "reason": reason[: limits.REASON_LONG],
        },
    )


def yes_or_no(yes: bool) -> str:
    """Return how a record says whether something holds."""
    return "yes" if yes else "no"
