"""The manager's way to the numbers by program."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import Invalid
from community.numbers.actions import change_numbers, reset_numbers
from community.numbers.number import Rates
from community.numbers.queries import Shown, get_number_for, list_numbers_for
from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of

VALUE = {
    "oneOf": [
        {"type": "integer"},
        {"type": "array", "items": {"type": "integer"}},
        {"type": "array", "items": {"type": "string"}},
    ]
}


@extend_schema_field(VALUE)
class ValueField(serializers.JSONField):
    """A whole number, one for each trust level, or one text of rates for each."""


class NumberIn(In):
    """What is to be in force."""

    value = ValueField(
        help_text="By `kind`: a whole number; four of them, for the trust levels 0, 1, 2, 3 and above; or texts of rates"
        " such as `10/min,60/day`, as many as there are now. An empty text is no limit."
    )


class NumberOut(Out):
    """A number of the community."""

    key = serializers.CharField()
    group = serializers.CharField(source="group.name", help_text="The feature that obeys it.")
    title = serializers.CharField()
    explanation = serializers.CharField(source="why", help_text="What it does and for whom.")
    kind = serializers.CharField(help_text="number, by_trust or rates.")
    unit = serializers.CharField(help_text="What it counts, for example days; rates for rates.")
    value = ValueField(help_text="What is in force.")
    default = ValueField(source="number.usual", help_text="What is in force while nobody changed it.")
    least = serializers.SerializerMethodField(help_text="Null for rates.")
    most = serializers.SerializerMethodField(help_text="Null for rates.")
    is_changed = serializers.BooleanField()
    changed_at = serializers.DateTimeField(allow_null=True)

    def get_least(self, shown: Shown) -> int | None:
        """Return the least that may be in force."""
        return None if isinstance(shown.number, Rates) else shown.number.least

    def get_most(self, shown: Shown) -> int | None:
        """Return the most that may be in force."""
        return None if isinstance(shown.number, Rates) else shown.number.most


class NumbersOut(Out):
    """Every number."""

    results = NumberOut(many=True)


EXAMPLE = OpenApiExample("New for a week", value={"value": 7}, request_only=True)


class NumberList(ApiView):
    """The numbers."""

    scopes: ClassVar = {"GET": "numbers:read"}
    least: ClassVar = {"GET": "manager"}

    @extend_schema(operation_id="listNumbers", tags=["Numbers"], responses=NumbersOut)
    def get(self, request: Request) -> Response:
        """List how long, how many, how often: every number with its default and its range, by feature."""
        return Response({"results": NumberOut(list_numbers_for(actor_of(request)), many=True).data})


class OneNumber(ApiView):
    """A number."""

    scopes: ClassVar = {"GET": "numbers:read", "PUT": "numbers:write", "DELETE": "numbers:write"}
    least: ClassVar = dict.fromkeys(("GET", "PUT", "DELETE"), "manager")

    @extend_schema(operation_id="getNumber", tags=["Numbers"], responses=NumberOut)
    def get(self, request: Request, key: str) -> Response:
        """Read one number."""
        return self._answer(request, key)

    @extend_schema(
        operation_id="changeNumber",
        tags=["Numbers"],
        request=NumberIn,
        responses=NumberOut,
        examples=[EXAMPLE],
    )
    def put(self, request: Request, key: str) -> Response:
        """Put a number into force. It holds everywhere within ten seconds."""
        actor = actor_of(request)
        get_number_for(actor, key)
        try:
            change_numbers(actor=actor, changes={key: read_body(request, NumberIn)["value"]})
        except Invalid as error:
            raise Invalid(
                error.code, error.message, fields={"value": error.fields.get(key, error.message)}
            ) from error
        return self._answer(request, key)

    @extend_schema(operation_id="resetNumber", tags=["Numbers"], responses={204: None})
    def delete(self, request: Request, key: str) -> Response:
        """Set a number back to its default."""
        actor = actor_of(request)
        get_number_for(actor, key)
        reset_numbers(actor=actor, keys=[key])
        return Response(status=204)

    def _answer(self, request: Request, key: str) -> Response:
        found: Any = get_number_for(actor_of(request), key)
        return Response(NumberOut(found).data)


urlpatterns = [
    path("numbers", NumberList.as_view(), name="api_numbers"),
    path("numbers/<str:key>", OneNumber.as_view(), name="api_number"),
]
