"""Calling a group: whom a name behind an @ means when no member has it, and that it stays rare."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from community.errors import Invalid
from community.members.groups.limits import CALL, CALL_MOST
from community.members.groups.queries import groups_named
from community.members.models import Member
from community.threads.group_calls import GroupCall
from community.threads.models import Post
from community.writing.markdown import Mention as Named

GROUP = "group"
Resolve = Callable[[frozenset[str]], Mapping[str, Named]]


def with_groups(actor: Member, members: Resolve) -> Resolve:
    """Return a resolver that also knows the groups `actor` may call. It asks for them only when a name is left over."""

    def resolve(names: frozenset[str]) -> Mapping[str, Named]:
        known = members(names)
        left = names - known.keys()
        return {**_groups(actor, left), **known} if left else known

    return resolve


def _groups(actor: Member, names: frozenset[str]) -> dict[str, Named]:
    found = groups_named(actor, names)
    for group in found.values():
        if group.member_count > CALL_MOST():
            sentence = _("%(group)s has more than %(most)d people: too many to call at once.") % {
                "group": group.name,
                "most": CALL_MOST(),
            }
            raise Invalid("group_too_large", sentence, fields={"body": sentence})
    return {
        slug: Named(handle=slug, url=group.get_absolute_url(), kind=GROUP, pk=group.pk)
        for slug, group in found.items()
    }


def note_calls(actor: Member, post: Post, group_ids: tuple[int, ...]) -> None:
    """Write down which groups a post calls; each new call counts against the few of a day. Raises `RateLimited`."""
    if not group_ids:
        return
    before = set(GroupCall.objects.filter(post=post).values_list("group_id", flat=True))
    fresh = [GroupCall(post=post, group_id=pk) for pk in group_ids if pk not in before]
    for _call in fresh:
        CALL.spend(actor)
    GroupCall.objects.bulk_create(fresh, ignore_conflicts=True)
