"""The way of programs to one's own data. Whoever takes a copy or leaves proves it by the password once more: a key that was
found must not be enough."""

from typing import ClassVar

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import Refused
from community.members.models import Member
from community.privacy import actions, limits
from community.privacy.keeping import api as keeping_api
from community.privacy.merging import api as merging_api
from community.privacy.models import Export
from community.privacy.queries import get_export_for
from community.privacy.views import file_of
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of

NEWEST = Order("asked", ("id",))


class ProofIn(In):
    """Who asks is who they say."""

    password = serializers.CharField(
        max_length=200, trim_whitespace=False, help_text="The member's password."
    )


class ErasureIn(ProofIn):
    """How to leave."""

    deletes_posts = serializers.BooleanField(
        default=False, help_text="Take posts and messages away; otherwise they stay without a name."
    )


class ExportOut(Out):
    """A copy of everything the caller has."""

    id = serializers.IntegerField()
    state = serializers.CharField(help_text="waiting, building, ready, fetched, gone or failed.")
    asked_at = serializers.DateTimeField()
    done = serializers.IntegerField(help_text="Kinds of things that are in it so far.")
    total = serializers.IntegerField(help_text="Kinds of things there are.")
    rows = serializers.IntegerField()
    bytes = serializers.IntegerField()
    ready_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True, help_text="Until when it can be fetched, once.")
    fetched_at = serializers.DateTimeField(allow_null=True)


class ErasureOut(Out):
    """An account that is to be erased."""

    state = serializers.CharField()
    due_at = serializers.DateTimeField(help_text="When it begins. Signing in before keeps the account.")
    deletes_posts = serializers.BooleanField()


ExportPageOut = page_shape(ExportOut)


def prove(actor: Member, password: str) -> None:
    """Raise `Refused` unless the password is the member's. Guessing is limited."""
    limits.PROVE.spend(actor)
    if not actor.check_password(password):
        raise Refused("password_wrong", _("This is not your password."))


class MyExports(ApiView):
    """The caller's copies."""

    scopes: ClassVar = {"GET": "me:read", "POST": "me:write"}

    @extend_schema(operation_id="listExports", tags=["Me"], parameters=[PageIn], responses=ExportPageOut)
    def get(self, request: Request) -> Response:
        """List the copies the caller asked for, the newest first."""
        rows = Export.objects.filter(member=actor_of(request))
        return page_of(request, rows, NEWEST, ExportOut, **read_query(request, PageIn))

    @extend_schema(operation_id="askExport", tags=["Me"], request=ProofIn, responses={201: ExportOut})
    def post(self, request: Request) -> Response:
        """Ask for a copy of everything the caller has. It is made within minutes; once a day."""
        actor = actor_of(request)
        prove(actor, **read_body(request, ProofIn))
        return Response(ExportOut(actions.ask_export(actor=actor)).data, status=201)


class MyExport(ApiView):
    """One copy."""

    scopes: ClassVar = {"GET": "me:read"}

    @extend_schema(operation_id="getExport", tags=["Me"], responses=ExportOut)
    def get(self, request: Request, pk: int) -> Response:
        """Read how far a copy is."""
        return Response(ExportOut(get_export_for(actor_of(request), pk)).data)


class MyExportFile(ApiView):
    """The file of a copy."""

    scopes: ClassVar = {"POST": "me:write"}

    def answer(self, request: Request) -> Response:
        """A file is sent once; no second answer is kept of it, whatever key the call carries."""
        if request.method != "POST":
            return self.http_method_not_allowed(request)
        return self.post(request, *self.args, **self.kwargs)  # type: ignore[return-value]

    @extend_schema(
        operation_id="fetchExport",
        tags=["Me"],
        request=ProofIn,
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        """Fetch the file, a ZIP. This uses its one link up."""
        actor = actor_of(request)
        export = get_export_for(actor, pk)
        prove(actor, **read_body(request, ProofIn))
        return file_of(actor, export)


class MyErasure(ApiView):
    """Leaving for good."""

    scopes: ClassVar = {"POST": "me:write"}

    @extend_schema(operation_id="eraseMe", tags=["Me"], request=ErasureIn, responses={201: ErasureOut})
    def post(self, request: Request) -> Response:
        """Have the caller's account erased after the time to think it over. Every session and key ends at once; signing in
        before that time is over keeps the account."""
        actor, asked = actor_of(request), read_body(request, ErasureIn)
        prove(actor, asked["password"])
        erasure = actions.ask_erasure(actor=actor, deletes_posts=asked["deletes_posts"])
        return Response(ErasureOut(erasure).data, status=201)


urlpatterns = [
    path("me/exports", MyExports.as_view(), name="api_exports"),
    path("me/exports/<int:pk>", MyExport.as_view(), name="api_export"),
    path("me/exports/<int:pk>/file", MyExportFile.as_view(), name="api_export_file"),
    path("me/erasure", MyErasure.as_view(), name="api_erasure"),
    *keeping_api.urlpatterns,
    *merging_api.urlpatterns,
]
