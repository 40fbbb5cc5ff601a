"""What can happen to the doors for programs."""

from typing import TypedDict

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
