"""The brand's way to thanks."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api import MemberRefOut
from community.members.models import Member
from community.members.queries import get_member_for
from community.moderation.api.shapes import ReportIn
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of, viewer_of
from community.threads.queries import get_post_for
from rewards.praise import actions
from rewards.praise.models import MOST_WORDS, Praise
from rewards.praise.queries import (
    Line,
    allowance_of,
    get_praise_for,
    kinds_offered,
    lines_of,
    wall_rows,
)

NEWEST = Order("given", ("given_at", "id"))
LATEST = Order("made", ("made_at", "id"))


class ThanksIn(In):
    """Whom the caller thanks, what for, and in which words."""

    member = serializers.CharField(max_length=30, help_text="Their handle.")
    kind = serializers.CharField(max_length=30, help_text="A key from `listThanksKinds`.")
    words = serializers.CharField(max_length=MOST_WORDS, help_text="Plain text. Everyone may read it.")
    post = serializers.IntegerField(
        required=False, allow_null=True, help_text="The post of theirs that it is for, if it is for one."
    )


class ThanksOut(Out):
    """Thanks, as the caller may read them."""

    id = serializers.IntegerField(source="pk")
    giver = MemberRefOut(allow_null=True, help_text="Null once they left.")
    receiver = MemberRefOut()
    kind = serializers.CharField(source="kind_key")
    kind_name = serializers.CharField(source="kind", help_text="In the caller's language.")
    words = serializers.CharField()
    post = serializers.SerializerMethodField(
        help_text="The post it is for; null where there is none, or none that the caller may see."
    )
    given_at = serializers.DateTimeField()
    is_public = serializers.BooleanField(help_text="Whether others read it.")
    can_take_back = serializers.BooleanField(help_text="Whether the caller may take it back now.")
    url = serializers.CharField(source="href")

    def get_post(self, line: Line) -> int | None:
        """Return the number of the post."""
        return line.post.pk if line.post is not None else None


class _RowOut(Out):
    """A row of a page, said as a line: what a reader may know of it was read for all rows at once."""

    def to_representation(self, row: Any) -> Any:
        return ThanksOut(row.line).data


class ThanksAskedIn(PageIn):
    """Whose thanks, and what for."""

    member = serializers.CharField(required=False, max_length=30, help_text="Given or received by them.")
    kind = serializers.CharField(required=False, max_length=30)


class ThanksKindOut(Out):
    """What thanks can be for."""

    key = serializers.CharField()
    name = serializers.CharField(help_text="In the caller's language.")


class ThanksKindsOut(Out):
    """Everything thanks can be for."""

    results = ThanksKindOut(many=True)


class AllowanceOut(Out):
    """The caller's thanks of today."""

    most = serializers.IntegerField()
    given = serializers.IntegerField()
    left = serializers.IntegerField()
    renews_at = serializers.DateTimeField()


class RemovalIn(In):
    """Why the team removes thanks."""

    reason = serializers.CharField(max_length=300, help_text="Whoever gave them reads it.")


ThanksPageOut = page_shape(ThanksOut)


def _out(viewer: Member | None, praise: Praise) -> dict[str, Any]:
    return dict(ThanksOut(lines_of(viewer, [praise])[0]).data)


class ThanksList(ApiView):
    """The wall."""

    scopes: ClassVar = {"GET": "thanks:read", "POST": "thanks:write"}
    guests = ("GET",)

    @extend_schema(
        operation_id="listThanks", tags=["Thanks"], parameters=[ThanksAskedIn], responses=ThanksPageOut
    )
    def get(self, request: Request) -> Response:
        """List thanks that the caller may read, the latest first."""
        viewer, asked = viewer_of(request), read_query(request, ThanksAskedIn)
        handle, kind = asked.pop("member", ""), asked.pop("kind", "")
        person = get_member_for(viewer, handle) if handle else None
        rows = wall_rows(viewer, person=person, kind=kind)

        def prepare(shown: list[Praise]) -> None:
            for row, line in zip(shown, lines_of(viewer, shown), strict=True):
                row.line = line  # type: ignore[attr-defined]

        return page_of(request, rows, NEWEST, _RowOut, prepare=prepare, **asked)

    @extend_schema(operation_id="giveThanks", tags=["Thanks"], request=ThanksIn, responses={201: ThanksOut})
    def post(self, request: Request) -> Response:
        """Thank a member. A few a day, each member once a day."""
        actor, typed = actor_of(request), read_body(request, ThanksIn)
        post = get_post_for(actor, typed["post"]) if typed.get("post") else None
        made = actions.give_thanks(
            actor=actor,
            receiver=get_member_for(actor, typed["member"]),
            kind=typed["kind"],
            words=typed["words"],
            post=post,
        )
        return Response(_out(actor, made), status=201)


class ThanksKinds(ApiView):
    """What thanks can be for."""

    scopes: ClassVar = {"GET": "thanks:read"}
    guests = ("GET",)

    @extend_schema(operation_id="listThanksKinds", tags=["Thanks"], responses=ThanksKindsOut)
    def get(self, request: Request) -> Response:
        """List what thanks can be for."""
        return Response({"results": [{"key": key, "name": name} for key, name in kinds_offered()]})


class MyAllowance(ApiView):
    """What the caller may still give today."""

    scopes: ClassVar = {"GET": "me:read"}

    @extend_schema(operation_id="getMyThanksAllowance", tags=["Me"], responses=AllowanceOut)
    def get(self, request: Request) -> Response:
        """Read how many thanks the caller has left for today (UTC)."""
        return Response(AllowanceOut(allowance_of(actor_of(request))).data)


class ThanksOne(ApiView):
    """One of them."""

    scopes: ClassVar = {"GET": "thanks:read", "DELETE": "thanks:write"}
    guests = ("GET",)

    @extend_schema(operation_id="getThanks", tags=["Thanks"], responses=ThanksOut)
    def get(self, request: Request, pk: int) -> Response:
        """Read one."""
        viewer = viewer_of(request)
        return Response(_out(viewer, get_praise_for(viewer, pk)))

    @extend_schema(operation_id="takeThanksBack", tags=["Thanks"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Take thanks back that the caller gave a short time ago. It still counts for its day."""
        actor = actor_of(request)
        actions.take_back_thanks(actor=actor, praise=get_praise_for(actor, pk))
        return Response(status=204)


class ThanksAgain(ApiView):
    """Undoing that."""

    scopes: ClassVar = {"POST": "thanks:write"}

    @extend_schema(operation_id="giveThanksAgain", tags=["Thanks"], request=None, responses=ThanksOut)
    def post(self, request: Request, pk: int) -> Response:
        """Give thanks again that the caller took back a short time ago."""
        actor = actor_of(request)
        return Response(_out(actor, actions.give_again(actor=actor, praise=get_praise_for(actor, pk))))


class ThanksReport(ApiView):
    """Reporting thanks."""

    scopes: ClassVar = {"POST": "reports:write"}

    @extend_schema(operation_id="reportThanks", tags=["Moderation"], request=ReportIn, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Tell the team that thanks need a look. Others do not learn who did."""
        actor = actor_of(request)
        actions.report_thanks(actor=actor, praise=get_praise_for(actor, pk), **read_body(request, ReportIn))
        return Response(status=204)


class ThanksRemoval(ApiView):
    """What the team removes."""

    scopes: ClassVar = {"PUT": "moderation:write", "DELETE": "moderation:write"}
    least: ClassVar = {"PUT": "moderator", "DELETE": "moderator"}

    @extend_schema(operation_id="removeThanks", tags=["Moderation"], request=RemovalIn, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        """Take thanks off every page, with a reason that whoever gave them reads."""
        actor = actor_of(request)
        actions.remove_thanks(actor=actor, praise=get_praise_for(actor, pk), **read_body(request, RemovalIn))
        return Response(status=204)

    @extend_schema(operation_id="restoreThanks", tags=["Moderation"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Show thanks again that the team removed."""
        actor = actor_of(request)
        actions.restore_thanks(actor=actor, praise=get_praise_for(actor, pk))
        return Response(status=204)


urlpatterns = [
    path("thanks", ThanksList.as_view(), name="api_thanks"),
    path("thanks/kinds", ThanksKinds.as_view(), name="api_thanks_kinds"),
    path("me/thanks-allowance", MyAllowance.as_view(), name="api_my_thanks_allowance"),
    path("thanks/<int:pk>", ThanksOne.as_view(), name="api_thanks_one"),
    path("thanks/<int:pk>/again", ThanksAgain.as_view(), name="api_thanks_again"),
    path("thanks/<int:pk>/report", ThanksReport.as_view(), name="api_thanks_report"),
    path("thanks/<int:pk>/removal", ThanksRemoval.as_view(), name="api_thanks_removal"),
]
