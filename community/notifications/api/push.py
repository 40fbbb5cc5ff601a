"""In which browsers and programs a member is told, by Web Push."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import NotFound
from community.notifications import actions
from community.notifications.push.keys import is_on, public_key
from community.notifications.queries.browsers import browsers_of
from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of


class PushKeyOut(Out):
    """What a browser needs to turn notices on."""

    key = serializers.CharField(help_text="The public VAPID key, as `applicationServerKey` takes it.")


class BrowserOut(Out):
    """One browser that is told. Its address and keys are not given out again."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField(source="label", help_text="Such as: Firefox on Windows.")
    created_at = serializers.DateTimeField()
    last_success_at = serializers.DateTimeField(allow_null=True, help_text="When it was last reached.")


class BrowsersOut(Out):
    """The browsers that are told."""

    results = BrowserOut(many=True)


class PushKeysIn(In):
    """The keys of a browser."""

    p256dh = serializers.CharField(max_length=100)
    auth = serializers.CharField(max_length=32)


class BrowserIn(In):
    """A subscription as `PushSubscription.toJSON()` gives it."""

    endpoint = serializers.CharField(max_length=1000, help_text="An https address of a push service.")
    keys = PushKeysIn()
    expirationTime = serializers.FloatField(required=False, allow_null=True)


ADD = OpenApiExample(
    "A browser",
    value={
        "endpoint": "https://push.example.net/send/abc",
        "keys": {"p256dh": "BLc4xRzKlKOR…", "auth": "DGv6ra1nlYgDCS1FRnbzlw"},
    },
    request_only=True,
)


class PushKey(ApiView):
    """The key to turn notices on with."""

    scopes: ClassVar = {"GET": "notices:read"}

    @extend_schema(operation_id="getPushKey", tags=["Notices"], responses=PushKeyOut)
    def get(self, request: Request) -> Response:
        """Read the public key. Absent where this community sends no notices to browsers."""
        if not is_on():
            raise NotFound()
        return Response(PushKeyOut({"key": public_key()}).data)


class Browsers(ApiView):
    """The caller's browsers."""

    scopes: ClassVar = {"GET": "notices:read", "POST": "notices:write"}

    @extend_schema(operation_id="listBrowsers", tags=["Notices"], responses=BrowsersOut)
    def get(self, request: Request) -> Response:
        """List the browsers that are told, latest first. There are never more than the community allows (ten by default)."""
        return Response(BrowsersOut({"results": browsers_of(actor_of(request))}).data)

    @extend_schema(
        operation_id="addBrowser",
        tags=["Notices"],
        request=BrowserIn,
        responses={201: BrowserOut},
        examples=[ADD],
    )
    def post(self, request: Request) -> Response:
        """Tell a browser from now on. One that is known already is updated."""
        wanted: dict[str, Any] = read_body(request, BrowserIn)
        browser = actions.add_browser(
            actor=actor_of(request),
            endpoint=wanted["endpoint"],
            p256dh=wanted["keys"]["p256dh"],
            auth=wanted["keys"]["auth"],
            user_agent=request.headers.get("User-Agent", ""),
        )
        return Response(BrowserOut(browser).data, status=201)


class Browser(ApiView):
    """One of the caller's browsers."""

    scopes: ClassVar = {"DELETE": "notices:write"}

    @extend_schema(operation_id="removeBrowser", tags=["Notices"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Tell this browser nothing more."""
        actions.remove_browser(actor=actor_of(request), pk=pk)
        return Response(status=204)


class BrowserTest(ApiView):
    """A test notice."""

    scopes: ClassVar = {"POST": "notices:write"}

    @extend_schema(operation_id="testBrowsers", tags=["Notices"], request=None, responses={202: None})
    def post(self, request: Request) -> Response:
        """Send all of the caller's browsers a test, in a few seconds."""
        actions.send_test(actor=actor_of(request))
        return Response(status=202)
