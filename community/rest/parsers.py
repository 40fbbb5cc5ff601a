"""Reading what strangers send: JSON, and files in the form that browsers send them."""

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser, MultiPartParser


class TooLarge(APIException):
    """More than one request may carry."""

    status_code = 413
    default_code = "too_large"
    default_detail = "This request is larger than the API takes."


class JsonParser(JSONParser):
    """JSON of bounded size and depth: both are refused before a value is built from them."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        _refuse_beyond(settings.API_MAX_BODY, parser_context)
        try:
            return super().parse(stream, media_type, dict(parser_context or {}))
        except RecursionError as error:
            raise ParseError("This JSON is nested too deeply.") from error


class FileParser(MultiPartParser):
    """Files of bounded size: what is larger is refused before it is read."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        _refuse_beyond(settings.API_MAX_FILE_BODY, parser_context)
        try:
            return super().parse(stream, media_type, dict(parser_context or {}))
        except SuspiciousOperation as error:
            raise ParseError("This form has too many parts.") from error


def _refuse_beyond(most: int, parser_context: Mapping[str, Any] | None) -> None:
    request = (parser_context or {}).get("request")
    length = int((request.META.get("CONTENT_LENGTH") if request else 0) or 0)
    if length > most:
        raise TooLarge()
