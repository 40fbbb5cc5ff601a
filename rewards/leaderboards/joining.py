"""Two accounts become one: what the first was awarded counts for the second from now on."""

from django.db import transaction

from community.members.models import Member
from rewards.leaderboards.models import Joined
from rewards.leaderboards.sums import settle_members


@transaction.atomic
def join_sums(source: Member, target: Member) -> None:
    """Let the awards of `source`, and of whoever was joined to it before, count for `target`."""
    Joined.objects.filter(target=source).update(target=target)
    Joined.objects.update_or_create(source=source, defaults={"target": target})
    settle_members([source.pk, target.pk])
