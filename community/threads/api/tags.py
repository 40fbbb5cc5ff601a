"""Tags. They belong to spaces, but which of them a caller may know of depends on the threads that carry them."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of, viewer_of
from community.spaces.actions import rename_tag
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


class TagListIn(PageIn):
    """In which order."""

    sort = serializers.ChoiceField(
        choices=list(ORDERS), required=False, default="name", help_text="By name, or the most used first."
    )


class TagIn(In):
    """How a tag is written. Its address stays."""

    name = serializers.CharField(max_length=100)


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
        """Change how a tag is written. Managers only."""
        actor = actor_of(request)
        tag = get_tag_for(actor, slug)
        return Response(TagOut(rename_tag(actor=actor, tag=tag, **read_body(request, TagIn))).data)


class SpaceTags(ApiView):
    """What a space talks about lately."""

    scopes: ClassVar = {"GET": "spaces:read"}
    guests = ("GET",)

    @extend_schema(operation_id="listRecentTags", tags=["Spaces"], responses=TagPageOut)
    def get(self, request: Request, slug: str) -> Response:
        """List at most ten tags of the latest hundred threads of a space, the most used among them first."""
        tags = tags_of_space(viewer_of(request), slug)
        return Response({"results": TagOut(tags, many=True).data, "next": None})
