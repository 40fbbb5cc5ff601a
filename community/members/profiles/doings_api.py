"""The brand's way to what a member did."""

from typing import ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.doings import Mark, list_doings, read_mark
from community.rest.inputs import Out, read_query
from community.rest.paging import PageIn, next_address, read_cursor, unusable_cursor, write_cursor
from community.rest.schema import page_shape
from community.rest.views import ApiView, viewer_of

ORDER = "activity"


class DoingsIn(PageIn):
    """Which of it, and where the page begins."""

    show = serializers.CharField(
        required=False,
        max_length=20,
        help_text="One kind: started, replied, solved, thanked, gave (one's own, and for the team), earned or followed."
        " Anything else means all that the caller is shown.",
    )


class DoingOut(Out):
    """One thing that a member did."""

    kind = serializers.CharField(source="strand")
    moment = serializers.DateTimeField()
    title = serializers.CharField(help_text="Of the thread, the badge, or the name of whom they followed.")
    words = serializers.CharField(help_text="How it begins, as plain text.")
    place = serializers.CharField(help_text="The name of the space; empty where it happened in none.")
    people = serializers.IntegerField(help_text="How many said thanks; otherwise 1.")
    url = serializers.CharField()


DoingPageOut = page_shape(DoingOut)


class MemberActivity(ApiView):
    """What a member did."""

    scopes: ClassVar = {"GET": "members:read"}
    guests = ("GET",)

    @extend_schema(
        operation_id="listMemberActivity", tags=["Members"], parameters=[DoingsIn], responses=DoingPageOut
    )
    def get(self, request: Request, handle: str) -> Response:
        """List what a member did where the caller may read it, the latest first; absent where the profile is kept back."""
        asked = read_query(request, DoingsIn)
        page = list_doings(
            viewer_of(request),
            handle,
            show=asked.get("show", ""),
            after=_after(asked.get("after", "")),
            most=asked["limit"],
        )
        following = page.after and next_address(request, write_cursor(ORDER, [str(page.after)]))
        return Response({"results": DoingOut(page.doings, many=True).data, "next": following})


def _after(cursor: str) -> str:
    """Read the mark in a cursor. Raises `UnusableQuery` for what is none."""
    if not cursor:
        return ""
    (text,) = read_cursor(cursor, ORDER, 1)
    mark: Mark | None = read_mark(str(text))
    if mark is None:
        raise unusable_cursor()
    return str(mark)


urlpatterns = [
    path("members/<str:handle>/activity", MemberActivity.as_view(), name="api_member_activity"),
]
