"""Reasons that the team inserts, by the API."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.moderation import actions, limits
from community.moderation.api.shapes import CannedReasonOut
from community.moderation.queries import all_canned_reasons, get_canned_reason_for
from community.rest.inputs import In, read_body
from community.rest.views import ApiView, actor_of


class CannedReasonIn(In):
    """A reason to be inserted with one press."""

    title = serializers.CharField(max_length=60)
    text = serializers.CharField(max_length=limits.REASON_LENGTH, help_text="What the member is told.")
    kind = serializers.CharField(max_length=32, required=False, default="", allow_blank=True)
    decision = serializers.CharField(max_length=32, required=False, default="", allow_blank=True)
    position = serializers.IntegerField(required=False, default=0, min_value=0, max_value=32_000)


class CannedReasons(ApiView):
    """The reasons that the team inserts."""

    scopes: ClassVar = {"GET": "moderation:read", "POST": "moderation:write"}

    @extend_schema(
        operation_id="listCannedReasons", tags=["Moderation"], responses=CannedReasonOut(many=True)
    )
    def get(self, request: Request) -> Response:
        """List them in their order. Only the team has any use for them: others see none."""
        return Response(CannedReasonOut(all_canned_reasons(actor_of(request)), many=True).data)

    @extend_schema(
        operation_id="addCannedReason",
        tags=["Moderation"],
        request=CannedReasonIn,
        responses={201: CannedReasonOut},
    )
    def post(self, request: Request) -> Response:
        """Write one. Community managers only."""
        reason = actions.save_canned_reason(actor=actor_of(request), **read_body(request, CannedReasonIn))
        return Response(CannedReasonOut(reason).data, status=201)


class CannedReasonDetail(ApiView):
    """One of them."""

    scopes: ClassVar = {"PUT": "moderation:write", "DELETE": "moderation:write"}

    @extend_schema(
        operation_id="changeCannedReason",
        tags=["Moderation"],
        request=CannedReasonIn,
        responses=CannedReasonOut,
    )
    def put(self, request: Request, pk: int) -> Response:
        """Change one."""
        actor = actor_of(request)
        reason = get_canned_reason_for(actor, pk)
        changed = actions.save_canned_reason(actor=actor, reason=reason, **read_body(request, CannedReasonIn))
        return Response(CannedReasonOut(changed).data)

    @extend_schema(operation_id="deleteCannedReason", tags=["Moderation"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Take one away. What was told with it stays."""
        actor = actor_of(request)
        actions.delete_canned_reason(actor=actor, reason=get_canned_reason_for(actor, pk))
        return Response(status=204)
