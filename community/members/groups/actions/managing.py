"""Creating, changing and deleting groups: the managers' business, but for the words owners write about their own."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from community.activity.changes import changed_values, values_of
from community.activity.record import record
from community.errors import Invalid
from community.members.groups.permissions import can_come_and_go, can_lead_group, can_manage_groups
from community.members.groups.verbs import GROUP_CHANGED, GROUP_CREATED, GROUP_DELETED
from community.members.models import HANDLE, Group, Member
from community.writing.lines import one_line

GROUP_FIELDS = frozenset(
    {"name", "slug", "description", "join_mode", "visibility", "members_visibility", "callers"}
    | {"email_domains", "claim", "title"}
)
# What is open in an automatic group: nobody comes or goes by a decision, and only the team calls it.
AUTOMATIC_FIELDS = frozenset({"name", "slug", "description", "visibility", "members_visibility", "title"})
# What owners may write themselves: nothing that opens the group to anybody.
OWNER_FIELDS = frozenset({"description"})


@transaction.atomic
def create_group(*, actor: Member, values: Mapping[str, Any]) -> Group:
    """Create a group (values by `GROUP_FIELDS`; the address is made from the name unless given).

    Raises `Refused` or `Invalid`.
    """
    can_manage_groups(actor).require()
    group = Group()
    _apply(group, {"slug": slugify(str(values.get("name", "")))[:30], **values})
    group.save()
    payload = {"name": group.name, **changed_values({}, group, values)}
    record(GROUP_CREATED, actor=actor, target=group, payload=payload)
    return group


@transaction.atomic
def change_group(*, actor: Member, group: Group, changes: Mapping[str, Any]) -> Group:
    """Change settings of a group; its owners may change `OWNER_FIELDS`. Raises `Refused` or `Invalid`."""
    if set(changes) <= OWNER_FIELDS:
        can_lead_group(actor, group).require()
    else:
        can_manage_groups(actor).require()
    fresh = Group.objects.select_for_update().get(pk=group.pk)
    before = {name: getattr(fresh, name) for name in changes if name in GROUP_FIELDS}
    if any(changes[name] != value for name, value in before.items() if name not in AUTOMATIC_FIELDS):
        can_come_and_go(fresh).require()
    was = values_of(fresh)
    _apply(fresh, changes)
    changed = sorted(name for name, value in before.items() if getattr(fresh, name) != value)
    if changed:
        fresh.save(update_fields=changed)
        said = changed_values(was, fresh, changed)
        record(GROUP_CHANGED, actor=actor, target=fresh, payload={"name": fresh.name, **said})
    return fresh


@transaction.atomic
def delete_group(*, actor: Member, group: Group) -> None:
    """Delete a group; what it opened is closed to those who were in it. Raises `Refused`."""
    can_manage_groups(actor).require()
    fresh = Group.objects.select_for_update().get(pk=group.pk)
    can_come_and_go(fresh).require()
    record(GROUP_DELETED, actor=actor, target=fresh, payload={"name": fresh.name})
    fresh.delete()


def _apply(group: Group, values: Mapping[str, Any]) -> None:
    unknown = set(values) - GROUP_FIELDS
    if unknown:
        raise ValueError(f"not fields of a group: {sorted(unknown)}")
    for name, value in values.items():
        setattr(group, name, value)
    group.slug, group.claim = group.slug.lower(), group.claim.strip()
    group.name, group.title = " ".join(group.name.split()), one_line(group.title)
    group.email_domains = sorted(
        {domain.strip().lower().lstrip("@") for domain in group.email_domains} - {""}
    )
    fields: dict[str, str] = {}
    try:
        group.full_clean(exclude=["members"])
    except ValidationError as error:
        fields = {name: " ".join(sentences) for name, sentences in error.message_dict.items()}
    if not HANDLE.match(group.slug):
        fields["slug"] = _("Use 1 to 30 small letters, digits, dots or dashes.")
    elif Member.objects.get_queryset().with_handle(group.slug).exists():
        fields["slug"] = _("A member has this name behind the @. Choose another.")
    if fields:
        raise Invalid("group_unusable", _("Some fields need another look."), fields=fields)
