"""How closely members attend to spaces and tags: what only the member sees."""

from django.utils.translation import gettext as _

from community.errors import Invalid
from community.members.models import Member
from community.members.permissions import can_keep
from community.spaces import limits
from community.spaces.models import Level, Space, SpaceFollow, Tag, TagFollow
from community.spaces.permissions import can_follow_space


def attend_to_space(*, actor: Member, space: Space, level: str) -> None:
    """Choose how closely `actor` attends to `space` (a `Level`). Choosing it twice changes nothing.

    Raises `Refused`, `Invalid` or `RateLimited`.
    """
    _check(level)
    can_follow_space(actor, space).require()
    limits.FOLLOW_SPACE.spend(actor)
    if level == Level.NORMAL:
        SpaceFollow.objects.filter(space=space, member=actor).delete()
        return
    SpaceFollow.objects.bulk_create(
        [SpaceFollow(space=space, member=actor, level=level)],
        update_conflicts=True,
        unique_fields=["space", "member"],
        update_fields=["level", "from_group"],
    )


def follow_space(*, actor: Member, space: Space) -> None:
    """Hear about new threads in `space`. Doing it twice changes nothing, and watching it stays watching."""
    can_follow_space(actor, space).require()
    limits.FOLLOW_SPACE.spend(actor)
    follow = SpaceFollow(space=space, member=actor)
    SpaceFollow.objects.bulk_create([follow], ignore_conflicts=True)
    muted = SpaceFollow.objects.filter(space=space, member=actor, level=Level.MUTED)
    muted.update(level=Level.FIRST_POSTS, from_group=None)


def unfollow_space(*, actor: Member, space: Space) -> None:
    """Attend to `space` as to any other."""
    SpaceFollow.objects.filter(space=space, member=actor).delete()


def attend_to_tag(*, actor: Member, tag: Tag, level: str) -> None:
    """Choose how closely `actor` attends to `tag` (a `Level`), in every space they may read.

    Raises `Refused`, `Invalid` or `RateLimited`.
    """
    _check(level)
    can_keep(actor).require()
    limits.FOLLOW_SPACE.spend(actor)
    if level == Level.NORMAL:
        TagFollow.objects.filter(tag=tag, member=actor).delete()
        return
    TagFollow.objects.bulk_create(
        [TagFollow(tag=tag, member=actor, level=level)],
        update_conflicts=True,
        unique_fields=["member", "tag"],
        update_fields=["level", "from_group"],
    )


def _check(level: str) -> None:
    if level not in Level.values:
        raise Invalid("level_unknown", _("Choose one of the levels offered."))
