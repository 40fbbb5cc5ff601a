"""The calls that signing in by others makes, through the one way out: allauth asks for a session of `requests` and gets this.

A provider in one's own network is called only when `EGRESS_TRUSTED` names its origin.
"""

import json
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from community import egress

_MOST_BYTES = 256 * 1024


def failure() -> type[Exception]:
    """Return what allauth answers with a page instead of failing; imported only when somebody goes that way."""
    from allauth.socialaccount.providers.oauth2.client import OAuth2Error

    return OAuth2Error  # type: ignore[no-any-return]


class Answer:
    """What came back, as far as allauth looks at it."""

    def __init__(self, answer: egress.Answer) -> None:
        self.status_code = answer.status
        self.headers = dict(answer.headers)
        self.content = answer.body

    @property
    def ok(self) -> bool:
        """Whether it was what was asked for."""
        return self.status_code < 400

    @property
    def text(self) -> str:
        """The body as words."""
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body read as JSON. Raises what allauth answers with a page."""
        try:
            return json.loads(self.content)
        except ValueError as error:
            raise failure()("it answers no JSON") from error

    def raise_for_status(self) -> None:
        """Raise when it was not what was asked for."""
        if not self.ok:
            raise failure()(f"it answers {self.status_code}")


class GuardedSession:
    """Calls providers; never a private address, never with cookies, never for long."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is kept open."""

    def get(self, url: str, **more: Any) -> Answer:
        """Read an address."""
        return self.request("GET", url, **more)

    def post(self, url: str, **more: Any) -> Answer:
        """Send a form to an address."""
        return self.request("POST", url, **more)

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: Any = None,
        **_more: Any,
    ) -> Answer:
        """Call an address. Raises when nobody answered or the place may not be called."""
        sent = {"Accept": "application/json", "User-Agent": "Porchlight", **(headers or {})}
        if auth is not None:
            sent["Authorization"] = _basic(auth)
        if params:
            url += ("&" if "?" in url else "?") + urlencode(params)
        try:
            return Answer(_call(method, url, sent, data))
        except (egress.EgressRefused, egress.EgressFailed) as error:
            raise failure()(str(error)) from error


def _call(method: str, url: str, headers: Mapping[str, str], data: Mapping[str, Any] | None) -> egress.Answer:
    if method.upper() == "POST":
        kind = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        body = urlencode(data or {}).encode()
        return egress.post(url, body=body, headers=kind, most_bytes=_MOST_BYTES)
    # http is for what is public and only read; who somebody is is neither.
    return egress.get(
        url,
        headers=headers,
        may=lambda target: target.scheme == "https" or target.is_trusted,
        most_bytes=_MOST_BYTES,
        redirects=0,
    )


def _basic(auth: Any) -> str:
    import base64

    pair = f"{auth.username}:{auth.password}"
    return "Basic " + base64.b64encode(pair.encode()).decode()
