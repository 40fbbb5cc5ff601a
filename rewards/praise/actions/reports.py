"""Reporting thanks to the team: by the same case, weight and answer as a post."""

from community.members.models import Member
from community.moderation.actions import report_subject
from community.moderation.models import Report
from rewards.praise.models import Praise
from rewards.praise.permissions import can_report_praise
from rewards.praise.reported import PRAISE_REPORT
from rewards.praise.verbs import PRAISE_REPORTED


def report_thanks(*, actor: Member, praise: Praise, reason: str, note: str = "") -> Report:
    """Tell the team that thanks need a look. Joins their open case, or opens one.

    Raises `Refused`, `RateLimited`, `Invalid`, or `Conflict` when `actor` reported them already.
    """
    can_report_praise(actor, praise).require()
    return report_subject(
        actor=actor,
        kind=PRAISE_REPORT,
        subject=praise,
        about_id=praise.giver_id,
        reason=reason,
        note=note,
        verb=PRAISE_REPORTED,
    )
