"""The doors by program: who may join and how people sign in, who waits for a yes, where a member is signed in."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api.shapes import MemberRefOut
from community.members.doors import actions, admissions, queries
from community.members.doors.memory import door_rules
from community.members.models import Admission, Joining, ProofAsked, SecondFactor
from community.members.permissions import can_keep_doors
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.views import ApiView, actor_of


class DoorsIn(In):
    """What may be changed; what is left out stays."""

    joining = serializers.ChoiceField(choices=Joining.choices)
    allowed_domains = serializers.CharField(
        max_length=20_000, allow_blank=True, help_text="One in each line; `*.example.org` is those below it."
    )
    blocked_domains = serializers.CharField(max_length=20_000, allow_blank=True)
    code_sign_in = serializers.BooleanField()
    second_factor = serializers.ChoiceField(choices=SecondFactor.choices)
    sign_on_only = serializers.BooleanField(help_text="Passwords, codes and passkeys no longer open.")
    proof = serializers.ChoiceField(
        choices=ProofAsked.choices, help_text="When browsers of newcomers do a small sum (`getChallenge`)."
    )


class DoorsOut(Out):
    """The doors in force."""

    joining = serializers.CharField(help_text="open, approval, invited or closed.")
    allowed_domains = serializers.CharField()
    blocked_domains = serializers.CharField()
    code_sign_in = serializers.BooleanField()
    second_factor = serializers.CharField(help_text="off, staff or everyone.")
    sign_on_only = serializers.BooleanField()
    proof = serializers.CharField(help_text="off, doubt or always.")


class Doors(ApiView):
    """The doors."""

    scopes: ClassVar = {"GET": "doors:read", "PATCH": "doors:write"}
    least: ClassVar = dict.fromkeys(("GET", "PATCH"), "manager")

    @extend_schema(operation_id="getDoors", tags=["Doors"], responses=DoorsOut)
    def get(self, request: Request) -> Response:
        """Read who may join and how people sign in."""
        can_keep_doors(actor_of(request)).require()
        return Response(DoorsOut(door_rules()).data)

    @extend_schema(
        operation_id="changeDoors",
        tags=["Doors"],
        request=DoorsIn,
        responses=DoorsOut,
        examples=[OpenApiExample("Ask the team first", value={"joining": "approval"}, request_only=True)],
    )
    def patch(self, request: Request) -> Response:
        """Change the doors. It holds everywhere within ten seconds."""
        changes = read_body(request, DoorsIn, partial=True)
        return Response(DoorsOut(actions.save_door_rules(actor=actor_of(request), changes=changes)).data)


class AdmissionOut(Out):
    """Someone who wants to join."""

    id = serializers.IntegerField()
    member = MemberRefOut()
    why = serializers.CharField()
    state = serializers.CharField(help_text="waiting, approved or refused.")
    asked_at = serializers.DateTimeField()
    answer = serializers.CharField(help_text="What the team wrote to them.")


class AdmissionsOut(Out):
    """Those who wait, the oldest first."""

    results = AdmissionOut(many=True)


class AdmissionsIn(In):
    """Where to go on."""

    after = serializers.IntegerField(
        required=False, default=0, min_value=0, help_text="The id of the last one of the page before."
    )


class AdmissionAnswerIn(In):
    """What the team says."""

    approved = serializers.BooleanField()
    answer = serializers.CharField(
        max_length=admissions.LONGEST,
        allow_blank=True,
        required=False,
        default="",
        help_text="Written to the newcomer; needed for a no.",
    )


class Admissions(ApiView):
    """Wishes to join."""

    scopes: ClassVar = {"GET": "moderation:read"}
    least: ClassVar = {"GET": "moderator"}

    @extend_schema(
        operation_id="listAdmissions", tags=["Doors"], parameters=[AdmissionsIn], responses=AdmissionsOut
    )
    def get(self, request: Request) -> Response:
        """List who waits for the team's yes, at most 50."""
        asked = read_query(request, AdmissionsIn)
        rows: list[Admission] = queries.list_waiting_for(actor_of(request), after=asked["after"])
        return Response({"results": AdmissionOut(rows, many=True).data})


class AdmissionDecision(ApiView):
    """The team's answer to one wish."""

    scopes: ClassVar = {"POST": "moderation:write"}
    least: ClassVar = {"POST": "moderator"}

    @extend_schema(
        operation_id="decideAdmission", tags=["Doors"], request=AdmissionAnswerIn, responses=AdmissionOut
    )
    def post(self, request: Request, pk: int) -> Response:
        """Let someone in, or not, and say why. They hear it by e-mail."""
        actor = actor_of(request)
        admission = queries.get_admission_for(actor, pk)
        said = read_body(request, AdmissionAnswerIn)
        decided = admissions.decide_admission(actor=actor, admission=admission, **said)
        return Response(AdmissionOut(decided).data)


class SessionOut(Out):
    """A browser in which the account is open."""

    id = serializers.IntegerField(source="pk")
    agent = serializers.CharField(help_text="What the browser says of itself.")
    ip = serializers.CharField()
    since = serializers.DateTimeField()
    is_current = serializers.BooleanField(help_text="The one that asks; false for keys.")


class SessionsOut(Out):
    """Where the account is open."""

    results = SessionOut(many=True)


class MySessions(ApiView):
    """Where the account is open."""

    scopes: ClassVar = {"GET": "me:read", "DELETE": "me:write"}

    @extend_schema(operation_id="listMySessions", tags=["Me"], responses=SessionsOut)
    def get(self, request: Request) -> Response:
        """List the browsers in which the account is open."""
        rows = queries.sessions_of(actor_of(request), current=_key(request))
        return Response({"results": SessionOut(rows, many=True).data})

    @extend_schema(operation_id="endMyOtherSessions", tags=["Me"], responses={204: None})
    def delete(self, request: Request) -> Response:
        """Sign the account out everywhere, except in the browser that asks."""
        actions.end_other_sessions(actor=actor_of(request), but=_key(request))
        return Response(status=204)


class MySession(ApiView):
    """One browser in which the account is open."""

    scopes: ClassVar = {"DELETE": "me:write"}

    @extend_schema(operation_id="endMySession", tags=["Me"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Sign one browser out."""
        actions.end_session(actor=actor_of(request), pk=pk)
        return Response(status=204)


def _key(request: Any) -> str:
    return str(request.session.session_key or "")
