"""What a member looked for lately."""

from community.members.models import Member
from community.search.limits import RECENT
from community.sql import fetch


def recent_searches(viewer: Member | None) -> list[str]:
    """Return the member's last questions, the latest first. Guests have none."""
    if viewer is None:
        return []
    sql = "SELECT text FROM search_recentsearch WHERE member_id = %s ORDER BY asked_at DESC, id DESC LIMIT %s"
    return fetch(sql, [viewer.pk, RECENT()], lambda row: str(row[0]))
