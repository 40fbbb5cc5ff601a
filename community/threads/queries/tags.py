"""Tags as a viewer may know of them: a word that only stands in rooms closed to them would tell what is said there."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, Func, OuterRef, QuerySet

from community.members.models import Member
from community.spaces.models import Tag
from community.threads.models import State, Thread


def tags_for(viewer: Member | None) -> QuerySet[Tag]:
    """Return the tags of shown threads that `viewer` may read."""
    alone = Func(
        OuterRef("slug"),
        template="ARRAY[%(expressions)s]::varchar(40)[]",
        output_field=ArrayField(CharField(max_length=40)),
    )
    carrying = Thread.objects.visible_to(viewer).filter(state=State.VISIBLE, tags__contains=alone)
    return Tag.objects.filter(Exists(carrying))
