"""Pages kept ready for guests. They are the same for all guests of one language and look, so they are made once.

A page is kept until something is recorded anywhere (`community.revision`) or a minute passes. It stands before
sessions, cookies and everything else that costs: a kept page is found in the time of a dictionary lookup.
"""

import hashlib
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from community.revision import current_mark
from community.threads.view_counter import count_view

# Other parameters make a page of their own every time; keeping those would only fill the memory.
PARAMETERS = frozenset({"view", "sort", "tag", "after", "page", "kind", "period"})
# While the mark cannot be known, a page is kept only so long that nobody sees much that is gone.
SECONDS_IN_DOUBT = 2.0
SECONDS_TO_GATHER = 1.0
MOST_BYTES = 32 * 2**20

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was sent."""

    body: bytes
    headers: dict[str, str]
    etag: str
    mark: bytes | None
    until: float
    thread: int | None

    def is_good(self, mark: bytes | None, now: float) -> bool:
        """Return whether nothing has changed since."""
        return self.mark == mark and now < self.until


class Shelf:
    """The pages of one process, the longest unused thrown out first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._most = most_bytes
        self._bytes = 0

    def find(self, key: Key, mark: bytes | None, now: float) -> Kept | None:
        """Return a page that is still good."""
        with self._lock:
            kept = self._pages.get(key)
            if kept is None:
                return None
            if not kept.is_good(mark, now):
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return kept

    def put(self, key: Key, kept: Kept) -> None:
        """Keep a page, in place of an older one."""
        with self._lock:
            self._drop(key)
            self._pages[key] = kept
            self._bytes += len(kept.body)
            while self._bytes > self._most:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        """Forget every page."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def _drop(self, key: Key) -> None:
        kept = self._pages.pop(key, None)
        if kept is not None:
            self._bytes -= len(kept.body)


class Views:
    """Views of kept pages, gathered for a second: counting each would cost more than sending the page."""

    def __init__(self) -> None:
        self._held: Counter[int] = Counter()
        self._lock = threading.Lock()
        self._sent_at = float("-inf")

    def add(self, thread: int, now: float) -> None:
        """Count one view, and pass on what was gathered when it is time."""
        with self._lock:
            self._held[thread] += 1
            if now - self._sent_at < SECONDS_TO_GATHER:
                return
            held, self._held, self._sent_at = self._held, Counter(), now
        for pk, times in held.items():
            count_view(pk, times)


class GuestCache:
    """Answers guests from the shelf, and puts there what a view marked with `guest_cacheable`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.GUEST_CACHE_SECONDS:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.shelf = Shelf()
        self.views = Views()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = _key_of(request)
        if key is None:
            return self.get_response(request)
        mark, now = current_mark(), time.monotonic()
        kept = self.shelf.find(key, mark, now)
        if kept is not None:
            if kept.thread is not None:
                self.views.add(kept.thread, now)
            return _send(request, kept)
        response = self.get_response(request)
        if _may_be_kept(request, response):
            # The mark was read before the page was made: what changed meanwhile makes the page old at once.
            seconds = settings.GUEST_CACHE_SECONDS if mark is not None else SECONDS_IN_DOUBT
            kept = _keep(response, mark, now + seconds)
            self.shelf.put(key, kept)
            response["ETag"] = kept.etag
        return response


def _key_of(request: HttpRequest) -> Key | None:
    """Return what a guest's page depends on, or None for everything that is not plainly a guest's page."""
    cookies = request.META.get("HTTP_COOKIE", "")
    if request.method != "GET" or (cookies and _is_somebody(request)):
        return None
    query = request.META.get("QUERY_STRING", "")
    if query and not PARAMETERS.issuperset(request.GET):
        return None
    meta = request.META
    return (
        meta.get("wsgi.url_scheme", ""),
        meta.get("HTTP_X_FORWARDED_PROTO", ""),
        meta.get("HTTP_HOST", ""),
        request.path,
        query,
        translation.get_language_from_request(request),
        request.COOKIES.get("look", "") if cookies else "",
        meta.get("HTTP_HX_REQUEST", ""),
    )


def _is_somebody(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES


def _may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Nothing that belongs to one reader may be in a kept page: no cookie, no token, no nonce."""
    return (
        getattr(response, "guest_cacheable", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "CSRF_COOKIE" not in request.META
        and getattr(request, "_csp_nonce", None) is None
    )


def _keep(response: HttpResponseBase, mark: bytes | None, until: float) -> Kept:
    body: bytes = response.content  # type: ignore[attr-defined]
    # Of the strong ones, the one that processors know by themselves: twice as fast for a page as others.
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    # A browser may keep the page but must ask whether it is still good.
    response["Cache-Control"] = "no-cache"
    thread = getattr(response, "viewed_thread", None)
    return Kept(body, dict(response.items()), etag, mark, until, thread)


def _send(request: HttpRequest, kept: Kept) -> HttpResponse:
    if request.META.get("HTTP_IF_NONE_MATCH") == kept.etag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(kept.body)
    for name, value in kept.headers.items():
        if response.status_code == 200 or name != "Content-Length":
            response[name] = value
    response["ETag"] = kept.etag
    return response
