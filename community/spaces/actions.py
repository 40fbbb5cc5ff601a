"""Opening, changing and closing spaces, and who is in them."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from community.activity.changes import changed_values, values_of
from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.models import Member
from community.spaces import limits, nesting
from community.spaces.audiences import plain_keys, unknown_keys
from community.spaces.models import (
    ICONS,
    Access,
    Colour,
    Kind,
    Posting,
    Space,
    SpaceFollow,
    SpaceMembership,
    Tag,
)
from community.spaces.permissions import (
    can_add_to_space,
    can_choose_moderators,
    can_manage_spaces,
)
from community.spaces.verbs import (
    SPACE_CHANGED,
    SPACE_CREATED,
    SPACE_MEMBER_ADDED,
    SPACE_MEMBER_REMOVED,
    TAG_RENAMED,
)

# What `create_space` and `change_space` take.
FIELDS = frozenset(
    {
        "slug",
        "name",
        "description",
        "access",
        "posting",
        "kind",
        "icon",
        "position",
        "is_archived",
        "required_group",
        "is_listed",
        "see_for",
        "create_for",
        "replying",
        "reply_for",
        "parent",
        "colour",
        "slow_seconds",
        "auto_close_days",
        "first_posts",
    }
)
_MOST = {"slow_seconds": 604_800, "auto_close_days": 3650, "first_posts": 10}
_CHOICES = {"access": Access, "posting": Posting, "replying": Posting, "kind": Kind, "colour": Colour}
_KEYS = frozenset({"see_for", "create_for", "reply_for"})


@transaction.atomic
def create_space(*, actor: Member, name: str, **fields: Any) -> Space:
    """Open a space (keys from `FIELDS`); its address is made from the name unless `slug` is given.

    Raises `Refused`, `Invalid`, or `Conflict` (`slug_taken`) when another space has this address.
    """
    can_manage_spaces(actor).require()
    values = usable_settings({"slug": slugify(name)[:50], **fields, "name": name})
    if values.get("kind") == Kind.ARTICLE:
        # Articles are written by a few and answered by all.
        values.setdefault("posting", Posting.STAFF)
    space = Space(**values)
    if space.parent is not None:
        nesting.lock_all()
        nesting.begin_below(space, values)
        nesting.check_place(space)
    _save(space, None)
    record(
        SPACE_CREATED,
        actor=actor,
        target=space,
        space_id=space.pk,
        payload={"slug": space.slug, "name": space.name, "access": space.access},
    )
    return space


@transaction.atomic
def change_space(*, actor: Member, space: Space, changes: Mapping[str, Any]) -> Space:
    """Change settings of `space` (keys from `FIELDS`). Raises as `create_space` does."""
    can_manage_spaces(actor).require()
    values = usable_settings(changes)
    if nesting.CONCERNED & set(values):
        nesting.lock_all()
    held = Space.objects.select_for_update(no_key=True).get(pk=space.pk)
    changed = sorted(name for name, value in values.items() if getattr(held, name) != value)
    if not changed:
        return held
    before = values_of(held)
    for name in changed:
        setattr(held, name, values[name])
    if nesting.CONCERNED & set(changed):
        nesting.check_place(held)
    _save(held, changed)
    said = changed_values(before, held, changed)
    record(SPACE_CHANGED, actor=actor, target=held, space_id=held.pk, payload=said)
    return held


def archive_space(*, actor: Member, space: Space) -> Space:
    """Make `space` an archive: everything in it stays readable, nothing is added. Raises `Refused`."""
    return change_space(actor=actor, space=space, changes={"is_archived": True})


def reopen_space(*, actor: Member, space: Space) -> Space:
    """Let people write in an archived `space` again. Raises `Refused`."""
    return change_space(actor=actor, space=space, changes={"is_archived": False})


@transaction.atomic
def add_space_member(
    *, actor: Member, space: Space, member: Member, is_moderator: bool | None = None
) -> SpaceMembership:
    """Let `member` into `space`; with `is_moderator`, give or take its care. Doing it twice changes nothing.

    Raises `Refused` or `RateLimited`.
    """
    can_add_to_space(actor, space).require()
    if is_moderator is not None:
        can_choose_moderators(actor, space).require()
    limits.ADD_MEMBER.spend(actor)
    membership, created = SpaceMembership.objects.get_or_create(
        space=space, member=member, defaults={"is_moderator": bool(is_moderator)}
    )
    changed = False
    if not created and is_moderator is not None:
        others = SpaceMembership.objects.filter(pk=membership.pk, is_moderator=not is_moderator)
        changed = others.update(is_moderator=is_moderator) == 1
        membership.is_moderator = is_moderator
    if created or changed:
        record(
            SPACE_MEMBER_ADDED,
            actor=actor,
            target=space,
            space_id=space.pk,
            payload={"member_id": member.pk, "is_moderator": membership.is_moderator},
        )
    return membership


@transaction.atomic
def remove_space_member(*, actor: Member, space: Space, member: Member) -> None:
    """Take `member` out of `space`; of a private space they then hear and see nothing. Raises `Refused`."""
    can_add_to_space(actor, space).require()
    held = SpaceMembership.objects.select_for_update().filter(space=space, member=member).first()
    if held is None:
        return
    if held.is_moderator:
        can_choose_moderators(actor, space).require()
    held.delete()
    if space.access == Access.PRIVATE:
        SpaceFollow.objects.filter(space=space, member=member).delete()
    record(
        SPACE_MEMBER_REMOVED,
        actor=actor,
        target=space,
        space_id=space.pk,
        payload={"member_id": member.pk, "is_moderator": held.is_moderator},
    )


@transaction.atomic
def rename_tag(*, actor: Member, tag: Tag, name: str) -> Tag:
    """Change how `tag` is written; its address stays. Raises `Refused` or `Invalid`."""
    can_manage_spaces(actor).require()
    tidied = " ".join(name.split()).lstrip("#")
    if not tidied or len(tidied) > limits.TAG_NAME_MAX:
        message = _("A tag has room for 40 characters.")
        raise Invalid("tag_unusable", message, fields={"name": message})
    held = Tag.objects.select_for_update(no_key=True).get(pk=tag.pk)
    if held.name != tidied:
        before, held.name = held.name, tidied
        held.save(update_fields=["name"])
        record(
            TAG_RENAMED,
            actor=actor,
            target=held,
            payload={"slug": held.slug, "before": before, "after": tidied},
        )
    return held


def usable_settings(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings (keys from `FIELDS`) as they are stored. Raises `Invalid` with a sentence per field."""
    unknown = set(values) - FIELDS
    if unknown:
        raise ValueError(f"not settings of a space: {sorted(unknown)}")
    usable = {key: plain_keys(value) if key in _KEYS else _tidied(value) for key, value in values.items()}
    wrong = {key: sentence for key, value in usable.items() if (sentence := _fault(key, value))}
    if wrong:
        raise Invalid("space_unusable", _("Some fields need another look."), fields=wrong)
    return usable


def _tidied(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _fault(key: str, value: Any) -> str:
    """Return what is wrong with one setting, or nothing."""
    if key == "name" and not limits.NAME_MIN <= len(value) <= limits.NAME_MAX:
        return _("A name has 2 to 60 characters.")
    if key == "description" and len(value) > limits.DESCRIPTION_MAX:
        return _("Say it in 240 characters or fewer.")
    if key == "slug" and (not value or value != slugify(value)[:50]):
        return _("Choose an address of small letters, digits and dashes.")
    if key in _MOST and not 0 <= value <= _MOST[key]:
        return _("Choose a number from 0 to %(most)s.") % {"most": f"{_MOST[key]:,}"}
    if key in _CHOICES and value not in _CHOICES[key].values:
        return _("Choose one of the options.")
    if key == "icon" and value not in ICONS:
        return _("Choose one of the signs offered.")
    if key in _KEYS and (len(value) > limits.KEYS_MAX or unknown_keys(value)):
        return _("Choose among the groups and levels there are.")
    return ""


def _save(space: Space, changed: list[str] | None) -> None:
    """Insert a space, or update what changed. Raises `Conflict` when its address is taken."""
    try:
        with transaction.atomic():
            space.save(force_insert=changed is None, update_fields=changed)
    except IntegrityError as error:
        if "slug" not in str(error):
            raise
        message = _("Another space has this address.")
        raise Conflict("slug_taken", message, fields={"slug": message}) from error
