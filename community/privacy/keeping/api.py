"""What is kept how long, for programs of managers."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import Invalid, NotFound
from community.privacy.keeping.actions import change_keeping
from community.privacy.keeping.queries import COUNTED, forecast_for, numbers_of_rules
from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of


class RetentionIn(In):
    """Other numbers."""

    keeps = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=100_000),
        help_text="By the `key` of a number: how many of its unit things are kept.",
    )
    dry_run = serializers.BooleanField(
        default=False, help_text="Say what these numbers would remove, and save nothing."
    )


class RetentionRuleOut(Out):
    """One kind of thing that ends by itself."""

    key = serializers.CharField(source="rule.key")
    title = serializers.CharField(source="rule.title")
    what = serializers.CharField(source="rule.what", help_text="What goes.")
    spared = serializers.CharField(source="rule.spared", help_text="What stays all the same.")
    goes_now = serializers.IntegerField(
        source="now", help_text=f"How many go now. {COUNTED + 1} stands for more than {COUNTED}."
    )
    goes_soon = serializers.IntegerField(
        source="soon", help_text="The same in 30 days, those that go now among them."
    )
    total = serializers.IntegerField(help_text="About how many there are.")
    removed_lately = serializers.IntegerField(
        source="lately", help_text="How many were removed in the last 30 days."
    )


class KeepingOut(Out):
    """A number and the rules that obey it."""

    key = serializers.CharField(
        source="shown.key", default=None, allow_null=True, help_text="Null where the span is fixed."
    )
    seconds = serializers.SerializerMethodField(help_text="How long things are kept.")
    unit = serializers.CharField(source="shown.unit", default=None, allow_null=True)
    least = serializers.IntegerField(source="shown.number.least", default=None, allow_null=True)
    most = serializers.IntegerField(source="shown.number.most", default=None, allow_null=True)
    rules = RetentionRuleOut(many=True, source="forecasts")

    def get_seconds(self, keeping: Any) -> int:
        """Return the span that was counted with."""
        return int(keeping.span.total_seconds())


class RetentionOut(Out):
    """Every rule."""

    results = KeepingOut(many=True)


EXAMPLE = OpenApiExample(
    "Try shorter drafts", value={"keeps": {"writing.draft_days": 90}, "dry_run": True}, request_only=True
)


class Retention(ApiView):
    """What is kept how long."""

    scopes: ClassVar = {"GET": "numbers:read", "PATCH": "numbers:write"}
    least: ClassVar = {"GET": "manager", "PATCH": "manager"}

    @extend_schema(operation_id="getRetention", tags=["Numbers"], responses=RetentionOut)
    def get(self, request: Request) -> Response:
        """List what is kept how long, and what goes now and within 30 days."""
        return _answer(request, {})

    @extend_schema(
        operation_id="changeRetention",
        tags=["Numbers"],
        request=RetentionIn,
        responses=RetentionOut,
        examples=[EXAMPLE],
    )
    def patch(self, request: Request) -> Response:
        """Change how long things are kept, or with `dry_run` only say what that would remove."""
        body = read_body(request, RetentionIn)
        keeps = {key: str(value) for key, value in body["keeps"].items()}
        if body["dry_run"]:
            return _answer(request, keeps)
        change_keeping(actor=actor_of(request), changes=keeps)
        return _answer(request, {})


def _answer(request: Request, keeps: dict[str, str]) -> Response:
    if any(key not in numbers_of_rules() for key in keeps):
        raise NotFound()
    rows = forecast_for(actor_of(request), keeps)
    wrong = {row.shown.key: row.error for row in rows if row.shown is not None and row.error}
    if wrong:
        raise Invalid("numbers_unusable", " ".join(dict.fromkeys(wrong.values())), fields=wrong)
    return Response({"results": KeepingOut(rows, many=True).data})


urlpatterns = [path("retention", Retention.as_view(), name="api_retention")]
