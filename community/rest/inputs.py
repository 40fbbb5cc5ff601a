"""Reading bodies and query strings through In serializers. What they do not name is ignored, never applied."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request

from community.errors import DomainError


class UnusableQuery(DomainError):
    """A parameter in the address cannot be used."""

    status = 400


class In(serializers.Serializer):
    """What a caller may send. Reads only; writing is the actions' business."""


class Out(serializers.Serializer):
    """What a caller gets: named fields only, never a model's own list."""


def read_body(request: Request, shape: type[In], *, partial: bool = False) -> dict[str, Any]:
    """Return the named fields of a JSON body. Raises a validation error (422) naming each field."""
    serializer = shape(data=request.data, partial=partial)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def read_query(request: Request, shape: type[In]) -> dict[str, Any]:
    """Return the named parameters of the address. Raises `UnusableQuery` (400) naming each one."""
    serializer = shape(data=dict(request.query_params.items()))
    if not serializer.is_valid():
        fields = {name: str(problems[0]) for name, problems in serializer.errors.items()}
        raise UnusableQuery("unusable_query", _("Some parameters need another look."), fields=fields)
    return dict(serializer.validated_data)
