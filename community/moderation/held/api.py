"""What the caller wrote that waits for the team. The team decides through the cases of the review queue."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.moderation.held.actions import change_held, take_back_held
from community.moderation.held.grounds import say_to_writer
from community.moderation.held.queries import get_own_held, held_of
from community.moderation.models import Held, HeldState
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of
from community.threads.limits import BODY_MAX

LATEST = Order("latest", ("id",))


class HeldListIn(PageIn):
    """Which of them."""

    state = serializers.ChoiceField(required=False, choices=HeldState.choices)


class HeldIn(In):
    """Another text."""

    title = serializers.CharField(
        max_length=255, required=False, default=None, allow_null=True, help_text="Only of a new thread."
    )
    body = serializers.CharField(max_length=BODY_MAX)


class HeldOut(Out):
    """Something that waits for the team, or waited."""

    id = serializers.IntegerField()
    kind = serializers.CharField(help_text="thread, reply or edit.")
    space = serializers.CharField(source="space.slug")
    thread_id = serializers.IntegerField(allow_null=True)
    post_id = serializers.IntegerField(allow_null=True, help_text="The post that an edit changes.")
    title = serializers.CharField()
    body_md = serializers.CharField()
    state = serializers.CharField(help_text="waiting, approved, refused or taken_back.")
    why = serializers.SerializerMethodField(help_text="Why it waits, in sentences.")
    reason = serializers.CharField(help_text="What the team said when it refused.")
    created_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    became_post_id = serializers.IntegerField(source="became_id", allow_null=True)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_why(self, held: Held) -> list[str]:
        """Return the reasons, as its writer reads them."""
        return [sentence for ground in held.grounds if (sentence := say_to_writer(ground))]


HeldPageOut = page_shape(HeldOut)


class HeldList(ApiView):
    """What the caller wrote that waits."""

    scopes: ClassVar = {"GET": "posts:write"}

    @extend_schema(
        operation_id="listHeld",
        tags=["Posts"],
        parameters=[HeldListIn],
        responses=HeldPageOut,
    )
    def get(self, request: Request) -> Response:
        """List what the caller wrote that waits for the team, or waited; the latest first."""
        asked = read_query(request, HeldListIn)
        rows = held_of(actor_of(request))
        state = asked.pop("state", None)
        return page_of(request, rows.filter(state=state) if state else rows, LATEST, HeldOut, **asked)


class HeldDetail(ApiView):
    """One of them."""

    scopes: ClassVar = {"GET": "posts:write", "PATCH": "posts:write", "DELETE": "posts:write"}

    @extend_schema(operation_id="getHeld", tags=["Posts"], responses=HeldOut)
    def get(self, request: Request, pk: int) -> Response:
        """Read one of them, with why it waits."""
        return Response(HeldOut(get_own_held(actor_of(request), pk)).data)

    @extend_schema(operation_id="changeHeld", tags=["Posts"], request=HeldIn, responses=HeldOut)
    def patch(self, request: Request, pk: int) -> Response:
        """Change its text. It goes on waiting."""
        actor = actor_of(request)
        held = get_own_held(actor, pk)
        typed: dict[str, Any] = read_body(request, HeldIn)
        change_held(actor=actor, held=held, **typed)
        return Response(HeldOut(get_own_held(actor, pk)).data)

    @extend_schema(operation_id="takeBackHeld", tags=["Posts"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Take it back, before anybody decided about it."""
        actor = actor_of(request)
        take_back_held(actor=actor, held=get_own_held(actor, pk))
        return Response(status=204)


urlpatterns = [
    path("me/held", HeldList.as_view(), name="api_held_list"),
    path("me/held/<int:pk>", HeldDetail.as_view(), name="api_held"),
]
