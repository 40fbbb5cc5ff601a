"""Tags. They belong to spaces, but which of them a caller may know of depends on the threads that carry them."""

from typing import ClassVar

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import NotFound
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of, viewer_of
from community.spaces.actions import rename_tag
from community.spaces.models import TagGroup
from community.spaces.tagging import change_tag, merge_tags, save_tag_group, set_synonyms
from community.threads.queries.tags import get_tag_for, tags_for, tags_of_space

ORDERS = {
    "name": Order("slug", ("slug", "id"), falling=False),
    "used": Order("used", ("thread_count", "id")),
}


class TagOut(Out):
    """A word that gathers threads."""

    slug = serializers.CharField()
    name = serializers.CharField()
    thread_count = serializers.IntegerField()
    group_id = serializers.IntegerField(allow_null=True)
    is_restricted = serializers.BooleanField(help_text="Only the team puts it on threads.")


class TagListIn(PageIn):
    """In which order."""

    sort = serializers.ChoiceField(
        choices=list(ORDERS), required=False, default="name", help_text="By name, or the most used first."
    )


class TagIn(In):
    """How a tag is written and used. Its address stays."""

    name = serializers.CharField(max_length=100)
    group = serializers.PrimaryKeyRelatedField(
        queryset=TagGroup.objects.all(), allow_null=True, required=False
    )
    is_restricted = serializers.BooleanField(required=False)


class MergeIn(In):
    """Which tag it becomes part of."""

    into = serializers.CharField(max_length=40, help_text="The address of the other tag.")


class SynonymsIn(In):
    """Other words for a tag: all of them."""

    words = serializers.ListField(child=serializers.CharField(max_length=100), max_length=50)


class SynonymOut(Out):
    """Another word for a tag."""

    slug = serializers.CharField()
    name = serializers.CharField()


class TagGroupOut(Out):
    """Tags that belong together."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    one_only = serializers.BooleanField(help_text="A thread carries at most one of them.")
    is_restricted = serializers.BooleanField(help_text="Only the team puts them on threads.")


class TagGroupIn(In):
    """A group of tags."""

    name = serializers.CharField(max_length=100)
    one_only = serializers.BooleanField(required=False)
    is_restricted = serializers.BooleanField(required=False)


SynonymPageOut = page_shape(SynonymOut)
TagGroupPageOut = page_shape(TagGroupOut)
BY_AGE = Order("made", ("id",), falling=False)


TagPageOut = page_shape(TagOut)


class TagList(ApiView):
    """Tags in use."""

    scopes: ClassVar = {"GET": "spaces:read"}
    guests = ("GET",)

    @extend_schema(operation_id="listTags", tags=["Spaces"], parameters=[TagListIn], responses=TagPageOut)
    def get(self, request: Request) -> Response:
        """List tags by name, or the most used first."""
        asked = read_query(request, TagListIn)
        order = ORDERS[asked.pop("sort")]
        return page_of(request, tags_for(viewer_of(request)), order, TagOut, **asked)


class TagDetail(ApiView):
    """One tag."""

    scopes: ClassVar = {"GET": "spaces:read", "PATCH": "spaces:write"}
    guests = ("GET",)
    least: ClassVar = {"PATCH": "manager"}

    @extend_schema(operation_id="getTag", tags=["Spaces"], responses=TagOut)
    def get(self, request: Request, slug: str) -> Response:
        """Read a tag of threads the caller may read."""
        return Response(TagOut(get_tag_for(viewer_of(request), slug)).data)

    @extend_schema(operation_id="renameTag", tags=["Spaces"], request=TagIn, responses=TagOut)
    def patch(self, request: Request, slug: str) -> Response:
        """Change how a tag is written, its group, or who uses it. Managers only; all of it or nothing."""
        actor = actor_of(request)
        tag = get_tag_for(actor, slug)
        asked = read_body(request, TagIn, partial=bool(request.data))
        with transaction.atomic():
            if "name" in asked:
                tag = rename_tag(actor=actor, tag=tag, name=asked.pop("name"))
            tag = change_tag(actor=actor, tag=tag, changes=asked)
        return Response(TagOut(tag).data)


class TagMerge(ApiView):
    """Merging tags."""

    scopes: ClassVar = {"POST": "spaces:write"}
    least: ClassVar = {"POST": "manager"}

    @extend_schema(operation_id="mergeTag", tags=["Spaces"], request=MergeIn, responses=TagOut)
    def post(self, request: Request, slug: str) -> Response:
        """Make a tag part of another. Its word means the other from now on; its threads follow in batches. Managers only."""
        actor = actor_of(request)
        source = get_tag_for(actor, slug)
        target = get_tag_for(actor, read_body(request, MergeIn)["into"])
        return Response(TagOut(merge_tags(actor=actor, source=source, target=target)).data)


class TagSynonyms(ApiView):
    """Other words for a tag."""

    scopes: ClassVar = {"GET": "spaces:read", "PUT": "spaces:write"}
    least: ClassVar = {"PUT": "manager"}

    @extend_schema(operation_id="listSynonyms", tags=["Spaces"], responses=SynonymPageOut)
    def get(self, request: Request, slug: str) -> Response:
        """List the words that mean this tag."""
        tag = get_tag_for(actor_of(request), slug)
        return Response({"results": SynonymOut(tag.synonyms.all()[:200], many=True).data, "next": None})

    @extend_schema(operation_id="setSynonyms", tags=["Spaces"], request=SynonymsIn, responses=SynonymPageOut)
    def put(self, request: Request, slug: str) -> Response:
        """Say which words mean this tag; words left out no longer do. Managers only."""
        actor = actor_of(request)
        words = read_body(request, SynonymsIn)["words"]
        found = set_synonyms(actor=actor, tag=get_tag_for(actor, slug), words=words)
        return Response({"results": SynonymOut(found, many=True).data, "next": None})


class TagGroups(ApiView):
    """Groups of tags."""

    scopes: ClassVar = {"GET": "spaces:read", "POST": "spaces:write"}
    least: ClassVar = {"GET": "manager", "POST": "manager"}

    @extend_schema(
        operation_id="listTagGroups", tags=["Spaces"], parameters=[PageIn], responses=TagGroupPageOut
    )
    def get(self, request: Request) -> Response:
        """List the groups of tags. Managers only."""
        asked = read_query(request, PageIn)
        return page_of(request, TagGroup.objects.all(), BY_AGE, TagGroupOut, **asked)

    @extend_schema(
        operation_id="addTagGroup", tags=["Spaces"], request=TagGroupIn, responses={201: TagGroupOut}
    )
    def post(self, request: Request) -> Response:
        """Make a group of tags. Managers only."""
        group = save_tag_group(actor=actor_of(request), changes=read_body(request, TagGroupIn))
        return Response(TagGroupOut(group).data, status=201)


class TagGroupDetail(ApiView):
    """One group of tags."""

    scopes: ClassVar = {"PATCH": "spaces:write"}
    least: ClassVar = {"PATCH": "manager"}

    @extend_schema(operation_id="changeTagGroup", tags=["Spaces"], request=TagGroupIn, responses=TagGroupOut)
    def patch(self, request: Request, pk: int) -> Response:
        """Change a group of tags. Managers only."""
        actor = actor_of(request)
        group = TagGroup.objects.filter(pk=pk).first()
        if group is None:
            raise NotFound()
        asked = read_body(request, TagGroupIn, partial=True)
        return Response(TagGroupOut(save_tag_group(actor=actor, group=group, changes=asked)).data)


class SpaceTags(ApiView):
    """What a space talks about lately."""

    scopes: ClassVar = {"GET": "spaces:read"}
    guests = ("GET",)

    @extend_schema(operation_id="listRecentTags", tags=["Spaces"], responses=TagPageOut)
    def get(self, request: Request, slug: str) -> Response:
        """List at most ten tags of the latest hundred threads of a space, the most used among them first."""
        tags = tags_of_space(viewer_of(request), slug)
        return Response({"results": TagOut(tags, many=True).data, "next": None})
