"""Reporting by the API."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.messages.queries import get_message_for
from community.moderation import actions
from community.moderation.api.shapes import PostReportIn, ReportIn
from community.rest.inputs import read_body
from community.rest.views import ApiView, actor_of
from community.threads.queries import get_post_for


class PostReport(ApiView):
    """Reporting a post."""

    scopes: ClassVar = {"POST": "reports:write"}

    @extend_schema(
        operation_id="reportPost", tags=["Moderation"], request=PostReportIn, responses={204: None}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Tell the team that a post needs a look. Others do not learn who did."""
        actor = actor_of(request)
        post = get_post_for(actor, pk)
        actions.report_post(actor=actor, post=post, **read_body(request, PostReportIn))
        return Response(status=204)


class MessageReport(ApiView):
    """Reporting a message."""

    scopes: ClassVar = {"POST": "reports:write"}

    @extend_schema(operation_id="reportMessage", tags=["Moderation"], request=ReportIn, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Tell the team that a message needs a look: they then read it with the few around it, and nothing else."""
        actor = actor_of(request)
        message = get_message_for(actor, pk)
        actions.report_message(actor=actor, message=message, **read_body(request, ReportIn))
        return Response(status=204)
