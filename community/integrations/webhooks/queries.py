"""Reading endpoints and their log."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet

from community.errors import NotFound
from community.integrations.webhooks.models import (
    MessageState,
    WebhookAttempt,
    WebhookEndpoint,
    WebhookMessage,
    WebhookReplay,
)
from community.members.models import Member

MOST_SHOWN = 500


def endpoints_for(viewer: Member) -> list[WebhookEndpoint]:
    """Return the endpoints a viewer may know of, the newest first."""
    return list(
        WebhookEndpoint.objects.visible_to(viewer).select_related("owner").order_by("-pk")[:MOST_SHOWN]
    )


def get_endpoint_for(viewer: Member, pk: int) -> WebhookEndpoint:
    """Return an endpoint a viewer may know of. Raises `NotFound`."""
    endpoint = WebhookEndpoint.objects.visible_to(viewer).select_related("owner").filter(pk=pk).first()
    if endpoint is None:
        raise NotFound()
    return endpoint


def get_message_for(viewer: Member, pk: int) -> WebhookMessage:
    """Return a message of such an endpoint. Raises `NotFound`."""
    seen = WebhookMessage.objects.filter(endpoint__in=WebhookEndpoint.objects.visible_to(viewer))
    message = seen.select_related("endpoint__owner", "activity__actor").filter(pk=pk).first()
    if message is None:
        raise NotFound()
    return message


def messages_of(
    endpoint: WebhookEndpoint,
    *,
    state: str = "",
    verb: str = "",
    since: dt.datetime | None = None,
    before: int | None = None,
) -> "QuerySet[WebhookMessage]":
    """Return the log of an endpoint, narrowed; the caller orders and cuts it."""
    rows = WebhookMessage.objects.filter(endpoint=endpoint)
    if state in MessageState.values:
        rows = rows.filter(state=state)
    if verb:
        rows = rows.filter(verb=verb)
    if since is not None:
        rows = rows.filter(created_at__gte=since)
    return rows.filter(pk__lt=before) if before is not None else rows


def tries_of(message: WebhookMessage) -> Sequence[WebhookAttempt]:
    """Return the tries of a message, the latest first."""
    return list(WebhookAttempt.objects.filter(message=message).order_by("-pk")[:50])


def replays_of(endpoint: WebhookEndpoint) -> Sequence[WebhookReplay]:
    """Return the latest replays of an endpoint."""
    return list(WebhookReplay.objects.filter(endpoint=endpoint).order_by("-pk")[:5])
