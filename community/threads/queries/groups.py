"""What people of a group talk about."""

from community.members.models import Group, GroupMembership, Member, level_of, people_by
from community.threads.models import LATEST, Thread

MOST = 6


def latest_of_group(viewer: Member | None, group: Group) -> list[Thread]:
    """Return the latest threads begun by people in a group that `viewer` may read, in a fixed number of statements."""
    if level_of(group.rule):
        # Most members are in it: what they talk about is what is in every list.
        return []
    inside = (
        people_by(group.rule).values("pk")
        if group.rule
        else GroupMembership.objects.filter(group=group).values("member")
    )
    threads = Thread.objects.visible_to(viewer).filter(author__in=inside, state="visible")
    return list(threads.select_related("author").order_by(*LATEST)[:MOST])
