"""Who may open doors for programs."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from community.integrations.models import ApiKey
from community.integrations.scopes import PRIVATE
from community.members.models import Member
from community.members.permissions import can_take_part
from community.verdict import YES, Verdict, no


def can_create_key(actor: Member, member: Member) -> Verdict:
    """Whether `actor` may make a key that acts as `member`: managers for themselves, administrators for anyone."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if actor.is_at_least("admin") or (actor.pk == member.pk and actor.is_at_least("manager")):
        return YES
    return no("managers_only", _("Only community managers make API keys."))


def can_grant(actor: Member, member: Member, scopes: Collection[str]) -> Verdict:
    """Whether a key of `actor` for `member` may carry `scopes`. Nobody opens the messages and drafts of a member to a
    program of theirs: only one's own, and those of accounts of the team."""
    if actor.pk == member.pk or member.is_staff or not set(scopes) & set(PRIVATE):
        return YES
    return no(
        "private_scopes", _("Nobody can make a key that reads the messages or drafts of somebody else.")
    )


def can_revoke_key(actor: Member, key: ApiKey) -> Verdict:
    """Whether `actor` may revoke `key`: whom it acts as, who made it, and administrators."""
    if actor.pk in (key.member_id, key.created_by_id) or actor.is_at_least("admin"):
        return YES
    return no("not_yours", _("Only its owner or an administrator can revoke this key."))


def can_embed(actor: Member) -> Verdict:
    """Whether `actor` may decide which sites show the community."""
    return YES if actor.is_at_least("admin") else no("admins_only", _("Only administrators decide this."))
