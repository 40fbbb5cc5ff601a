"""What the review queue of the demo has beside reports: reasons to insert, and an appeal that waits."""

from typing import Any

from django.db import transaction

from community.errors import Conflict, Held, RateLimited
from community.members.models import Member
from community.moderation.actions import penalise_member, save_canned_reason
from community.moderation.appeals.actions import appeal_penalty
from community.moderation.held.drafts import gather
from community.moderation.models import CannedReason, Penalty
from community.threads.actions import reply_to_thread
from community.threads.models import Thread

REASONS: tuple[dict[str, Any], ...] = (
    {"title": "Advertising", "text": "It advertises something. Say what you carry and why, without a shop."},
    {"title": "Unkind", "text": "It speaks about a person instead of the gear. Argue with what was said."},
    {
        "title": "Private things",
        "text": "It shows where somebody lives or how to reach them. That stays between the two of you.",
        "decision": "remove",
    },
    {"title": "Wrong place", "text": "It belongs into another thread. Ask it there.", "decision": "hide"},
)
REX_WORDS = "Those bags were my own old ones. I did not know that selling them here was not allowed."
REX_TEXTS = (
    "Reselling three bags, never used. Write to me and I send you pictures.",
    "I am not reselling copies. Ask anybody who bought one from me.",
)
WORDS = "I posted that link twice because the first one was broken. I have nothing to do with the shop."


def add_desk(*, members: dict[str, Member]) -> None:
    """Write the reasons, warn a member, and let them appeal. What is there already is left alone."""
    if CannedReason.objects.exists():
        return
    for position, reason in enumerate(REASONS):
        save_canned_reason(actor=members["dewi"], kind="post_report", position=position, **reason)
    penalty = penalise_member(
        actor=members["hana"],
        member=members["jonas"],
        kind="warn",
        reason="You posted the same shop link in two threads",
    )
    appeal_penalty(actor=members["jonas"], penalty=penalty, words=WORDS)


@transaction.atomic
def pause_rex(*, members: dict[str, Member]) -> None:
    """Suspend a member with a reason: what they wrote and waits is one case, their appeal another."""
    rex = members["rex"]
    if Penalty.objects.filter(member=rex).exists():
        return
    reason = rex.restriction_reason
    # As they were before: only here, so that they can have written something.
    rex.suspended_until = None
    threads = Thread.objects.filter(space__access="public", state="visible", is_locked=False).order_by("-id")
    for thread, body in zip(threads.select_related("space"), REX_TEXTS, strict=False):
        try:
            reply_to_thread(actor=rex, thread=thread, body=body)
        except (Held, Conflict, RateLimited):
            continue
    penalty = penalise_member(actor=members["hana"], member=rex, kind="suspend", reason=reason, days=90)
    gather(actor=members["hana"], member=rex)
    rex.refresh_from_db()
    appeal_penalty(actor=rex, penalty=penalty, words=REX_WORDS)
