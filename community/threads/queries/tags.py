"""Tags as a viewer may know of them: a word that only stands in rooms closed to them would tell what is said there."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, Func, OuterRef, QuerySet

from community.errors import NotFound
from community.members.models import Member
from community.spaces.models import Tag
from community.threads.models import State, Thread
from community.threads.queries.spaces import space_place


def tags_for(viewer: Member | None) -> QuerySet[Tag]:
    """Return the tags of shown threads that `viewer` may read."""
    alone = Func(
        OuterRef("slug"),
        template="ARRAY[%(expressions)s]::varchar(40)[]",
        output_field=ArrayField(CharField(max_length=40)),
    )
    carrying = Thread.objects.visible_to(viewer).filter(state=State.VISIBLE, tags__contains=alone)
    return Tag.objects.filter(Exists(carrying))


def get_tag_for(viewer: Member | None, slug: str) -> Tag:
    """Return a tag of shown threads that `viewer` may read. Raises `NotFound` otherwise."""
    tag = tags_for(viewer).filter(slug=slug).first()
    if tag is None:
        raise NotFound()
    return tag


def tags_of_space(viewer: Member | None, slug: str) -> list[Tag]:
    """Return what a space talks about lately, the most used first. Raises `NotFound` when it is closed to `viewer`."""
    lately = space_place(viewer, slug).tags
    found = {tag.slug: tag for tag in Tag.objects.filter(slug__in=lately)}
    return [found[name] for name in lately if name in found]
