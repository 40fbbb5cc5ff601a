"""The caller's title: which they hold, and which they show."""

from typing import ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.models import Member
from community.members.titles.actions import choose_title
from community.members.titles.sources import titles_of
from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of


class TitleOut(Out):
    """A title one may show."""

    key = serializers.CharField(help_text="What gave it, such as `group:7`.")
    words = serializers.CharField()


class MyTitleOut(Out):
    """What the caller shows beside their name, and what they may."""

    shown = serializers.CharField(help_text="Empty: none.")
    key = serializers.CharField()
    held = TitleOut(many=True)


class MyTitleIn(In):
    """Which title to show."""

    key = serializers.CharField(max_length=40, allow_blank=True, help_text="One of those held; empty: none.")


def _shown(member: Member) -> Response:
    held = [title._asdict() for title in titles_of(member)]
    return Response(MyTitleOut({"shown": member.title, "key": member.title_from, "held": held}).data)


class MyTitle(ApiView):
    """The caller's title."""

    scopes: ClassVar = {"GET": "me:read", "PUT": "me:write"}

    @extend_schema(operation_id="getMyTitle", tags=["Me"], responses=MyTitleOut)
    def get(self, request: Request) -> Response:
        """Read which titles the caller's groups give, and which one is shown beside the name."""
        return _shown(actor_of(request))

    @extend_schema(operation_id="chooseMyTitle", tags=["Me"], request=MyTitleIn, responses=MyTitleOut)
    def put(self, request: Request) -> Response:
        """Show a title beside the name, or none."""
        actor = actor_of(request)
        choose_title(actor=actor, member=actor, key=read_body(request, MyTitleIn)["key"])
        return _shown(actor)


urlpatterns = [path("me/title", MyTitle.as_view(), name="api_my_title")]
