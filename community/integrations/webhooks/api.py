"""The brand's way to webhooks: everything the pages can do."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.integrations.webhooks import actions
from community.integrations.webhooks.api_shapes import (
    EndpointChangeIn,
    EndpointIn,
    EndpointOut,
    MessagesIn,
    NewEndpointOut,
    OneMessageOut,
    SecretOut,
    SpanIn,
    TestIn,
    WebhookEventOut,
    WebhookEventsOut,
    WebhookMessageOut,
    WebhookReplayOut,
    WebhookReplaysOut,
)
from community.integrations.webhooks.catalogue import all_events
from community.integrations.webhooks.models import WebhookEndpoint
from community.integrations.webhooks.queries import (
    get_endpoint_for,
    get_message_for,
    messages_of,
    replays_of,
    tries_of,
)
from community.rest.inputs import read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of

NEWEST = Order("newest", ("id",))
MANAGE = "webhooks:manage"


class Managed(ApiView):
    """Only for managers, and keys that carry the scope."""

    scopes: ClassVar = dict.fromkeys(("GET", "POST", "PATCH", "DELETE"), MANAGE)
    least: ClassVar = dict.fromkeys(("GET", "POST", "PATCH", "DELETE"), "manager")


class Events(Managed):
    """What endpoints may hear."""

    scopes: ClassVar = {"GET": MANAGE}

    @extend_schema(operation_id="listWebhookEvents", tags=["Webhooks"], responses=WebhookEventsOut)
    def get(self, request: Request) -> Response:
        """List every event with the fields it tells."""
        return Response({"results": WebhookEventOut(all_events(), many=True).data})


class Endpoints(Managed):
    """The endpoints a manager may know of."""

    scopes: ClassVar = {"GET": MANAGE, "POST": MANAGE}

    @extend_schema(
        operation_id="listWebhookEndpoints",
        tags=["Webhooks"],
        parameters=[PageIn],
        responses=page_shape(EndpointOut),
    )
    def get(self, request: Request) -> Response:
        """List one's endpoints; administrators see all."""
        asked = read_query(request, PageIn)
        return page_of(
            request, WebhookEndpoint.objects.visible_to(actor_of(request)), NEWEST, EndpointOut, **asked
        )

    @extend_schema(
        operation_id="addWebhookEndpoint",
        tags=["Webhooks"],
        request=EndpointIn,
        responses={201: NewEndpointOut},
        examples=[
            OpenApiExample(
                "Answers and badges",
                value={
                    "url": "https://shop.example.org/hooks/community",
                    "description": "Shop",
                    "verbs": ["answer.accepted", "badge.awarded"],
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """Add an endpoint. The answer holds its secret, this once."""
        values = read_body(request, EndpointIn)
        endpoint, secret = actions.add_endpoint(actor=actor_of(request), values=values)
        shown = EndpointOut(endpoint).data
        return _once({**shown, "secret": secret}, 201)


class Endpoint(Managed):
    """One endpoint."""

    scopes: ClassVar = {"GET": MANAGE, "PATCH": MANAGE, "DELETE": MANAGE}

    @extend_schema(operation_id="getWebhookEndpoint", tags=["Webhooks"], responses=EndpointOut)
    def get(self, request: Request, pk: int) -> Response:
        """Read an endpoint and its health."""
        return Response(EndpointOut(get_endpoint_for(actor_of(request), pk)).data)

    @extend_schema(
        operation_id="changeWebhookEndpoint",
        tags=["Webhooks"],
        request=EndpointChangeIn,
        responses=EndpointOut,
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change an endpoint, or turn it on or off."""
        actor = actor_of(request)
        endpoint = get_endpoint_for(actor, pk)
        values = read_body(request, EndpointChangeIn, partial=True)
        on = values.pop("is_on", None)
        if values:
            endpoint = actions.change_endpoint(actor=actor, endpoint=endpoint, values=values)
        if on is not None:
            endpoint = actions.turn_endpoint(actor=actor, endpoint=endpoint, on=on)
        return Response(EndpointOut(endpoint).data)

    @extend_schema(
        operation_id="removeWebhookEndpoint", tags=["Webhooks"], request=None, responses={204: None}
    )
    def delete(self, request: Request, pk: int) -> Response:
        """Remove an endpoint with its log."""
        actor = actor_of(request)
        actions.remove_endpoint(actor=actor, endpoint=get_endpoint_for(actor, pk))
        return Response(status=204)


class Secret(Managed):
    """The secret of an endpoint."""

    scopes: ClassVar = {"POST": MANAGE}

    @extend_schema(
        operation_id="renewWebhookSecret", tags=["Webhooks"], request=None, responses={201: SecretOut}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Renew the secret. The one before signs along for a day."""
        actor = actor_of(request)
        secret = actions.renew_secret(actor=actor, endpoint=get_endpoint_for(actor, pk))
        until = get_endpoint_for(actor, pk).old_until
        return _once(SecretOut({"secret": secret, "old_secret_until": until}).data, 201)


class Test(Managed):
    """Trying an endpoint."""

    scopes: ClassVar = {"POST": MANAGE}

    @extend_schema(
        operation_id="testWebhookEndpoint",
        tags=["Webhooks"],
        request=TestIn,
        responses={202: WebhookMessageOut},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Send a signed message with made-up fields, marked `"test": true`."""
        actor = actor_of(request)
        verb = read_body(request, TestIn)["verb"]
        message = actions.send_test(actor=actor, endpoint=get_endpoint_for(actor, pk), verb=verb)
        return Response(WebhookMessageOut(message).data, status=202)


class Messages(Managed):
    """The log of an endpoint."""

    scopes: ClassVar = {"GET": MANAGE}

    @extend_schema(
        operation_id="listWebhookMessages",
        tags=["Webhooks"],
        parameters=[MessagesIn],
        responses=page_shape(WebhookMessageOut),
    )
    def get(self, request: Request, pk: int) -> Response:
        """List what was sent, waits, was withheld or given up, the newest first."""
        endpoint = get_endpoint_for(actor_of(request), pk)
        asked = read_query(request, MessagesIn)
        narrowed: dict[str, Any] = {
            name: asked.pop(name) for name in ("state", "verb", "since") if name in asked
        }
        return page_of(request, messages_of(endpoint, **narrowed), NEWEST, WebhookMessageOut, **asked)


class Message(Managed):
    """One message."""

    scopes: ClassVar = {"GET": MANAGE}

    @extend_schema(operation_id="getWebhookMessage", tags=["Webhooks"], responses=OneMessageOut)
    def get(self, request: Request, pk: int) -> Response:
        """Read a message and its tries."""
        message = get_message_for(actor_of(request), pk)
        message.tries_shown = tries_of(message)  # type: ignore[attr-defined]
        return Response(OneMessageOut(message).data)


class MessageReplay(Managed):
    """Sending a message again."""

    scopes: ClassVar = {"POST": MANAGE}

    @extend_schema(
        operation_id="replayWebhookMessage",
        tags=["Webhooks"],
        request=None,
        responses={202: WebhookMessageOut},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Send a message once more, with the id and the number it had."""
        actor = actor_of(request)
        message = actions.replay_message(actor=actor, message=get_message_for(actor, pk))
        return Response(WebhookMessageOut(message).data, status=202)


class Replays(Managed):
    """Spans that are sent again."""

    scopes: ClassVar = {"GET": MANAGE, "POST": MANAGE}

    @extend_schema(operation_id="listWebhookReplays", tags=["Webhooks"], responses=WebhookReplaysOut)
    def get(self, request: Request, pk: int) -> Response:
        """List the five latest, and how far they are."""
        endpoint = get_endpoint_for(actor_of(request), pk)
        return Response({"results": WebhookReplayOut(replays_of(endpoint), many=True).data})

    @extend_schema(
        operation_id="replayWebhookSpan", tags=["Webhooks"], request=SpanIn, responses={202: WebhookReplayOut}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Send a span of time again: what failed, also what was missed while it was off, or everything."""
        actor = actor_of(request)
        endpoint = get_endpoint_for(actor, pk)
        replay = actions.replay_span(actor=actor, endpoint=endpoint, **read_body(request, SpanIn))
        return Response(WebhookReplayOut(replay).data, status=202)


def _once(data: dict[str, Any], status: int) -> Response:
    """Answer with a secret that is not kept for a repeated call."""
    response = Response(data, status=status)
    response.data_to_keep = {**data, "secret": ""}  # type: ignore[attr-defined]
    return response


urlpatterns = [
    path("webhooks", Endpoints.as_view(), name="api_webhooks"),
    path("webhooks/events", Events.as_view(), name="api_webhook_events"),
    path("webhooks/<int:pk>", Endpoint.as_view(), name="api_webhook"),
    path("webhooks/<int:pk>/secret", Secret.as_view(), name="api_webhook_secret"),
    path("webhooks/<int:pk>/test", Test.as_view(), name="api_webhook_test"),
    path("webhooks/<int:pk>/messages", Messages.as_view(), name="api_webhook_messages"),
    path("webhooks/<int:pk>/replays", Replays.as_view(), name="api_webhook_replays"),
    path("webhooks/messages/<int:pk>", Message.as_view(), name="api_webhook_message"),
    path("webhooks/messages/<int:pk>/replay", MessageReplay.as_view(), name="api_webhook_message_replay"),
]
