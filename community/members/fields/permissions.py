"""Who defines profile fields, who answers them, and who reads the answers."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from community.members.models import FilledBy, Member, ProfileField, SeenBy
from community.members.permissions import can_keep
from community.verdict import YES, Verdict, no


def can_define_fields(actor: Member) -> Verdict:
    """Whether `actor` may say what is asked of members."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers decide what profiles ask."))


def can_answer(actor: Member, member: Member) -> Verdict:
    """Whether `actor` may answer for `member` at all: members for themselves, managers for all but administrators."""
    if actor.pk == member.pk:
        return can_keep(actor)
    if actor.is_at_least("manager") and (actor.is_at_least("admin") or not member.is_at_least("admin")):
        return YES
    return no("not_yours", _("Only the member can change this profile."))


def may_fill(actor: Member, member: Member, field: ProfileField) -> bool:
    """Whether this one field is for `actor` to fill in. What staff and sign-on fill in is not for the member."""
    return field.filled_by == FilledBy.MEMBER or actor.is_at_least("manager")


def may_read(viewer: Member | None, member: Member, field: ProfileField) -> bool:
    """Whether `viewer` may read what `member` answered. What only staff see, not even the member reads, unless they wrote it."""
    if viewer is not None and viewer.is_at_least("moderator"):
        return True
    if viewer is not None and viewer.pk == member.pk:
        return field.seen_by != SeenBy.STAFF or field.filled_by == FilledBy.MEMBER
    if member.hides_profile or not member.is_active:
        return False
    return field.seen_by == SeenBy.PUBLIC or (field.seen_by == SeenBy.MEMBERS and viewer is not None)


def readable(
    viewer: Member | None, member: Member, fields: Iterable[ProfileField], answers: Mapping[str, Any]
) -> list[tuple[ProfileField, Any]]:
    """Return the answers `viewer` may read, in the order of the fields. The one door for pages, cards and the API."""
    return [
        (field, answers[field.key])
        for field in fields
        if field.key in answers and may_read(viewer, member, field)
    ]
