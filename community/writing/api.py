"""The brand's way to drafts, pictures and previews: what a composer of one's own needs."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import NotFound
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.parsers import FileParser
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of
from community.writing import actions
from community.writing.models import Draft, Kind
from community.writing.queries import get_draft

NEWEST = Order("changed", ("updated_at", "id"))
# Looser than the rules, which answer with sentences; it only keeps absurd sizes away from them.
LONG_TITLE, LONG_BODY = 1000, 100_000


class DraftIn(In):
    """A text not sent yet."""

    title = serializers.CharField(max_length=LONG_TITLE, required=False, default="", allow_blank=True)
    body = serializers.CharField(
        max_length=LONG_BODY, required=False, default="", allow_blank=True, trim_whitespace=False
    )
    form = serializers.DictField(
        source="data",
        child=serializers.CharField(max_length=250, allow_blank=True),
        required=False,
        default=dict,
        help_text="What else the form holds. For `new-thread` that is `kind`, `space` and `tags`.",
    )

    def validate_form(self, value: dict[str, str]) -> dict[str, str]:
        """Keep fields with the plain names that forms give them; others are ignored as everywhere."""
        return {name: text for name, text in value.items() if name.isidentifier() and len(name) <= 40}


class DraftOut(Out):
    """A text not sent yet. Nobody else sees it."""

    key = serializers.CharField(help_text="Where it would go: `new-thread`, or `reply:` and a thread's id.")
    title = serializers.CharField()
    body = serializers.CharField(help_text="Markdown.")
    form = serializers.DictField(
        source="data", child=serializers.CharField(), help_text="What else the form holds."
    )
    updated_at = serializers.DateTimeField()


class UploadIn(In):
    """A picture to add."""

    file = serializers.FileField(
        help_text="PNG, JPEG, WebP or GIF, at most 8 MB; a portrait at most 2 MB, unless a manager chose less or more."
    )
    kind = serializers.ChoiceField(choices=Kind.choices, default=Kind.IMAGE)


class UploadOut(Out):
    """A picture. It is its owner's alone until a text that shows it is sent."""

    key = serializers.CharField()
    url = serializers.SerializerMethodField(help_text="The largest size, as WebP.")
    markdown = serializers.CharField(help_text="Put it into a text to show the picture.")
    width = serializers.IntegerField()
    height = serializers.IntegerField()

    def get_url(self, upload: Any) -> str:
        """Return the address of the largest size."""
        return str(upload.url_for(upload.largest))


class PreviewIn(In):
    """A text to look at."""

    body = serializers.CharField(
        max_length=LONG_BODY, allow_blank=True, trim_whitespace=False, help_text="Markdown."
    )


class PreviewOut(Out):
    """A text as it will look."""

    html = serializers.CharField(help_text="Safe to show as it is.")


DraftPageOut = page_shape(DraftOut)
_DRAFT = {
    "title": "Which poles hold in a winter gale?",
    "body": "Two friends snapped carbon sections last year.",
    "form": {"kind": "question", "space": "help", "tags": "poles"},
}
DRAFT = OpenApiExample(
    "A question not asked yet",
    value={"key": "new-thread", **_DRAFT, "updated_at": "2025-11-02T18:30:00Z"},
    response_only=True,
)
NEW_DRAFT = OpenApiExample("Keep it for later", value=_DRAFT, request_only=True)
UPLOAD = OpenApiExample(
    "A picture",
    value={
        "key": "0f3c5d1e9a7b4c2d8e6f0a1b2c3d4e5f",
        "url": "/files/0f3c5d1e9a7b4c2d8e6f0a1b2c3d4e5f/1280.webp",
        "markdown": "![tent](/files/0f3c5d1e9a7b4c2d8e6f0a1b2c3d4e5f/1280.webp#1280x960)",
        "width": 1280,
        "height": 960,
    },
    response_only=True,
)


class DraftList(ApiView):
    """What the caller has not sent yet."""

    scopes: ClassVar = {"GET": "drafts:read"}

    @extend_schema(operation_id="listDrafts", tags=["Drafts"], parameters=[PageIn], responses=DraftPageOut)
    def get(self, request: Request) -> Response:
        """List drafts, the last changed first. Fifty are kept."""
        drafts = Draft.objects.filter(owner=actor_of(request))
        return page_of(request, drafts, NEWEST, DraftOut, **read_query(request, PageIn))


class DraftDetail(ApiView):
    """One draft, by the place it would go."""

    scopes: ClassVar = {"GET": "drafts:read", "PUT": "drafts:write", "DELETE": "drafts:write"}

    @extend_schema(operation_id="getDraft", tags=["Drafts"], responses=DraftOut, examples=[DRAFT])
    def get(self, request: Request, key: str) -> Response:
        """Read a draft."""
        draft = get_draft(actor_of(request), key)
        if draft is None:
            raise NotFound()
        return Response(DraftOut(draft).data)

    @extend_schema(
        operation_id="saveDraft",
        tags=["Drafts"],
        request=DraftIn,
        responses={200: DraftOut, 204: None},
        examples=[NEW_DRAFT],
    )
    def put(self, request: Request, key: str) -> Response:
        """Keep a draft in place of the one before. Without title and text it is forgotten, which answers 204."""
        draft = actions.save_draft(actor=actor_of(request), key=key, **read_body(request, DraftIn))
        return Response(status=204) if draft is None else Response(DraftOut(draft).data)

    @extend_schema(operation_id="discardDraft", tags=["Drafts"], responses={204: None})
    def delete(self, request: Request, key: str) -> Response:
        """Forget a draft. Doing it twice changes nothing."""
        actions.discard_draft(actor=actor_of(request), key=key)
        return Response(status=204)


class UploadList(ApiView):
    """Adding pictures."""

    scopes: ClassVar = {"POST": "uploads:write"}
    parser_classes = (FileParser,)

    @extend_schema(
        operation_id="addPicture",
        tags=["Drafts"],
        request={"multipart/form-data": UploadIn},
        responses={201: UploadOut},
        examples=[UPLOAD],
    )
    def post(self, request: Request) -> Response:
        """Add a picture, as `multipart/form-data`. It is drawn anew: where it was taken is removed.

        A picture that no text shows after a day is removed. Refusals are `image_too_large`, `image_too_many_pixels`,
        `image_not_readable`, `image_kind_unknown` and `image_too_demanding`.
        """
        upload = actions.add_image(actor=actor_of(request), **read_body(request, UploadIn))
        answer = Response(UploadOut(upload).data, status=201)
        answer["Location"] = upload.url_for(upload.largest)
        return answer


class Preview(ApiView):
    """How a text will look."""

    scopes: ClassVar = {"POST": "drafts:write"}

    @extend_schema(operation_id="preview", tags=["Drafts"], request=PreviewIn, responses=PreviewOut)
    def post(self, request: Request) -> Response:
        """Show a text as it will look when sent. Nothing is kept."""
        html = actions.preview_text(actor=actor_of(request), body=read_body(request, PreviewIn)["body"])
        return Response({"html": html})


urlpatterns = [
    path("me/drafts", DraftList.as_view(), name="api_drafts"),
    path("me/drafts/<str:key>", DraftDetail.as_view(), name="api_draft"),
    path("uploads", UploadList.as_view(), name="api_uploads"),
    path("preview", Preview.as_view(), name="api_preview"),
]
