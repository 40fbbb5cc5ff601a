"""Turning endpoints on and off: what they hear follows, in the same transaction."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils import timezone

from community.activity.record import record
from community.integrations import verbs
from community.integrations.webhooks.listening import renew_listening
from community.integrations.webhooks.models import MessageState, OffReason, WebhookEndpoint, WebhookMessage

if TYPE_CHECKING:
    from community.members.models import Member


def host_of(endpoint: WebhookEndpoint) -> str:
    """Return where an endpoint is, without what may be a secret in its address."""
    return urlsplit(endpoint.url).hostname or ""


def turn_off_by_rule(endpoint: WebhookEndpoint, reason: OffReason) -> None:
    """Turn off an endpoint that fails; its owner hears of it from the Activity."""
    set_off(None, endpoint, reason)


def set_off(actor: "Member | None", endpoint: WebhookEndpoint, reason: OffReason) -> bool:
    """Turn off an endpoint that is on. What waits is given up, and can be sent again later. Returns whether it was on."""
    now = timezone.now()
    changed = WebhookEndpoint.objects.filter(pk=endpoint.pk, is_on=True).update(
        is_on=False, off_reason=reason, off_at=now
    )
    if not changed:
        return False
    endpoint.is_on, endpoint.off_reason, endpoint.off_at = False, reason, now
    WebhookMessage.objects.filter(endpoint=endpoint, state=MessageState.WAITING).update(
        state=MessageState.FAILED, why="off", finished_at=now
    )
    renew_listening()
    record(verbs.WEBHOOK_TURNED_OFF, actor=actor, target=endpoint, payload=_turned(endpoint))
    return True


def set_on(actor: "Member", endpoint: WebhookEndpoint) -> bool:
    """Put an endpoint in use, with a clean slate. Returns whether it was off."""
    clean = {
        "is_on": True,
        "off_reason": OffReason.NONE,
        "off_at": None,
        "failures": 0,
        "failing_since": None,
        "rests_until": None,
    }
    if not WebhookEndpoint.objects.filter(pk=endpoint.pk, is_on=False).update(**clean):
        return False
    for name, value in clean.items():
        setattr(endpoint, name, value)
    renew_listening()
    record(verbs.WEBHOOK_TURNED_ON, actor=actor, target=endpoint, payload=_turned(endpoint))
    return True


def _turned(endpoint: WebhookEndpoint) -> dict[str, object]:
    return {"host": host_of(endpoint), "owner_id": endpoint.owner_id, "reason": str(endpoint.off_reason)}
