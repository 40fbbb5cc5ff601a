"""Adding endpoints, changing them, testing them, and sending things again."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.changes import changed_values, values_of
from community.activity.record import record
from community.errors import Conflict, Invalid
from community.integrations import limits, verbs
from community.integrations.webhooks.body import TEST
from community.integrations.webhooks.catalogue import find_event
from community.integrations.webhooks.checking import checked
from community.integrations.webhooks.listening import renew_listening
from community.integrations.webhooks.models import (
    MessageState,
    OffReason,
    WebhookEndpoint,
    WebhookMessage,
    WebhookReplay,
    Which,
)
from community.integrations.webhooks.permissions import can_add_endpoint, can_change_endpoint
from community.integrations.webhooks.replaying import queue_again
from community.integrations.webhooks.secrets_held import seal_secret
from community.integrations.webhooks.signing import new_key, new_secret
from community.integrations.webhooks.turning import host_of, set_off, set_on
from community.members.models import Member


@transaction.atomic
def add_endpoint(*, actor: Member, values: Mapping[str, Any]) -> tuple[WebhookEndpoint, str]:
    """Add an endpoint of `actor`: `url`, `description`, `verbs`, `space_ids`, `tags`. Returns it with its secret, shown once."""
    can_add_endpoint(actor).require()
    limits.SAVE_ENDPOINT.spend(actor)
    clean = checked(actor, values)
    if "url" not in clean:
        raise Invalid("endpoint_unusable", _("An address is missing."), fields={"url": _("Where to send?")})
    if WebhookEndpoint.objects.count() >= limits.MOST_ENDPOINTS():
        raise Conflict(
            "too_many_endpoints", _("There are as many endpoints as there may be. Remove one first.")
        )
    secret = new_secret()
    endpoint = WebhookEndpoint.objects.create(owner=actor, sealed_secret=seal_secret(secret), **clean)
    renew_listening()
    record(verbs.WEBHOOK_ADDED, actor=actor, target=endpoint, payload=_said(endpoint, clean))
    return endpoint, secret


@transaction.atomic
def change_endpoint(
    *, actor: Member, endpoint: WebhookEndpoint, values: Mapping[str, Any]
) -> WebhookEndpoint:
    """Change what an endpoint hears or where it is. What waits goes to the new address. Nothing is said when nothing changed."""
    can_change_endpoint(actor, endpoint).require()
    limits.SAVE_ENDPOINT.spend(actor)
    held = WebhookEndpoint.objects.select_for_update(of=("self",)).select_related("owner").get(pk=endpoint.pk)
    # What may be chosen is what its owner may see, whoever chooses.
    clean = {k: v for k, v in checked(held.owner, values).items() if getattr(held, k) != v}
    if not clean:
        return held
    before, host = values_of(held, clean), host_of(held)
    for name, value in clean.items():
        setattr(held, name, value)
    held.save(update_fields=list(clean))
    renew_listening()
    # The rest of an address may be a secret.
    where = {"url": (host, host_of(held))} if "url" in clean else {}
    changed = changed_values(before, held, clean, **where)
    payload = {**changed, "host": host_of(held), "owner_id": held.owner_id}
    record(verbs.WEBHOOK_CHANGED, actor=actor, target=held, payload=payload)
    return held


@transaction.atomic
def renew_secret(*, actor: Member, endpoint: WebhookEndpoint) -> str:
    """Give an endpoint a new secret, shown once. The old one signs along for a while (`limits.OVERLAP`)."""
    can_change_endpoint(actor, endpoint).require()
    limits.SAVE_ENDPOINT.spend(actor)
    held = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    secret = new_secret()
    held.sealed_old_secret, held.sealed_secret = held.sealed_secret, seal_secret(secret)
    held.old_until = timezone.now() + limits.OVERLAP.span()
    held.save(update_fields=["sealed_secret", "sealed_old_secret", "old_until"])
    record(verbs.WEBHOOK_SECRET_RENEWED, actor=actor, target=held, payload=_said(held, ()))
    return secret


@transaction.atomic
def turn_endpoint(*, actor: Member, endpoint: WebhookEndpoint, on: bool) -> WebhookEndpoint:
    """Put an endpoint in use, or take it out of use. Doing it twice changes nothing."""
    can_change_endpoint(actor, endpoint).require()
    held = WebhookEndpoint.objects.select_for_update(of=("self",)).select_related("owner").get(pk=endpoint.pk)
    if on:
        set_on(actor, held)
    else:
        set_off(actor, held, OffReason.HAND)
    return held


@transaction.atomic
def remove_endpoint(*, actor: Member, endpoint: WebhookEndpoint) -> None:
    """Remove an endpoint with its log and its secrets."""
    can_change_endpoint(actor, endpoint).require()
    held = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    record(verbs.WEBHOOK_REMOVED, actor=actor, target=held, payload=_said(held, ()))
    held.delete()
    renew_listening()


@transaction.atomic
def send_test(*, actor: Member, endpoint: WebhookEndpoint, verb: str = "") -> WebhookMessage:
    """Queue a signed message with made-up fields, marked as a test: of one verb, or a greeting."""
    can_change_endpoint(actor, endpoint).require()
    limits.TRY_ENDPOINT.spend(actor)
    if verb and find_event(verb) is None:
        raise Invalid(
            "verb_unknown", _("There is no such event."), fields={"verb": _("There is no such event.")}
        )
    held = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    _require_on(held)
    held.last_sequence += 1
    # Somebody waits for it: whether the receiver is well again is what the test is to show.
    held.rests_until = None
    held.save(update_fields=["last_sequence", "rests_until"])
    return WebhookMessage.objects.create(
        endpoint=held, key=new_key(), verb=verb or TEST, sequence=held.last_sequence, is_test=True
    )


@transaction.atomic
def replay_message(*, actor: Member, message: WebhookMessage) -> WebhookMessage:
    """Send a message once more, with the id it had. One that waits is tried now."""
    can_change_endpoint(actor, message.endpoint).require()
    limits.REPLAY_ONE.spend(actor)
    held = WebhookEndpoint.objects.select_for_update().get(pk=message.endpoint_id)
    _require_on(held)
    if not queue_again([message.pk]):
        WebhookMessage.objects.filter(pk=message.pk, state=MessageState.WAITING).update(due_at=timezone.now())
    WebhookEndpoint.objects.filter(pk=held.pk).update(rests_until=None)
    message.refresh_from_db()
    return message


@transaction.atomic
def replay_span(
    *, actor: Member, endpoint: WebhookEndpoint, begins_at: dt.datetime, ends_at: dt.datetime, which: str
) -> WebhookReplay:
    """Send what happened in a span of time again, a little at a time. One span of an endpoint at once."""
    can_change_endpoint(actor, endpoint).require()
    limits.REPLAY_SPAN.spend(actor)
    _check_span(begins_at, ends_at, which)
    held = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    _require_on(held)
    try:
        with transaction.atomic():
            replay = WebhookReplay.objects.create(
                endpoint=held, asked_by=actor, which=which, begins_at=begins_at, ends_at=ends_at
            )
    except IntegrityError as error:
        raise Conflict("replay_runs", _("A span is being sent already. Wait until it is through.")) from error
    payload = {
        "host": host_of(held),
        "owner_id": held.owner_id,
        "which": which,
        "begins_at": begins_at.isoformat(),
        "ends_at": ends_at.isoformat(),
    }
    record(verbs.WEBHOOK_REPLAYED, actor=actor, target=held, payload=payload)
    return replay


def _check_span(begins_at: dt.datetime, ends_at: dt.datetime, which: str) -> None:
    wrong: dict[str, str] = {}
    if begins_at >= ends_at:
        wrong["ends_at"] = _("This must be later than the beginning.")
    days = limits.KEEP_MESSAGES()
    if begins_at < timezone.now() - dt.timedelta(days=days, hours=1):
        wrong["begins_at"] = _("The log reaches back %(days)s days.") % {"days": days}
    if which not in Which.values:
        wrong["which"] = _("Choose what to send again.")
    if wrong:
        raise Invalid("span_unusable", _("Some fields need another look."), fields=wrong)


def _require_on(endpoint: WebhookEndpoint) -> None:
    if not endpoint.is_on:
        raise Conflict("endpoint_off", _("This endpoint is turned off. Turn it on first."))


def _said(endpoint: WebhookEndpoint, fields: Mapping[str, Any] | Sequence[str]) -> dict[str, Any]:
    return {"host": host_of(endpoint), "owner_id": endpoint.owner_id, "fields": sorted(fields)}
