"""What members answered."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.activity.changes import MASK
from community.activity.record import record
from community.errors import Invalid
from community.members import limits
from community.members.fields.permissions import can_answer, may_fill
from community.members.fields.queries import asked_version, fields_in_use
from community.members.fields.values import Unusable, read_answer, read_answers
from community.members.fields.verbs import ANSWERS_CHANGED
from community.members.models import FilledBy, Member, Profile, ProfileField


@transaction.atomic
def answer_fields(*, actor: Member, member: Member, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answer profile fields of `member` by key; None or an empty answer takes one back, what is not named stays.

    Raises `Refused`, `RateLimited`, or `Invalid` naming each answer that cannot be used, each required one that would be
    missing, and each key that is not for `actor` to fill in; then nothing changed. Returns all answers.
    """
    can_answer(actor, member).require()
    limits.EDIT_PROFILE.spend(actor)
    fields = {field.key: field for field in fields_in_use() if may_fill(actor, member, field)}
    unknown = {key: _("There is no such field for you to fill in.") for key in answers if key not in fields}
    if unknown:
        raise Invalid("no_such_field", _("Some answers need another look."), fields=unknown)
    profile = _locked(member)
    found = read_answers(fields, answers, profile.answers)
    stored = _with(profile.answers, found)
    if actor.pk == member.pk:
        _require(fields, stored, answers)
    _store(actor, member, profile, stored, "staff" if actor.pk != member.pk else "member")
    return stored


@transaction.atomic
def set_fields_from_claims(*, actor: None, member: Member, claims: Mapping[str, Any]) -> list[str]:
    """Write what a sign-on said about a member: fields of either kind of filling in, by key.

    Whatever is no field, or cannot be an answer to it, is left out: somebody else's slip keeps nobody from signing in.
    Returns the keys that were left out.
    """
    fields = {field.key: field for field in fields_in_use()}
    profile = _locked(member)
    found, left = {}, []
    for key, raw in claims.items():
        try:
            found[key] = read_answer(fields[key], raw, profile.answers.get(key))
        except (KeyError, Unusable):
            left.append(key)
    _store(None, member, profile, _with(profile.answers, found), "sign-on")
    return left


def _locked(member: Member) -> Profile:
    Profile.objects.get_or_create(member=member)
    return Profile.objects.select_for_update().get(pk=member.pk)


def _with(kept: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    both = {**kept, **found}
    return {key: value for key, value in both.items() if value is not None}


def _require(
    fields: Mapping[str, ProfileField], stored: Mapping[str, Any], answers: Mapping[str, Any]
) -> None:
    """Refuse to take back what is required. What was never asked of them does not stop another change."""
    missing = {
        field.key: _("Answer this one.")
        for field in fields.values()
        if field.is_required
        and field.filled_by == FilledBy.MEMBER
        and field.key not in stored
        and field.key in answers
    }
    if missing:
        raise Invalid("answer_required", _("Some answers need another look."), fields=missing)


def _store(
    actor: Member | None, member: Member, profile: Profile, stored: dict[str, Any], source: str
) -> None:
    before = profile.answers
    keys = sorted(key for key in {*before, *stored} if before.get(key) != stored.get(key))
    if keys:
        profile.answers = stored
        profile.save(update_fields=["answers"])
        # That there was an answer is said; what it was is the member's.
        was = {key: MASK if key in before else "" for key in keys}
        now = {key: MASK if key in stored else "" for key in keys}
        payload = {"keys": keys, "source": source, "before": was, "after": now}
        record(ANSWERS_CHANGED, actor=actor, target=member, payload=payload)
    _note_complete(member, stored)


def _note_complete(member: Member, stored: Mapping[str, Any]) -> None:
    version = asked_version()
    if member.answered_version >= version:
        return
    if all(field.key in stored for field in fields_in_use() if field.is_required):
        member.answered_version = version
        Member.objects.filter(pk=member.pk).update(answered_version=version)
