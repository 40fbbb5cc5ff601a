"""Which encodings a request may name for itself."""

from typing import Any

from django.core.handlers.wsgi import WSGIRequest


class TextRequest(WSGIRequest):
    """Reads a request as UTF-8 when the encoding it names is not one of text, such as base64.

    Django takes any codec that Python knows by name and fails with it before anything could answer.
    """

    def _set_content_type_params(self, meta: Any) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]
        except (LookupError, ValueError):
            self._encoding = None
        if self._encoding and not is_of_text(self._encoding):
            self._encoding = None


def is_of_text(name: str) -> bool:
    """Return whether an encoding turns bytes into text."""
    try:
        "".encode(name)
    except (LookupError, ValueError):
        return False
    return True
