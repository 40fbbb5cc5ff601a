"""What the review queue of the demo has beside reports: reasons to insert, and an appeal that waits."""

from typing import Any

from community.members.models import Member
from community.moderation.actions import penalise_member, save_canned_reason
from community.moderation.appeals.actions import appeal_penalty
from community.moderation.models import CannedReason

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
