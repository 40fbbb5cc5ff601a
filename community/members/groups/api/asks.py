"""Requests to join a group, and invitations into it."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.groups import actions, queries
from community.members.groups.api.shapes import GroupAnswerIn, GroupAskIn, GroupAskOut, GroupAskPageOut
from community.members.groups.permissions import can_lead_group
from community.members.models import AskState, GroupAsk
from community.members.queries import get_member_for
from community.rest.inputs import read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.views import ApiView, actor_of

FIRST_ASKED = Order("asked", ("id",), falling=False)


class GroupInvitation(ApiView):
    """Inviting somebody."""

    scopes: ClassVar = {"PUT": "groups:write"}

    @extend_schema(operation_id="inviteIntoGroup", tags=["Groups"], request=None, responses={204: None})
    def put(self, request: Request, slug: str, handle: str) -> Response:
        """Invite a member into a group: its owners and managers. Who has asked already is let in."""
        actor = actor_of(request)
        group = queries.get_group_for(actor, slug)
        can_lead_group(actor, group).require()
        actions.invite_member(actor=actor, group=group, member=get_member_for(actor, handle))
        return Response(status=204)


class GroupRequests(ApiView):
    """Who asked to join."""

    scopes: ClassVar = {"GET": "groups:read"}

    @extend_schema(
        operation_id="listGroupRequests", tags=["Groups"], parameters=[PageIn], responses=GroupAskPageOut
    )
    def get(self, request: Request, slug: str) -> Response:
        """List who asked to join and waits, the first first: for owners and managers."""
        actor = actor_of(request)
        group = queries.get_group_for(actor, slug)
        can_lead_group(actor, group).require()
        asks = GroupAsk.objects.filter(group=group, is_invitation=False, state=AskState.OPEN)
        return page_of(
            request, asks.select_related("member"), FIRST_ASKED, GroupAskOut, **read_query(request, PageIn)
        )


class GroupRequest(ApiView):
    """Answering a request."""

    scopes: ClassVar = {"POST": "groups:write"}

    @extend_schema(
        operation_id="answerGroupRequest", tags=["Groups"], request=GroupAnswerIn, responses={204: None}
    )
    def post(self, request: Request, slug: str, handle: str) -> Response:
        """Let in who asked, or not: owners and managers."""
        actor = actor_of(request)
        ask = queries.get_request_for(actor, slug, handle)
        actions.answer_request(actor=actor, ask=ask, **read_body(request, GroupAnswerIn))
        return Response(status=204)


class MyInvitation(ApiView):
    """Answering an invitation."""

    scopes: ClassVar = {"POST": "groups:write"}

    @extend_schema(
        operation_id="answerGroupInvitation", tags=["Groups"], request=GroupAnswerIn, responses={204: None}
    )
    def post(self, request: Request, slug: str) -> Response:
        """Follow an invitation into a group, or not."""
        actor = actor_of(request)
        group = queries.get_group_for(actor, slug)
        actions.answer_invitation(actor=actor, group=group, **read_body(request, GroupAnswerIn))
        return Response(status=204)


class MyRequest(ApiView):
    """The caller's own request."""

    scopes: ClassVar = {"PUT": "groups:write", "DELETE": "groups:write"}

    @extend_schema(operation_id="askToJoinGroup", tags=["Groups"], request=GroupAskIn, responses={204: None})
    def put(self, request: Request, slug: str) -> Response:
        """Ask to join a group. Asking twice changes nothing."""
        actor = actor_of(request)
        group = queries.get_group_for(actor, slug)
        actions.ask_to_join(actor=actor, group=group, **read_body(request, GroupAskIn))
        return Response(status=204)

    @extend_schema(operation_id="withdrawGroupRequest", tags=["Groups"], responses={204: None})
    def delete(self, request: Request, slug: str) -> Response:
        """Take one's own request back."""
        actor = actor_of(request)
        actions.withdraw_ask(actor=actor, group=queries.get_group_for(actor, slug))
        return Response(status=204)
