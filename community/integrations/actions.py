"""Opening and closing the doors for programs."""

import datetime as dt
import secrets
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid
from community.integrations import limits, verbs
from community.integrations.models import LONGEST_LIFE, ApiKey, EmbedOrigin, hash_secret
from community.integrations.permissions import can_create_key, can_embed, can_grant, can_revoke_key
from community.integrations.queries import forget_origins
from community.integrations.scopes import SCOPES
from community.members.models import Member


@transaction.atomic
def create_api_key(
    *, actor: Member, member: Member, name: str, scopes: Sequence[str], days: int = 90
) -> tuple[ApiKey, str]:
    """Make a key that acts as `member`. Returns it with the text to put into the program, which cannot be shown again."""
    can_create_key(actor, member).require()
    can_grant(actor, member, scopes).require()
    limits.CREATE_KEY.spend(actor)
    chosen = [scope for scope in SCOPES if scope in scopes]
    if not chosen or len(chosen) != len(set(scopes)):
        raise Invalid(
            "scopes", _("Choose what the key may do."), fields={"scopes": _("Choose at least one.")}
        )
    if not 1 <= days <= LONGEST_LIFE.days:
        raise Invalid("days", _("A key lives at most a year."), fields={"days": _("Between 1 and 365 days.")})
    prefix, secret, now = secrets.token_hex(5), secrets.token_urlsafe(32), timezone.now()
    key = ApiKey.objects.create(
        name=name.strip()[:60],
        prefix=prefix,
        secret_hash=hash_secret(secret),
        member=member,
        created_by=actor,
        scopes=chosen,
        created_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    record(verbs.API_KEY_CREATED, actor=actor, target=key, payload=_snapshot(key))
    return key, f"plk_{prefix}_{secret}"


@transaction.atomic
def revoke_api_key(*, actor: Member, key: ApiKey) -> ApiKey:
    """Close a key at once. Closing it twice changes nothing."""
    can_revoke_key(actor, key).require()
    if _close(key):
        record(verbs.API_KEY_REVOKED, actor=actor, target=key, payload=_snapshot(key))
    return key


@transaction.atomic
def revoke_idle_keys() -> int:
    """Close keys that nothing has used for long. Returns how many."""
    before = timezone.now() - limits.IDLE.span()
    idle = [key for key in ApiKey.objects.usable() if (key.last_used_at or key.created_at) < before]
    for key in idle:
        if _close(key):
            record(verbs.API_KEY_REVOKED, actor=None, target=key, payload=_snapshot(key))
    return len(idle)


@transaction.atomic
def add_embed_origin(*, actor: Member, origin: str, label: str = "") -> EmbedOrigin:
    """Let a site of the brand show the community in frames and read its public API."""
    can_embed(actor).require()
    entry = EmbedOrigin(origin=origin.strip().rstrip("/").lower(), label=label, added_by=actor)
    try:
        entry.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        sentence = error.messages[0]
        raise Invalid("origin", sentence, fields={"origin": sentence}) from error
    if EmbedOrigin.objects.filter(origin=entry.origin).exists():
        raise Conflict("origin_known", _("This site is registered already."))
    entry.save()
    transaction.on_commit(forget_origins, robust=True)
    record(verbs.EMBED_ORIGIN_ADDED, actor=actor, target=entry, payload={"origin": entry.origin})
    return entry


@transaction.atomic
def remove_embed_origin(*, actor: Member, entry: EmbedOrigin) -> None:
    """Stop a site from showing the community."""
    can_embed(actor).require()
    record(verbs.EMBED_ORIGIN_REMOVED, actor=actor, target=entry, payload={"origin": entry.origin})
    entry.delete()
    transaction.on_commit(forget_origins, robust=True)


def _close(key: ApiKey) -> bool:
    now = timezone.now()
    changed = ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now)
    if changed:
        key.revoked_at = now
    return bool(changed)


def _snapshot(key: ApiKey) -> dict[str, object]:
    return {"name": key.name, "prefix": key.prefix, "member_id": key.member_id, "scopes": list(key.scopes)}
