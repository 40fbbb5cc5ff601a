"""The account itself: what says whose it is goes, in the first transaction of all."""

import secrets
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from community.belongings import Leaving
from community.brand.queries import current_brand
from community.members.models import Member
from community.notifications.mail.message import language_of
from community.privacy.models import Erasure, ErasureState

# What stays on the account: the number that the books name, and the balances they prove.
KEPT = frozenset({"id", "points_earned", "points_to_spend", "joined_at"})
NOBODY = "former-member"


def begin(erasure: Erasure) -> None:
    """Take the identity off the account and keep it beside, until it is found nowhere else. Once begun, nothing changes."""
    with transaction.atomic():
        held = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
        if held.state != ErasureState.WAITING:
            erasure.refresh_from_db()
            return
        member = Member.objects.get_queryset().select_for_update().get(pk=held.member_id)
        addresses = apps.get_model("account.EmailAddress").objects.filter(user=member)
        emails = {member.email, *addresses.values_list("email", flat=True)} - {""}
        held.identity = {
            "handle": member.handle,
            "name": member.name,
            "email": member.email,
            "emails": sorted(emails),
            "language": language_of(member),
        }
        held.state, held.begun_at = ErasureState.UNDER_WAY, timezone.now()
        held.save(update_fields=["identity", "state", "begun_at"])
        strip(member)
    erasure.refresh_from_db()


def strip(member: Member) -> None:
    """Set every column to what it is on a new account, also those that are added later."""
    values: dict[str, Any] = {}
    for column in Member._meta.concrete_fields:
        if column.name not in KEPT:
            values[column.attname] = _empty(column)
    with translation.override(current_brand().default_language or None):
        values["name"] = _("Former member")
    values.update(
        handle=f"former-{secrets.token_hex(6)}",
        password=make_password(None),
        is_active=False,
        # The day would tell who joined then.
        joined_at=member.joined_at.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0),
    )
    Member.objects.filter(pk=member.pk).update(**values)


def _empty(column: "models.Field[Any, Any]") -> Any:
    if column.has_default():
        return column.get_default()
    return None if column.null else column.get_default()


def leaving_of(erasure: Erasure) -> Leaving:
    """Return who is being erased, for the features."""
    words = erasure.identity
    return Leaving(
        member_id=erasure.member_id,
        handle=words.get("handle", ""),
        name=words.get("name", ""),
        emails=tuple(words.get("emails", ())),
        deletes_posts=erasure.deletes_posts,
    )
