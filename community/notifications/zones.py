"""The clock of a member."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from community.members.models import Member


def zone_of(member: Member) -> ZoneInfo:
    """Return the member's time zone, or UTC when it is empty or unknown."""
    try:
        return ZoneInfo(member.time_zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
