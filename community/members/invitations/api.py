"""The brand's way to invitations."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.addresses import network_of
from community.limits import spend_as_reader
from community.members.api.shapes import MemberRefOut
from community.members.invitations import actions, limits, queries
from community.members.invitations.codes import link_of
from community.members.invitations.permissions import standing
from community.members.models import Group, Invitation, InvitationBatch, Member
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of, viewer_of

LATEST = Order("invited", ("id",))


class InvitationOut(Out):
    """An invitation."""

    id = serializers.IntegerField()
    inviter = MemberRefOut(allow_null=True)
    email = serializers.CharField(help_text="Empty for a link.")
    message = serializers.CharField()
    group = serializers.SerializerMethodField(help_text="The name of the group it opens, or null.")
    landing = serializers.CharField()
    most_uses = serializers.IntegerField()
    use_count = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    state = serializers.SerializerMethodField(
        help_text="open, or the code of the reason why it cannot be used."
    )
    link = serializers.SerializerMethodField(help_text="Empty where only the reader of a letter knows it.")

    def get_group(self, invitation: Invitation) -> str | None:
        """Return the name of the group."""
        return invitation.group.name if invitation.group else None

    def get_state(self, invitation: Invitation) -> str:
        """Return whether it can be used."""
        return standing(invitation).code or "open"

    def get_link(self, invitation: Invitation) -> str:
        """Return the link to whoever made it."""
        viewer = self.context.get("viewer")
        own = viewer is not None and viewer.pk == invitation.inviter_id
        return link_of(invitation.pk) if own and not invitation.email and standing(invitation) else ""


InvitationPageOut = page_shape(InvitationOut)


class InvitationIn(In):
    """Whom, and to what. Without an address it makes a link."""

    email = serializers.CharField(max_length=254, required=False, allow_blank=True, default="")
    uses = serializers.IntegerField(min_value=1, required=False, default=1)
    group = serializers.SlugField(required=False, allow_blank=True, default="")
    landing = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    message = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


def _group(typed: dict[str, Any]) -> Group | None:
    slug = typed.pop("group")
    if not slug:
        return None
    found = Group.objects.filter(slug=slug).first()
    if found is None:
        raise serializers.ValidationError({"group": ["There is no such group."]})
    return found


def _out(invitation: Invitation, viewer: Member | None) -> dict[str, Any]:
    return dict(InvitationOut(invitation, context={"viewer": viewer}).data)


class MyInvitations(ApiView):
    """The caller's invitations."""

    scopes: ClassVar = {"GET": "me:read", "POST": "invitations:write"}

    @extend_schema(
        operation_id="listMyInvitations",
        tags=["Invitations"],
        parameters=[PageIn],
        responses=InvitationPageOut,
    )
    def get(self, request: Request) -> Response:
        """List the caller's invitations, the latest first."""
        rows = queries.invitations_of(actor_of(request))
        return page_of(request, rows, LATEST, InvitationOut, **read_query(request, PageIn))

    @extend_schema(
        operation_id="invite", tags=["Invitations"], request=InvitationIn, responses={201: InvitationOut}
    )
    def post(self, request: Request) -> Response:
        """Invite somebody by e-mail, or make a link."""
        actor, typed = actor_of(request), read_body(request, InvitationIn)
        group, email, uses = _group(typed), typed.pop("email"), typed.pop("uses")
        if email:
            made = actions.invite_by_mail(actor=actor, email=email, group=group, **typed)
        else:
            made = actions.invite_by_link(actor=actor, uses=uses, group=group, **typed)
        return Response(_out(made, actor), status=201)


class OneInvitation(ApiView):
    """An invitation."""

    scopes: ClassVar = {"DELETE": "invitations:write"}

    @extend_schema(operation_id="revokeInvitation", tags=["Invitations"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Take an invitation back. Who came by it stays."""
        actor = actor_of(request)
        actions.revoke_invitation(actor=actor, invitation=queries.get_invitation_for(actor, pk))
        return Response(status=204)


class Invitations(ApiView):
    """Everybody's invitations."""

    scopes: ClassVar = {"GET": "invitations:read"}
    least: ClassVar = {"GET": "manager"}

    @extend_schema(
        operation_id="listInvitations",
        tags=["Invitations"],
        parameters=[PageIn],
        responses=InvitationPageOut,
    )
    def get(self, request: Request) -> Response:
        """List everybody's invitations, the latest first."""
        rows = queries.all_invitations_for(actor_of(request))
        return page_of(request, rows, LATEST, InvitationOut, **read_query(request, PageIn))


class InvitationCode(ApiView):
    """An invitation, by the code in its link."""

    scopes: ClassVar = {"GET": "members:read", "POST": "me:write"}
    guests = ("GET",)

    @extend_schema(operation_id="readInvitation", tags=["Invitations"], responses=InvitationOut)
    def get(self, request: Request, code: str) -> Response:
        """Read what an invitation is for. Its address is told to nobody."""
        viewer = viewer_of(request)
        spend_as_reader(limits.LOOK, viewer, network_of(request._request), limits.LOOK)
        return Response({**_out(queries.get_invitation_by(code), viewer), "email": "", "link": ""})

    @extend_schema(operation_id="acceptInvitation", tags=["Invitations"], request=None, responses={204: None})
    def post(self, request: Request, code: str) -> Response:
        """Accept an invitation as a member: get what it opens."""
        actor = actor_of(request)
        spend_as_reader(limits.LOOK, actor, "", limits.LOOK)
        actions.accept_invitation(actor=actor, invitation=queries.get_invitation_by(code))
        actions.grant_invitations(actor=None, member=actor)
        return Response(status=204)


class BatchIn(In):
    """A list of addresses."""

    addresses = serializers.ListField(
        child=serializers.CharField(max_length=400, allow_blank=True), max_length=limits.MOST_ROWS
    )
    group = serializers.SlugField(required=False, allow_blank=True, default="")
    landing = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    message = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    is_dry_run = serializers.BooleanField(required=False, default=True)


class LeftOutOut(Out):
    """A row that was left out."""

    line = serializers.IntegerField()
    address = serializers.CharField()
    reason = serializers.CharField(help_text="unreadable, twice, member, invited or declined.")


class BatchOut(Out):
    """A list of invitations and how far it has come."""

    id = serializers.IntegerField()
    state = serializers.CharField(help_text="waiting, running or done.")
    is_dry_run = serializers.BooleanField()
    row_count = serializers.IntegerField()
    done_count = serializers.IntegerField()
    good_count = serializers.IntegerField(help_text="Invited; in a dry run, those who would be.")
    bad_count = serializers.IntegerField()
    left_out = serializers.SerializerMethodField(
        help_text=f"The first {limits.REPORTED} rows that were left out."
    )

    def get_left_out(self, batch: InvitationBatch) -> list[dict[str, Any]]:
        """Return the rows that were left out."""
        return [dict(zip(("line", "address", "reason"), row, strict=True)) for row in batch.report]


class Batches(ApiView):
    """Lists of invitations."""

    scopes: ClassVar = {"POST": "invitations:write"}
    least: ClassVar = {"POST": "manager"}

    @extend_schema(
        operation_id="inviteMany", tags=["Invitations"], request=BatchIn, responses={202: BatchOut}
    )
    def post(self, request: Request) -> Response:
        """Hand in a list of addresses. It is worked through in the background; a dry run only looks it through."""
        typed = read_body(request, BatchIn)
        batch = actions.begin_batch(actor=actor_of(request), group=_group(typed), **typed)
        return Response(BatchOut(batch).data, status=202)


class OneBatch(ApiView):
    """A list of invitations."""

    scopes: ClassVar = {"GET": "invitations:read"}
    least: ClassVar = {"GET": "manager"}

    @extend_schema(operation_id="getInvitationBatch", tags=["Invitations"], responses=BatchOut)
    def get(self, request: Request, pk: int) -> Response:
        """Read how far a list has come, and which rows were left out."""
        return Response(BatchOut(queries.get_batch_for(actor_of(request), pk)).data)


urlpatterns = [
    path("me/invitations", MyInvitations.as_view(), name="api_my_invitations"),
    path("invitations", Invitations.as_view(), name="api_invitations"),
    path("invitations/<int:pk>", OneInvitation.as_view(), name="api_invitation"),
    path("invitation-codes/<str:code>", InvitationCode.as_view(), name="api_invitation_code"),
    path("invitation-batches", Batches.as_view(), name="api_invitation_batches"),
    path("invitation-batches/<int:pk>", OneBatch.as_view(), name="api_invitation_batch"),
]
