"""The brand's way to shout-outs."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api import MemberRefOut
from community.members.models import Member
from community.members.queries import get_member_for
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of, viewer_of
from rewards.praise import actions
from rewards.praise.models import MOST_NAMED, MOST_SHOUT, ShoutOut
from rewards.praise.queries import get_shout_for, pinned_shouts, shouts_of

LATEST = Order("made", ("made_at", "id"))


class ShoutOutIn(In):
    """Whom the team thanks, in which words, and how long it is pinned."""

    members = serializers.ListField(
        child=serializers.CharField(max_length=30), max_length=MOST_NAMED, help_text="Their handles."
    )
    words = serializers.CharField(max_length=MOST_SHOUT, help_text="Plain text. Everyone reads it.")
    pinned_until = serializers.DateTimeField(required=False, allow_null=True, help_text="Null: not pinned.")


class ShoutOutOut(Out):
    """A shout-out."""

    id = serializers.IntegerField(source="pk")
    members = MemberRefOut(many=True, help_text="Those it names who let others see it.")
    words = serializers.CharField()
    by = MemberRefOut(allow_null=True)
    made_at = serializers.DateTimeField()
    pinned_until = serializers.DateTimeField(allow_null=True, help_text="Null while it is not pinned.")
    url = serializers.CharField(source="href")


class PinIn(In):
    """Until when it stands on top."""

    pinned_until = serializers.DateTimeField()


class OnTopOut(Out):
    """What stands on top now."""

    results = ShoutOutOut(many=True)


class _RowOut(Out):
    """A row of a page; its names were read for all rows at once."""

    def to_representation(self, row: Any) -> Any:
        return ShoutOutOut(row.shout).data


ShoutOutPageOut = page_shape(ShoutOutOut)


def _out(viewer: Member | None, shout_out: ShoutOut) -> dict[str, Any]:
    return dict(ShoutOutOut(shouts_of(viewer, [shout_out])[0]).data)


class ShoutOuts(ApiView):
    """All of them."""

    scopes: ClassVar = {"GET": "thanks:read", "POST": "thanks:write"}
    least: ClassVar = {"POST": "moderator"}
    guests = ("GET",)

    @extend_schema(
        operation_id="listShoutOuts", tags=["Thanks"], parameters=[PageIn], responses=ShoutOutPageOut
    )
    def get(self, request: Request) -> Response:
        """List whom the team thanked, the latest first."""
        viewer = viewer_of(request)

        def prepare(shown: list[ShoutOut]) -> None:
            for row, shout in zip(shown, shouts_of(viewer, shown), strict=True):
                row.shout = shout  # type: ignore[attr-defined]

        rows = ShoutOut.objects.visible_to(viewer).select_related("by")
        return page_of(request, rows, LATEST, _RowOut, prepare=prepare, **read_query(request, PageIn))

    @extend_schema(
        operation_id="makeShoutOut", tags=["Thanks"], request=ShoutOutIn, responses={201: ShoutOutOut}
    )
    def post(self, request: Request) -> Response:
        """Thank members in the name of the team. They are told at once, by e-mail too."""
        actor, typed = actor_of(request), read_body(request, ShoutOutIn)
        members = [get_member_for(actor, handle) for handle in typed["members"]]
        made = actions.make_shout_out(
            actor=actor, members=members, words=typed["words"], pinned_until=typed.get("pinned_until")
        )
        return Response(_out(actor, made), status=201)


class PinnedShoutOuts(ApiView):
    """Those on top."""

    scopes: ClassVar = {"GET": "thanks:read"}
    guests = ("GET",)

    @extend_schema(operation_id="listPinnedShoutOuts", tags=["Thanks"], responses=OnTopOut)
    def get(self, request: Request) -> Response:
        """List the shout-outs that are pinned now."""
        return Response({"results": ShoutOutOut(pinned_shouts(viewer_of(request)), many=True).data})


class ShoutOutOne(ApiView):
    """One of them."""

    scopes: ClassVar = {"GET": "thanks:read", "DELETE": "thanks:write"}
    least: ClassVar = {"DELETE": "moderator"}
    guests = ("GET",)

    @extend_schema(operation_id="getShoutOut", tags=["Thanks"], responses=ShoutOutOut)
    def get(self, request: Request, pk: int) -> Response:
        """Read one."""
        viewer = viewer_of(request)
        return Response(_out(viewer, get_shout_for(viewer, pk)))

    @extend_schema(operation_id="withdrawShoutOut", tags=["Thanks"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Take a shout-out back. Doing it twice changes nothing."""
        actor = actor_of(request)
        actions.withdraw_shout_out(actor=actor, shout_out=get_shout_for(actor, pk))
        return Response(status=204)


class ShoutOutAgain(ApiView):
    """Undoing that."""

    scopes: ClassVar = {"POST": "thanks:write"}
    least: ClassVar = {"POST": "moderator"}

    @extend_schema(operation_id="restoreShoutOut", tags=["Thanks"], request=None, responses=ShoutOutOut)
    def post(self, request: Request, pk: int) -> Response:
        """Show a shout-out again that was taken back; it is not pinned."""
        actor = actor_of(request)
        return Response(
            _out(actor, actions.restore_shout_out(actor=actor, shout_out=get_shout_for(actor, pk)))
        )


class ShoutOutPin(ApiView):
    """What stands on top."""

    scopes: ClassVar = {"PUT": "thanks:write", "DELETE": "thanks:write"}
    least: ClassVar = {"PUT": "moderator", "DELETE": "moderator"}

    @extend_schema(operation_id="pinShoutOut", tags=["Thanks"], request=PinIn, responses=ShoutOutOut)
    def put(self, request: Request, pk: int) -> Response:
        """Pin a shout-out until a moment, or until another one."""
        actor, until = actor_of(request), read_body(request, PinIn)["pinned_until"]
        pinned = actions.pin_shout_out(actor=actor, shout_out=get_shout_for(actor, pk), until=until)
        return Response(_out(actor, pinned))

    @extend_schema(operation_id="unpinShoutOut", tags=["Thanks"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Let it go from the top. Doing it twice changes nothing."""
        actor = actor_of(request)
        actions.unpin_shout_out(actor=actor, shout_out=get_shout_for(actor, pk))
        return Response(status=204)


urlpatterns = [
    path("shout-outs", ShoutOuts.as_view(), name="api_shout_outs"),
    path("shout-outs/pinned", PinnedShoutOuts.as_view(), name="api_shout_outs_pinned"),
    path("shout-outs/<int:pk>", ShoutOutOne.as_view(), name="api_shout_out"),
    path("shout-outs/<int:pk>/restore", ShoutOutAgain.as_view(), name="api_shout_out_restore"),
    path("shout-outs/<int:pk>/pin", ShoutOutPin.as_view(), name="api_shout_out_pin"),
]
