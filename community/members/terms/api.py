"""The terms by program: what is in force, publishing, agreeing."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.models import Document
from community.members.terms import memory, queries
from community.members.terms.actions import accept_terms, publish_terms
from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of


class TermsVersionOut(Out):
    """A version of a document."""

    document = serializers.CharField(help_text="terms, privacy or guidelines.")
    version = serializers.IntegerField()
    body_md = serializers.CharField(help_text="Markdown.")
    changes = serializers.CharField(help_text="What changed, for members.")
    is_material = serializers.BooleanField(help_text="Everyone was asked again.")
    published_at = serializers.DateTimeField()


class TermsOut(Out):
    """What is in force."""

    round = serializers.IntegerField(help_text="What a member agrees to; 0 while nothing was published.")
    results = TermsVersionOut(many=True)


class TermsVersionIn(In):
    """A version to publish."""

    document = serializers.ChoiceField(choices=Document.choices)
    body_md = serializers.CharField(max_length=60_000)
    changes = serializers.CharField(max_length=600)
    is_material = serializers.BooleanField(required=False, default=True)


class AgreeIn(In):
    """What the member was shown."""

    round = serializers.IntegerField(min_value=1)


class Terms(ApiView):
    """The terms in force."""

    scopes: ClassVar = {"GET": "me:read", "POST": "doors:write"}
    guests: ClassVar = ("GET",)
    least: ClassVar = {"POST": "manager"}

    @extend_schema(operation_id="getTerms", tags=["Doors"], responses=TermsOut)
    def get(self, request: Request) -> Response:
        """Read the latest version of each document."""
        rows = TermsVersionOut(queries.versions_in_force(), many=True).data
        return Response({"round": memory.current_round(), "results": rows})

    @extend_schema(
        operation_id="publishTerms", tags=["Doors"], request=TermsVersionIn, responses={201: TermsVersionOut}
    )
    def post(self, request: Request) -> Response:
        """Publish a version of a document. A material one asks every member again."""
        said = read_body(request, TermsVersionIn)
        row = publish_terms(
            actor=actor_of(request),
            document=said["document"],
            body=said["body_md"],
            changes=said["changes"],
            is_material=said["is_material"],
        )
        return Response(TermsVersionOut(row).data, status=201)


class MyTerms(ApiView):
    """The account's agreement."""

    scopes: ClassVar = {"POST": "me:write"}

    @extend_schema(operation_id="agreeToTerms", tags=["Me"], request=AgreeIn, responses={204: None})
    def post(self, request: Request) -> Response:
        """Agree to what is in force. 409 when something newer came meanwhile."""
        accept_terms(actor=actor_of(request), source="api", round=read_body(request, AgreeIn)["round"])
        return Response(status=204)
