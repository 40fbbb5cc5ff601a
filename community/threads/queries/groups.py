"""What people of a group talk about."""

from community.members.models import Group, GroupMembership, Member
from community.threads.models import LATEST, Thread

MOST = 6


def latest_of_group(viewer: Member | None, group: Group) -> list[Thread]:
    """Return the latest threads begun by people in a group that `viewer` may read, in a fixed number of statements."""
    inside = GroupMembership.objects.filter(group=group).values("member")
    threads = Thread.objects.visible_to(viewer).filter(author__in=inside, state="visible")
    return list(threads.select_related("author").order_by(*LATEST)[:MOST])
