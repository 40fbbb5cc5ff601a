"""Looking after questions: what they are missing, who is answering, whether they are solved."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of, viewer_of
from community.threads import actions
from community.threads.api.shapes import ThreadOut
from community.threads.queries.access import get_thread_for
from community.threads.queries.heads import thread_head
from community.threads.queries.rows import Care

_NOTHING = Care("", "", False, "", None, False, None, "")


class CareOut(Out):
    """How an open question is looked after."""

    missing = serializers.CharField(help_text="What a helper misses; empty when nothing.")
    missing_by = serializers.CharField(help_text="Their name.")
    is_closed = serializers.BooleanField(source="closed", help_text="Closed because it never came.")
    claimed_by = serializers.CharField(help_text="Who is answering right now; empty when nobody.")


class MissingIn(In):
    """What the question is missing."""

    missing = serializers.CharField(max_length=2000, help_text="One sentence the asker can answer.")


class ThreadCare(ApiView):
    """How a question is looked after."""

    scopes: ClassVar = {"GET": "threads:read"}
    guests = ("GET",)

    @extend_schema(operation_id="getQuestionCare", tags=["Threads"], responses=CareOut)
    def get(self, request: Request, pk: int) -> Response:
        """Read what a question is missing and who is answering it. Callers who are not signed in see no names of helpers at work."""
        viewer = viewer_of(request)
        care = thread_head(viewer, pk).care or _NOTHING
        shown: dict[str, Any] = CareOut(care).data
        return Response(shown if viewer is not None else {**shown, "claimed_by": ""})


class ThreadMissing(ApiView):
    """What a question is missing."""

    scopes: ClassVar = {"PUT": "threads:write", "DELETE": "threads:write"}

    @extend_schema(operation_id="wantInformation", tags=["Threads"], request=MissingIn, responses=CareOut)
    def put(self, request: Request, pk: int) -> Response:
        """Say what a question is missing. Its asker is told; any reply of theirs clears it."""
        actor = actor_of(request)
        actions.want_information(
            actor=actor, thread=get_thread_for(actor, pk), missing=read_body(request, MissingIn)["missing"]
        )
        return Response(CareOut(thread_head(actor, pk).care or _NOTHING).data)

    @extend_schema(operation_id="haveInformation", tags=["Threads"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Say that nothing is missing any more."""
        actor = actor_of(request)
        actions.have_information(actor=actor, thread=get_thread_for(actor, pk))
        return Response(status=204)


class ThreadClaim(ApiView):
    """Who is answering a question."""

    scopes: ClassVar = {"PUT": "threads:write", "DELETE": "threads:write"}

    @extend_schema(operation_id="claimQuestion", tags=["Threads"], request=None, responses=CareOut)
    def put(self, request: Request, pk: int) -> Response:
        """Say that the caller is answering, for ten minutes by default. Answers 409 while somebody else is."""
        actor = actor_of(request)
        actions.claim_question(actor=actor, thread=get_thread_for(actor, pk))
        return Response(CareOut(thread_head(actor, pk).care or _NOTHING).data)

    @extend_schema(operation_id="giveUpClaim", tags=["Threads"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Say that the caller is not answering after all."""
        actor = actor_of(request)
        actions.give_up_claim(actor=actor, thread=get_thread_for(actor, pk))
        return Response(status=204)


class ThreadNotYet(ApiView):
    """The asker's "not yet"."""

    scopes: ClassVar = {"POST": "threads:write"}

    @extend_schema(operation_id="sayNotYet", tags=["Threads"], request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Answer "did this solve it?" with: not yet. Askers only; accepting an answer says yes."""
        actor = actor_of(request)
        actions.say_not_yet(actor=actor, thread=get_thread_for(actor, pk))
        return Response(status=204)


class ThreadReopening(ApiView):
    """Opening a question again."""

    scopes: ClassVar = {"POST": "threads:write"}

    @extend_schema(operation_id="reopenQuestion", tags=["Threads"], request=None, responses=ThreadOut)
    def post(self, request: Request, pk: int) -> Response:
        """Open the caller's own question that was closed because what it missed never came."""
        actor = actor_of(request)
        actions.reopen_question(actor=actor, thread=get_thread_for(actor, pk))
        return Response(ThreadOut(get_thread_for(actor, pk)).data)
