"""The log for programs of managers."""

from typing import ClassVar

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.moderation.log.actions import export_log
from community.moderation.log.files import FORMATS, write_file
from community.moderation.log.queries import Narrowing, find_entries, stream_entries
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of

NEWEST = Order("audit", ("id",))


class NarrowingIn(In):
    """What is looked for."""

    actor = serializers.CharField(max_length=31, required=False, help_text="A handle.")
    act = serializers.CharField(max_length=64, required=False, help_text="Such as member.penalised.")
    target_type = serializers.CharField(max_length=48, required=False, help_text="Such as threads.post.")
    target_pk = serializers.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
    words = serializers.CharField(max_length=100, required=False)
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)


class AuditQueryIn(NarrowingIn, PageIn):
    """A page of what is looked for."""


class AuditFileIn(NarrowingIn):
    """What to take out."""

    format = serializers.ChoiceField(choices=sorted(FORMATS), default="jsonl")


class AuditEntryOut(Out):
    """What somebody of the team did."""

    id = serializers.IntegerField()
    occurred_at = serializers.DateTimeField()
    actor_id = serializers.IntegerField(allow_null=True)
    actor_name = serializers.CharField()
    act = serializers.CharField()
    target_type = serializers.CharField()
    target_pk = serializers.IntegerField()
    before = serializers.DictField()
    after = serializers.DictField()
    reason = serializers.CharField()


AuditPageOut = page_shape(AuditEntryOut)


class AuditList(ApiView):
    """The log."""

    scopes: ClassVar = {"GET": "moderation:read"}
    least: ClassVar = {"GET": "manager"}

    @extend_schema(
        operation_id="listAuditEntries",
        tags=["Moderation"],
        parameters=[AuditQueryIn],
        responses=AuditPageOut,
    )
    def get(self, request: Request) -> Response:
        """List what people of the team did, the newest first."""
        asked = read_query(request, AuditQueryIn)
        page = {name: asked.pop(name) for name in list(asked) if name in PageIn().fields}
        rows = find_entries(actor_of(request), Narrowing(**asked))
        return page_of(request, rows, NEWEST, AuditEntryOut, **page)


class AuditFile(ApiView):
    """The log as a file."""

    scopes: ClassVar = {"POST": "moderation:read"}
    least: ClassVar = {"POST": "manager"}

    def answer(self, request: Request) -> Response:
        """A file is not kept for a second answer, whatever key the call carries."""
        if request.method != "POST":
            return self.http_method_not_allowed(request)
        return self.post(request)  # type: ignore[return-value]

    @extend_schema(
        operation_id="exportAuditEntries",
        tags=["Moderation"],
        request=AuditFileIn,
        responses={(200, "application/x-ndjson"): OpenApiTypes.BINARY},
    )
    def post(self, request: Request) -> HttpResponse:
        """Take entries out as JSON lines or CSV, newest first. The log notes who did."""
        asked = read_body(request, AuditFileIn)
        format = asked.pop("format")
        return file_of(request, Narrowing(**asked), format)


def file_of(request: Request, narrowing: Narrowing, format: str) -> HttpResponse:
    """Return the file of what is looked for, sent as it is read."""
    actor = actor_of(request)
    export_log(actor=actor, narrowing=narrowing, format=format)
    pieces = write_file(stream_entries(actor, narrowing), format)
    response = StreamingHttpResponse(pieces, content_type=FORMATS[format])
    response["Content-Disposition"] = f'attachment; filename="audit-log.{format}"'
    response["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]


urlpatterns = [
    path("moderation/log", AuditList.as_view(), name="api_audit"),
    path("moderation/log/file", AuditFile.as_view(), name="api_audit_file"),
]
