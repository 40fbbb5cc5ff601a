"""Changing the doors, and what members do about the ways into their account."""

from collections.abc import Mapping
from typing import Any

from allauth.account import app_settings
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from community.activity.changes import changed_values, values_of
from community.activity.one_row import change_row, check_row, fields_of, hold_row, keep_row
from community.activity.record import record
from community.errors import Invalid, NotFound
from community.members.doors import domains, memory
from community.members.models import DoorRules, Member
from community.members.permissions import can_keep_doors
from community.members.verbs import DEVICE_IS_NEW, DOORS_CHANGED, SECOND_FACTOR_CHANGED, SESSIONS_ENDED

_LISTS = ("allowed_domains", "blocked_domains")
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@transaction.atomic
def save_door_rules(*, actor: Member, changes: Mapping[str, Any]) -> DoorRules:
    """Change the doors by field name. Raises `Refused` or `Invalid`; then nothing changed."""
    can_keep_doors(actor).require()
    rules = hold_row(DoorRules)
    before = values_of(rules)
    changed = change_row(rules, _as_kept(changes), fields_of(DoorRules))
    if not changed:
        return rules
    check_row(rules, "rules_unusable")
    _keep_a_way_in(actor, rules, changed)
    keep_row(rules)
    record(DOORS_CHANGED, actor=actor, target=rules, payload=changed_values(before, rules, changed))
    transaction.on_commit(memory.forget)
    return rules


def _as_kept(changes: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(changes)
    for name in _LISTS:
        if name in values:
            names, wrong = domains.read_domains(values[name])
            if wrong:
                message = _("This is no e-mail domain: %(names)s") % {"names": ", ".join(wrong[:5])}
                raise Invalid("domain_unusable", message, fields={name: message})
            values[name] = "\n".join(names)
    return values


def _keep_a_way_in(actor: Member, rules: DoorRules, changed: list[str]) -> None:
    """Whoever closes a door must be able to come back through another."""
    if "second_factor" in changed and rules.second_factor != "off" and not actor.has_second_factor:
        message = _("Set up a second step for yourself first, so that you can come back.")
        raise Invalid("second_factor_missing", message, fields={"second_factor": message})


@transaction.atomic
def note_new_device(*, actor: Member, agent: str) -> None:
    """Write down that `actor` signed in with a browser that never opened this account, so that they hear of it."""
    record(DEVICE_IS_NEW, actor=actor, target=actor, payload={"agent": agent[:300]})


@transaction.atomic
def note_second_factor(*, actor: Member) -> bool:
    """Keep on the member whether there is a second step, after an app or a key came or went. Returns whether there is."""
    member = Member.objects.get_queryset().select_for_update(no_key=True).get(pk=actor.pk)
    has: bool = Authenticator.objects.filter(user=member, type__in=SECOND_STEPS).exists()
    if member.has_second_factor != has:
        member.has_second_factor = actor.has_second_factor = has
        member.save(update_fields=["has_second_factor"])
        record(SECOND_FACTOR_CHANGED, actor=actor, target=member, payload={"has": has})
    return has


@transaction.atomic
def drop_unproven_password(*, actor: Member) -> bool:
    """Forget a password whose account never showed that its address is theirs. Returns whether there was one."""
    must_confirm = app_settings.EMAIL_VERIFICATION == app_settings.EmailVerificationMethod.MANDATORY
    proven = EmailAddress.objects.filter(user=actor, verified=True).exists()
    if proven or not must_confirm or not actor.has_usable_password():
        return False
    actor.set_unusable_password()
    actor.save(update_fields=["password"])
    return True


@transaction.atomic
def end_session(*, actor: Member, pk: int) -> None:
    """Sign one of `actor`'s browsers out. Raises `NotFound` for one that is not theirs or gone."""
    session = UserSession.objects.filter(user=actor, pk=pk).first()
    if session is None:
        raise NotFound()
    session.end()
    record(SESSIONS_ENDED, actor=actor, target=actor, payload={"count": 1, "all": False})


@transaction.atomic
def end_other_sessions(*, actor: Member, but: str = "") -> int:
    """Sign `actor` out everywhere, except in the session with the key `but`. Returns how many were ended."""
    others = list(UserSession.objects.filter(user=actor).exclude(session_key=but))
    for session in others:
        session.end()
    if others:
        record(SESSIONS_ENDED, actor=actor, target=actor, payload={"count": len(others), "all": True})
    return len(others)
