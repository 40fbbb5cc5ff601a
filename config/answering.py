"""How a page leaves: in one piece, when it is one."""

from collections.abc import Iterable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse

from config.encoding import TextRequest


class Pages(WSGIHandler):
    """Django's handler, which gives the server a finished page as a list.

    From anything else granian draws piece by piece: it sends the head alone, then the body, then looks for more, and wakes
    another thread each time. A list goes out in one write, before the next request is taken up. What is streamed stays so.
    """

    request_class = TextRequest

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # type: ignore[override]
        """Answer a request."""
        answer = super().__call__(environ, start_response)
        if not isinstance(answer, HttpResponse):
            return answer
        whole = [answer.content]
        # Nobody else would: a server closes what it draws from, and a list needs no closing.
        answer.close()
        return whole
