"""How often the digest comes, and what would be in it."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.models import Member
from community.notifications import actions
from community.notifications.models import FIRST_HOUR, LAST_HOUR, Rhythm
from community.notifications.queries.digests import digest_choice_of, digest_now
from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of


class DigestOut(Out):
    """When the digest comes: only to who has not been here since the last one was due."""

    rhythm = serializers.ChoiceField(choices=Rhythm.values)
    weekday = serializers.IntegerField(help_text="0 is Monday. Every month means the first such day.")
    hour = serializers.IntegerField(help_text="In the member's time zone.")
    is_own = serializers.BooleanField(help_text="Whether the member chose it; otherwise it is the site's.")
    next_at = serializers.DateTimeField(allow_null=True)


class DigestIn(In):
    """When the digest shall come."""

    rhythm = serializers.ChoiceField(choices=Rhythm.values)
    weekday = serializers.IntegerField(min_value=0, max_value=6, required=False)
    hour = serializers.IntegerField(min_value=FIRST_HOUR, max_value=LAST_HOUR, required=False)


class DigestEntryOut(Out):
    """One thing in it."""

    title = serializers.CharField()
    url = serializers.CharField()
    text = serializers.CharField()
    why = serializers.CharField(help_text="Why it is in the digest.")


class DigestSectionOut(Out):
    """One part of it."""

    key = serializers.CharField()
    title = serializers.CharField()
    entries = DigestEntryOut(many=True)


class DigestPreviewOut(Out):
    """What would be in it now."""

    sections = DigestSectionOut(many=True)


CHANGE = OpenApiExample(
    "Fridays at five", value={"rhythm": "weekly", "weekday": 4, "hour": 17}, request_only=True
)


class DigestRhythm(ApiView):
    """How often the caller's digest comes."""

    scopes: ClassVar = {"GET": "notices:read", "PATCH": "notices:write"}

    @extend_schema(operation_id="getDigest", tags=["Notices"], responses=DigestOut)
    def get(self, request: Request) -> Response:
        """Read when the digest comes."""
        return _show(actor_of(request))

    @extend_schema(
        operation_id="changeDigest",
        tags=["Notices"],
        request=DigestIn,
        responses=DigestOut,
        examples=[CHANGE],
    )
    def patch(self, request: Request) -> Response:
        """Choose how often the digest comes, on which day and at which hour."""
        actor = actor_of(request)
        now = digest_choice_of(actor)
        wanted: dict[str, Any] = {"weekday": now.weekday, "hour": now.hour, **read_body(request, DigestIn)}
        actions.choose_digest(actor=actor, **wanted)
        return _show(actor)


def _show(actor: Member) -> Response:
    return Response(DigestOut(digest_choice_of(actor)).data)


class DigestPreview(ApiView):
    """What would be in it."""

    scopes: ClassVar = {"GET": "notices:read"}

    @extend_schema(operation_id="previewDigest", tags=["Notices"], responses=DigestPreviewOut)
    def get(self, request: Request) -> Response:
        """Read what would be in the digest now, had the caller not been here since the last one was due."""
        return Response(DigestPreviewOut({"sections": digest_now(actor_of(request))}).data)
