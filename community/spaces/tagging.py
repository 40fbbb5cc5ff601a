"""What the team does with tags: merges them, names synonyms, puts them into groups and keeps some for itself."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from community.activity.changes import changed_values, values_of
from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.models import Member
from community.spaces import limits
from community.spaces.models import Tag, TagFollow, TagGroup, TagSynonym
from community.spaces.permissions import can_manage_spaces
from community.spaces.verbs import TAG_CHANGED, TAG_GROUP_CHANGED, TAG_MERGED

TAG_FIELDS = frozenset({"group", "is_restricted"})
GROUP_FIELDS = frozenset({"name", "one_only", "is_restricted"})


@transaction.atomic
def merge_tags(*, actor: Member, source: Tag, target: Tag) -> Tag:
    """Make `source` part of `target`. From now on its word means `target`; its threads follow in batches.

    Raises `Refused`, or `Invalid` when both are the same or one of them is only a synonym by now.
    """
    can_manage_spaces(actor).require()
    held = {tag.pk: tag for tag in _held(source.pk, target.pk)}
    if source.pk == target.pk or len(held) < 2:
        raise _unusable("merge_into", _("Choose another tag to merge into."))
    gone, kept = held[source.pk], held[target.pk]
    if TagSynonym.objects.filter(slug=gone.slug).exists():
        raise _unusable("merge_into", _("This tag is being merged already."))
    if TagSynonym.objects.filter(slug=kept.slug).exists():
        raise _unusable("merge_into", _("That word is only a synonym. Merge into the tag it stands for."))
    TagSynonym.objects.filter(tag=gone).update(tag=kept)
    TagSynonym.objects.create(slug=gone.slug, name=gone.name, tag=kept)
    already = TagFollow.objects.filter(tag=kept).values("member")
    TagFollow.objects.filter(tag=gone).exclude(member__in=already).update(tag=kept)
    record(TAG_MERGED, actor=actor, target=kept, payload={"slug": gone.slug, "into": kept.slug})
    return kept


@transaction.atomic
def set_synonyms(*, actor: Member, tag: Tag, words: Iterable[str]) -> list[TagSynonym]:
    """Say which other words mean `tag`; words left out no longer do. Threads that carry one get the tag, in batches.

    Raises `Refused`, `Invalid`, or `Conflict` (`synonym_taken`) when a word means another tag already.
    """
    can_manage_spaces(actor).require()
    (held,) = _held(tag.pk)
    wanted = _words(words, held)
    if TagSynonym.objects.filter(slug=held.slug).exists():
        raise _unusable("synonyms", _("This word is itself a synonym, so it has none."))
    others = TagSynonym.objects.filter(slug__in=wanted).exclude(tag=held).first()
    mains = TagSynonym.objects.filter(tag__slug__in=wanted).exclude(tag=held).first()
    taken = others.name if others else mains.tag.name if mains else ""
    if taken:
        message = _("“%(word)s” has a meaning already. Merge the tags instead.") % {"word": taken}
        raise Conflict("synonym_taken", message, fields={"synonyms": message})
    before = set(TagSynonym.objects.filter(tag=held).values_list("slug", flat=True))
    if before != set(wanted):
        TagSynonym.objects.filter(tag=held).exclude(slug__in=wanted).delete()
        new = [
            TagSynonym(slug=slug, name=name, tag=held) for slug, name in wanted.items() if slug not in before
        ]
        TagSynonym.objects.bulk_create(new)
        said = changed_values({}, held, (), synonyms=(sorted(before), sorted(wanted)))
        record(TAG_CHANGED, actor=actor, target=held, payload={"slug": held.slug, **said})
    return list(TagSynonym.objects.filter(tag=held))


@transaction.atomic
def change_tag(*, actor: Member, tag: Tag, changes: Mapping[str, Any]) -> Tag:
    """Put `tag` into a group, or keep it for the team (keys from `TAG_FIELDS`). Raises `Refused`."""
    can_manage_spaces(actor).require()
    unknown = set(changes) - TAG_FIELDS
    if unknown:
        raise ValueError(f"not settings of a tag: {sorted(unknown)}")
    (held,) = _held(tag.pk)
    changed = sorted(name for name, value in changes.items() if getattr(held, name) != value)
    if changed:
        before = values_of(held)
        for name in changed:
            setattr(held, name, changes[name])
        held.save(update_fields=changed)
        said = changed_values(before, held, changed)
        record(TAG_CHANGED, actor=actor, target=held, payload={"slug": held.slug, **said})
    return held


@transaction.atomic
def save_tag_group(*, actor: Member, group: TagGroup | None = None, changes: Mapping[str, Any]) -> TagGroup:
    """Make a group of tags, or change one (keys from `GROUP_FIELDS`).

    Raises `Refused`, `Invalid`, or `Conflict` (`group_taken`) when another group has this name.
    """
    can_manage_spaces(actor).require()
    unknown = set(changes) - GROUP_FIELDS
    if unknown:
        raise ValueError(f"not settings of a group of tags: {sorted(unknown)}")
    held = TagGroup() if group is None else TagGroup.objects.select_for_update().get(pk=group.pk)
    values = {**changes, "name": " ".join(str(changes.get("name", held.name)).split())}
    if not 2 <= len(values["name"]) <= limits.TAG_NAME_MAX:
        raise _unusable("name", _("A name has 2 to 40 characters."))
    changed = sorted(name for name, value in values.items() if group is None or getattr(held, name) != value)
    if not changed:
        return held
    before = values_of(held)
    for name in changed:
        setattr(held, name, values[name])
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError as error:
        message = _("Another group has this name.")
        raise Conflict("group_taken", message, fields={"name": message}) from error
    said = changed_values(before, held, changed)
    record(TAG_GROUP_CHANGED, actor=actor, target=held, payload={"slug": held.name, **said})
    return held


def _held(*pks: int) -> list[Tag]:
    return list(Tag.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk"))


def _words(words: Iterable[str], tag: Tag) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words:
        name = " ".join(word.split()).lstrip("#")
        slug = slugify(name, allow_unicode=True)
        if len(name) > limits.TAG_NAME_MAX or len(slug) > limits.TAG_NAME_MAX:
            raise _unusable("synonyms", _("A tag has room for 40 characters."))
        if slug and slug != tag.slug:
            found.setdefault(slug, name)
    return found


def _unusable(field: str, message: str) -> Invalid:
    return Invalid("tag_unusable", message, fields={field: message})
