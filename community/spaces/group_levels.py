"""How closely the people of a group attend to spaces and topics from the day they come in. What they chose themselves stays."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid
from community.members.groups.permissions import can_manage_groups
from community.members.models import Group, Member, rules_met
from community.spaces.models import GroupLevel, Level, Space, SpaceFollow, Tag, TagFollow
from community.spaces.verbs import GROUP_LEVELS_CHANGED

MOST = 50


@transaction.atomic
def set_group_levels(
    *, actor: Member, group: Group, spaces: Mapping[str, str], tags: Mapping[str, str]
) -> list[GroupLevel]:
    """Say which levels a group brings: addresses of spaces and of topics, each with a `Level`. What is not named goes.

    It holds for who comes in from now on. Raises `Refused` or `Invalid`; then nothing changed.
    """
    can_manage_groups(actor).require()
    held = Group.objects.select_for_update().get(pk=group.pk)
    levels = [*_of_spaces(actor, held, spaces), *_of_tags(held, tags)]
    if len(levels) > MOST:
        raise _unusable(_("A group brings at most %(n)d levels.") % {"n": MOST})
    before = _said(held)
    GroupLevel.objects.filter(group=held).delete()
    GroupLevel.objects.bulk_create(levels)
    both = {"before": before, "after": _said(held)}
    payload = {"name": held.name, "spaces": dict(spaces), "tags": dict(tags), **both}
    record(GROUP_LEVELS_CHANGED, actor=actor, target=held, payload=payload)
    return levels


def _said(group: Group) -> dict[str, str]:
    """Say which levels a group brings, by the address of the space or topic."""
    rows = GroupLevel.objects.filter(group=group).select_related("space", "tag").order_by("pk")
    return {
        f"s/{row.space.slug}" if row.space else f"t/{row.tag and row.tag.slug}": row.level for row in rows
    }


def _of_spaces(actor: Member, group: Group, spaces: Mapping[str, str]) -> list[GroupLevel]:
    found = {space.slug: space for space in Space.objects.visible_to(actor).filter(slug__in=list(spaces))}
    _check(set(spaces) - set(found), spaces)
    return [GroupLevel(group=group, space=found[slug], level=level) for slug, level in spaces.items()]


def _of_tags(group: Group, tags: Mapping[str, str]) -> list[GroupLevel]:
    found = {tag.slug: tag for tag in Tag.objects.filter(slug__in=list(tags))}
    _check(set(tags) - set(found), tags)
    return [GroupLevel(group=group, tag=found[slug], level=level) for slug, level in tags.items()]


def _check(unknown: set[str], levels: Mapping[str, str]) -> None:
    if unknown:
        raise _unusable(_("There is nothing called %(name)s.") % {"name": min(unknown)[:60]})
    if any(level not in Level.values or level == Level.NORMAL for level in levels.values()):
        raise _unusable(_("Choose one of the levels offered."))


def _unusable(sentence: str) -> Invalid:
    return Invalid("group_levels_unusable", sentence, fields={"levels": sentence})


def levels_of(group: Group) -> list[GroupLevel]:
    """Return which levels a group brings."""
    rows = GroupLevel.objects.filter(group=group).select_related("space", "tag")
    return list(rows.order_by("space__position", "tag__slug", "pk"))


def apply_group_levels(*, member: Member, group_id: int) -> int:
    """Give who came into a group its levels, where they have none of their own. Returns how many were looked at."""
    rows = list(GroupLevel.objects.filter(group=group_id))
    seen = set(
        Space.objects.visible_to(member)
        .filter(pk__in=[row.space_id for row in rows if row.space_id])
        .values_list("pk", flat=True)
    )
    SpaceFollow.objects.bulk_create(
        [
            SpaceFollow(space_id=row.space_id, member=member, level=row.level, from_group=group_id)
            for row in rows
            if row.space_id in seen
        ],
        ignore_conflicts=True,
    )
    TagFollow.objects.bulk_create(
        [
            TagFollow(tag_id=row.tag_id, member=member, level=row.level, from_group=group_id)
            for row in rows
            if row.tag_id
        ],
        ignore_conflicts=True,
    )
    return len(rows)


@transaction.atomic
def take_group_levels(*, member: Member, group_id: int) -> int:
    """Take from who left a group the levels it brought; other groups of theirs bring their own. Returns how many went.

    A level that the member has chosen since is theirs and stays.
    """
    gone = SpaceFollow.objects.filter(member=member, from_group=group_id).delete()[0]
    gone += TagFollow.objects.filter(member=member, from_group=group_id).delete()[0]
    if gone:
        for pk in _groups_that_bring(member):
            apply_group_levels(member=member, group_id=pk)
    return gone


def _groups_that_bring(member: Member) -> list[int]:
    bringing = Group.objects.filter(levels__isnull=False)
    mine = bringing.filter(memberships__member=member) | bringing.filter(rule__in=rules_met(member))
    return list(mine.order_by("pk").values_list("pk", flat=True).distinct())


@transaction.atomic
def rules_bring_levels() -> bool:
    """Tell whether any automatic group brings levels."""
    return _bringing().exists()


def settle_rule_levels(*, member: Member) -> int:
    """Bring a member what the automatic groups bring that they are in now, and take the rest. Returns how many groups."""
    met = set(rules_met(member))
    groups = list(_bringing().order_by("pk").distinct())
    for group in groups:
        if group.rule in met:
            apply_group_levels(member=member, group_id=group.pk)
        else:
            take_group_levels(member=member, group_id=group.pk)
    return len(groups)


def _bringing() -> QuerySet[Group]:
    return Group.objects.exclude(rule="").filter(levels__isnull=False)
