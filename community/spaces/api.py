"""The brand's way to spaces. Tags are in `community.threads.api.tags`."""

from typing import ClassVar

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.rest.inputs import Out, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, viewer_of
from community.spaces.models import Space
from community.spaces.queries import get_space_for

BY_POSITION = Order("position", ("position", "id"), falling=False)


class SpaceOut(Out):
    """A place to talk."""

    slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    access = serializers.CharField(help_text="public, members or private.")
    posting = serializers.CharField(help_text="Who begins threads: everyone or staff.")
    kind = serializers.CharField(help_text="What is mostly begun here: discussion or question.")
    thread_count = serializers.IntegerField()
    last_thread_at = serializers.DateTimeField(allow_null=True)
    is_archived = serializers.BooleanField()
    url = serializers.CharField(source="get_absolute_url")


SpacePageOut = page_shape(SpaceOut)
EXAMPLE = OpenApiExample(
    "A space",
    value={
        "slug": "help",
        "name": "Help and how-to",
        "description": "Ask anything about our gear.",
        "access": "public",
        "posting": "everyone",
        "kind": "question",
        "thread_count": 214,
        "last_thread_at": "2025-11-02T18:30:00Z",
        "is_archived": False,
        "url": "/s/help/",
    },
    response_only=True,
)


class SpaceList(ApiView):
    """The spaces the caller may read."""

    scopes: ClassVar = {"GET": "spaces:read"}
    guests = ("GET",)

    @extend_schema(operation_id="listSpaces", tags=["Spaces"], parameters=[PageIn], responses=SpacePageOut)
    def get(self, request: Request) -> Response:
        """List spaces in their order."""
        spaces = Space.objects.visible_to(viewer_of(request))
        return page_of(request, spaces, BY_POSITION, SpaceOut, **read_query(request, PageIn))


class SpaceDetail(ApiView):
    """One space."""

    scopes: ClassVar = {"GET": "spaces:read"}
    guests = ("GET",)

    @extend_schema(operation_id="getSpace", tags=["Spaces"], responses=SpaceOut, examples=[EXAMPLE])
    def get(self, request: Request, slug: str) -> Response:
        """Read a space."""
        return Response(SpaceOut(get_space_for(viewer_of(request), slug)).data)


urlpatterns = [
    path("spaces", SpaceList.as_view(), name="api_spaces"),
    path("spaces/<str:slug>", SpaceDetail.as_view(), name="api_space"),
]
