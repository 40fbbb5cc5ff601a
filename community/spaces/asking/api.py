"""The brand's way to what spaces ask."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of, viewer_of
from community.spaces.asking import limits
from community.spaces.asking.actions import arrange_asking
from community.spaces.asking.queries import fields_of, template_of
from community.spaces.models import FieldKind, Space
from community.spaces.queries import get_space_for


class AskedOut(Out):
    """One thing asked."""

    key = serializers.CharField(help_text="As it stands in the `details` of a thread.")
    label = serializers.CharField()  # type: ignore[assignment]
    hint = serializers.CharField()
    kind = serializers.CharField(help_text="text, choice, choices, number, date or link.")
    options = serializers.ListField(child=serializers.CharField())
    is_required = serializers.BooleanField()
    for_team = serializers.BooleanField(help_text="Only the team and the author read the answers.")


class AskingOut(Out):
    """What a space asks."""

    template = serializers.CharField(help_text="The Markdown a post begins with; may be empty.")
    fields = AskedOut(many=True)  # type: ignore[assignment]


class AskedIn(In):
    """One thing to ask."""

    key = serializers.SlugField(max_length=30, required=False, help_text="Of a field that is there already.")
    label = serializers.CharField(max_length=200)  # type: ignore[assignment]
    hint = serializers.CharField(max_length=400, required=False, allow_blank=True, default="")
    kind = serializers.ChoiceField(choices=FieldKind.choices, default=FieldKind.TEXT)
    options = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, default=list, max_length=100
    )
    is_required = serializers.BooleanField(required=False, default=False)
    for_team = serializers.BooleanField(required=False, default=False)


class AskingIn(In):
    """All that a space asks, in its order. What is left out is no longer asked."""

    template = serializers.CharField(
        max_length=limits.TEMPLATE_MAX * 2, allow_blank=True, required=False, default=""
    )
    fields = AskedIn(many=True)  # type: ignore[assignment]


class SpaceAsking(ApiView):
    """What whoever begins a thread in a space is asked."""

    scopes: ClassVar = {"GET": "spaces:read", "PUT": "spaces:write"}
    guests = ("GET",)
    least: ClassVar = {"PUT": "manager"}

    @extend_schema(operation_id="getSpaceForm", tags=["Spaces"], responses=AskingOut)
    def get(self, request: Request, slug: str) -> Response:
        """Read the template and the fields of a space."""
        return Response(_shown(get_space_for(viewer_of(request), slug)))

    @extend_schema(operation_id="setSpaceForm", tags=["Spaces"], request=AskingIn, responses=AskingOut)
    def put(self, request: Request, slug: str) -> Response:
        """Say what a space asks, all of it anew. Managers only."""
        actor = actor_of(request)
        space = get_space_for(actor, slug)
        arrange_asking(actor=actor, space=space, **read_body(request, AskingIn))
        return Response(_shown(space))


def _shown(space: Space) -> Any:
    return AskingOut({"template": template_of(space), "fields": fields_of(space)}).data


urlpatterns = [path("spaces/<str:slug>/form", SpaceAsking.as_view(), name="api_space_form")]
