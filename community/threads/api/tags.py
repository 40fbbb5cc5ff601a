"""Tags. They belong to spaces, but which of them a caller may know of depends on the threads that carry them."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.rest.inputs import Out, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, viewer_of
from community.threads.queries.tags import tags_for

BY_SLUG = Order("slug", ("slug", "id"), falling=False)


class TagOut(Out):
    """A word that gathers threads."""

    slug = serializers.CharField()
    name = serializers.CharField()
    thread_count = serializers.IntegerField()


TagPageOut = page_shape(TagOut)


class TagList(ApiView):
    """Tags in use."""

    scopes: ClassVar = {"GET": "spaces:read"}
    guests = ("GET",)

    @extend_schema(operation_id="listTags", tags=["Spaces"], parameters=[PageIn], responses=TagPageOut)
    def get(self, request: Request) -> Response:
        """List tags by name."""
        return page_of(request, tags_for(viewer_of(request)), BY_SLUG, TagOut, **read_query(request, PageIn))
