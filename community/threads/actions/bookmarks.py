"""Keeping posts for later."""

from community.members.models import Member
from community.members.permissions import can_keep
from community.threads import limits
from community.threads.models import Bookmark, Post


def bookmark_post(*, actor: Member, post: Post) -> None:
    """Keep `post` for later. Doing it twice changes nothing."""
    can_keep(actor).require()
    limits.KEEP.spend(actor)
    Bookmark.objects.bulk_create([Bookmark(post=post, member=actor)], ignore_conflicts=True)


def unbookmark_post(*, actor: Member, post: Post) -> None:
    """Keep `post` no longer."""
    Bookmark.objects.filter(post=post, member=actor).delete()
