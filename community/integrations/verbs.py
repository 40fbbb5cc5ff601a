"""What can happen to the doors for programs."""

from typing import TypedDict

from community.activity.changes import Changed
from community.activity.registry import verb


class ApiKeyChanged(TypedDict):
    """Which key, whose, and what it may. Never its secret."""

    name: str
    prefix: str
    member_id: int
    scopes: list[str]


class EmbedOriginChanged(TypedDict):
    """Which site."""

    origin: str


class WebhookKept(TypedDict):
    """Which endpoint, by its host alone: the rest of an address may be a secret. `fields` are those that were given."""

    host: str
    owner_id: int
    fields: list[str]


class WebhookChanged(Changed):
    """What an endpoint was told to hear, or where it is; an address by its host alone."""

    host: str
    owner_id: int


class WebhookTurned(TypedDict):
    """An endpoint is in use or not. `reason` is hand, failing or gone; empty when it is in use."""

    host: str
    owner_id: int
    reason: str


class WebhookReplayed(TypedDict):
    """A span of an endpoint's events is sent again. `which` is failed, missed or all."""

    host: str
    owner_id: int
    which: str
    begins_at: str
    ends_at: str


API_KEY_CREATED = verb("api_key.created", ApiKeyChanged, "A key for a program was made.")
API_KEY_REVOKED = verb(
    "api_key.revoked", ApiKeyChanged, "A key was revoked by a person, or after long disuse."
)
EMBED_ORIGIN_ADDED = verb(
    "embed_origin.added", EmbedOriginChanged, "A site may embed the community from now on."
)
EMBED_ORIGIN_REMOVED = verb(
    "embed_origin.removed", EmbedOriginChanged, "A site may no longer embed the community."
)
WEBHOOK_ADDED = verb("webhook.added", WebhookKept, "An endpoint for webhooks was added.")
WEBHOOK_CHANGED = verb(
    "webhook.changed", WebhookChanged, "What an endpoint hears, or where it is, was changed."
)
WEBHOOK_SECRET_RENEWED = verb(
    "webhook.secret_renewed",
    WebhookKept,
    "An endpoint got a new secret; the old one signs along for a while.",
)
WEBHOOK_TURNED_ON = verb("webhook.turned_on", WebhookTurned, "An endpoint is in use again.")
WEBHOOK_TURNED_OFF = verb(
    "webhook.turned_off", WebhookTurned, "An endpoint was turned off, by the team or by itself."
)
WEBHOOK_REMOVED = verb("webhook.removed", WebhookKept, "An endpoint was removed with its log.")
WEBHOOK_REPLAYED = verb("webhook.replayed", WebhookReplayed, "A span of an endpoint's events is sent again.")
