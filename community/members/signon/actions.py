"""Changing providers, and the links between members and them."""

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community import egress
from community.activity.changes import changed_values, values_of
from community.activity.one_row import change_row, check_row, fields_of
from community.activity.record import record
from community.errors import Invalid, NotFound, Refused
from community.members.doors.memory import closes_local_ways
from community.members.models import Member, SignOnProvider
from community.members.permissions import can_keep_doors
from community.members.signon.calls import GuardedSession, failure
from community.members.signon.providers import PURPOSE, find_provider, forget, from_row
from community.members.signon.sealing import Unsealable, seal
from community.members.verbs import LINK_ADDED, LINK_REMOVED, PROVIDER_CHANGED, PROVIDER_REMOVED

_HIDDEN = {"sealed_secret", "tested_at", "test_said"}


@transaction.atomic
def save_provider(
    *, actor: Member, row: SignOnProvider, changes: Mapping[str, Any], secret: str = ""
) -> SignOnProvider:
    """Add or change a provider by field name; an empty `secret` leaves the one it has.

    Raises `Refused` or `Invalid`; then nothing changed.
    """
    can_keep_doors(actor).require()
    led = (row.kind, row.server_url)
    before = values_of(row)
    secrets = {"secret": (row.sealed_secret, secret)} if secret else {}
    changed = change_row(row, changes, fields_of(SignOnProvider) - _HIDDEN)
    if row.pk is None or led != (row.kind, row.server_url):
        _check_lead(actor, row)
    if secret:
        row.sealed_secret = seal(secret, purpose=PURPOSE)
    if not changed and not secrets:
        return row
    check_row(row, "provider_unusable")
    _check_whole(row)
    row.changed_at = timezone.now()
    row.save()
    said = changed_values(before, row, changed, **secrets)
    payload = {"key": row.key, "is_on": row.is_on, **said}
    record(PROVIDER_CHANGED, actor=actor, target=row, payload=payload)
    transaction.on_commit(forget)
    return row


def _check_lead(actor: Member, row: SignOnProvider) -> None:
    """Accounts are found by key and subject: whoever leads a known key to a server of their own opens every account behind it,
    administrators' too. So only an administrator does."""
    if not actor.is_at_least("admin") and SocialAccount.objects.filter(provider=row.key).exists():
        sentence = _("Members sign in by this key. Only an administrator can lead it elsewhere.")
        raise Refused("provider_in_use", sentence)


def _check_whole(row: SignOnProvider) -> None:
    wrong: dict[str, str] = {}
    if row.kind in ("apple", "github") and row.key != row.kind:
        wrong["key"] = _("For this kind the key is %(key)s.") % {"key": row.kind}
    if row.kind == "oidc":
        try:
            egress.read_target(row.server_url)
        except egress.EgressRefused:
            wrong["server_url"] = _("This must be an https address with a public name.")
    if row.kind == "apple" and not (row.team_id and row.key_id):
        wrong["team_id"] = _("Apple needs a team ID and a key ID.")
    if row.is_on and not row.sealed_secret:
        wrong["is_on"] = _("It has no secret yet.")
    if wrong:
        raise Invalid("provider_unusable", _("Some fields need another look."), fields=wrong)


@transaction.atomic
def remove_provider(*, actor: Member, row: SignOnProvider) -> None:
    """Take a provider away. Accounts that came by it stay, and can be opened another way."""
    can_keep_doors(actor).require()
    record(PROVIDER_REMOVED, actor=actor, target=row, payload={"key": row.key})
    row.delete()
    transaction.on_commit(forget)


def ask_provider(*, actor: Member, row: SignOnProvider) -> str:
    """Ask a provider for its description, and write down and return what came of it."""
    can_keep_doors(actor).require()
    said = _look(row)
    row.tested_at, row.test_said = timezone.now(), said[:300]
    row.save(update_fields=["tested_at", "test_said"])
    return said


def _look(row: SignOnProvider) -> str:
    try:
        provider = from_row(row)
    except Unsealable:
        return _("Its secret cannot be read any more. Write it down here again.")
    if not provider.is_oidc:
        return _("Its addresses are known; try its button to see whether the secret is right.")
    address = f"{provider.issuer}/.well-known/openid-configuration"
    try:
        with GuardedSession() as session:
            answer = session.get(address)
            answer.raise_for_status()
            found = answer.json()
    except failure() as error:
        return _("It did not answer as it should: %(error)s") % {"error": error}
    needed = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
    missing = [name for name in needed if not (isinstance(found, dict) and found.get(name))]
    if missing:
        return _("Its description lacks %(names)s.") % {"names": ", ".join(missing)}
    if "{" not in found["issuer"] and found["issuer"].rstrip("/") != provider.issuer:
        return _("It calls itself %(issuer)s: write that as the issuer.") % {"issuer": found["issuer"]}
    return _("It answers, and is who it should be.")


@transaction.atomic
def unlink_account(*, actor: Member, pk: int) -> str:
    """Take away one of `actor`'s links, and return whose it was. Raises `NotFound`, or `Refused` when it is the last way in."""
    held = list(SocialAccount.objects.select_for_update().filter(user=actor).order_by("pk"))
    link = next((entry for entry in held if entry.pk == pk), None)
    if link is None:
        raise NotFound()
    can_come_back = actor.has_usable_password() or _has_address(actor)
    if len(held) == 1 and (closes_local_ways() or not can_come_back):
        raise Refused("last_way_in", _("This is your only way in. Add a password or a passkey first."))
    record(LINK_REMOVED, actor=actor, target=actor, payload={"provider": link.provider})
    link.delete()
    provider = find_provider(link.provider)
    return provider.name if provider is not None else str(link.provider)


@transaction.atomic
def note_link(*, actor: Member, provider: str) -> None:
    """Write down that `actor` linked another way in."""
    record(LINK_ADDED, actor=actor, target=actor, payload={"provider": provider})


def _has_address(actor: Member) -> bool:
    """With a confirmed address one comes back by a code or a new password."""
    return bool(EmailAddress.objects.filter(user=actor, verified=True).exists())
