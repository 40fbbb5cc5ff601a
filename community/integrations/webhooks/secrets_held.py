"""The secrets of an endpoint, sealed where they lie."""

import datetime as dt

from community.integrations.webhooks.models import WebhookEndpoint
from community.integrations.webhooks.signing import PURPOSE
from community.members.signon.sealing import Unsealable, seal, unseal


def seal_secret(secret: str) -> str:
    """Return a secret as it is kept."""
    return seal(secret, purpose=PURPOSE)


def secrets_in_force(endpoint: WebhookEndpoint, now: dt.datetime) -> list[str]:
    """Return what signs now, the newest first. None is left when the site lost the key they were sealed with."""
    sealed = [endpoint.sealed_secret]
    if endpoint.sealed_old_secret and endpoint.old_until and endpoint.old_until > now:
        sealed.append(endpoint.sealed_old_secret)
    held = []
    for one in sealed:
        try:
            held.append(unseal(one, purpose=PURPOSE))
        except Unsealable:
            continue
    return held
