"""How large a form with files may be: told by its length, before a byte of it is written down anywhere."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class BoundedBody(FileUploadHandler):
    """Refuses forms beyond `FORM_MAX_BODY`, and leaves their files to the handlers after it."""

    def handle_raw_input(
        self, input_data: Any, META: dict[str, str], content_length: int, boundary: str, encoding: Any = None
    ) -> None:
        """Raise when the form is too large."""
        if content_length > settings.FORM_MAX_BODY:
            raise RequestDataTooBig(f"a form of {content_length} bytes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand a piece of a file on."""
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Leave the file to the handlers that hold it."""
        return None
