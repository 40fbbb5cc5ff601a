"""The providers in force: rows of the admin and those that the environment names, remembered for a few seconds."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from community.members.models.signon import ProviderKind, SignOnProvider
from community.members.signon.sealing import Unsealable, unseal

logger = logging.getLogger(__name__)

REMEMBERED_SECONDS = 10.0
PURPOSE = "members.signon"
ISSUERS = {
    ProviderKind.GOOGLE: "https://accounts.google.com",
    ProviderKind.MICROSOFT: "https://login.microsoftonline.com/{tenant}/v2.0",
}


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider as signing in needs it."""

    key: str
    kind: str
    name: str
    client_id: str
    secret: str = field(repr=False, default="")
    server_url: str = ""
    team_id: str = ""
    key_id: str = ""
    trusts_email: bool = False
    customer_claim: str = ""
    groups_claim: str = ""
    field_claims: str = ""

    @property
    def is_oidc(self) -> bool:
        """Whether it speaks OpenID Connect as everyone does."""
        return self.kind not in (ProviderKind.APPLE, ProviderKind.GITHUB)

    @property
    def issuer(self) -> str:
        """The address below which its description lies; empty for those whose addresses are known."""
        known = ISSUERS.get(ProviderKind(self.kind))
        if known is None:
            return self.server_url.rstrip("/")
        return known.format(tenant=self.server_url.strip("/") or "organizations")


class _Memory:
    """The providers last read by this process, and when."""

    providers: Sequence[Provider] = ()
    read_at = float("-inf")


def providers() -> Sequence[Provider]:
    """Return those that are on, in the order of their buttons. Another process sees a change within ten seconds."""
    if time.monotonic() - _Memory.read_at > REMEMBERED_SECONDS:
        named = [from_environment(entry) for entry in settings.SIGN_ON]
        taken = {provider.key for provider in named}
        rows = SignOnProvider.objects.filter(is_on=True).exclude(key__in=taken)
        opened = (provider for row in rows if (provider := _opened(row)) is not None)
        _Memory.providers, _Memory.read_at = (*named, *opened), time.monotonic()
    return _Memory.providers


def _opened(row: SignOnProvider) -> Provider | None:
    """Return a row as signing in needs it; None where its secret cannot be opened: that closes this way in and no other."""
    try:
        return from_row(row)
    except Unsealable:
        logger.exception("the secret of the sign-on provider %s cannot be opened; save it anew", row.key)
        return None


def find_provider(key: str) -> Provider | None:
    """Return a provider that is on, or None."""
    return next((provider for provider in providers() if provider.key == key), None)


def forget() -> None:
    """Read them anew at the next occasion."""
    _Memory.read_at = float("-inf")


def from_row(row: SignOnProvider) -> Provider:
    """Return a row as signing in needs it, its secret opened."""
    secret = unseal(row.sealed_secret, purpose=PURPOSE) if row.sealed_secret else ""
    return Provider(
        key=row.key,
        kind=row.kind,
        name=row.name,
        client_id=row.client_id,
        secret=secret,
        server_url=row.server_url,
        team_id=row.team_id,
        key_id=row.key_id,
        trusts_email=row.trusts_email,
        customer_claim=row.customer_claim,
        groups_claim=row.groups_claim,
        field_claims=row.field_claims,
    )


def from_environment(entry: dict[str, Any]) -> Provider:
    """Return a provider that `SIGN_ON` names; its names are those of `Provider`."""
    return Provider(**{"kind": ProviderKind.OIDC.value, "name": entry["key"].title(), **entry})
