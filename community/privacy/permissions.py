"""Who may take a copy, leave, and do either for others."""

from django.utils.translation import gettext as _

from community.members.models import Member, Role
from community.members.permissions import outranks
from community.privacy.models import Erasure, ErasureState
from community.verdict import YES, Verdict, no


def can_export(actor: Member) -> Verdict:
    """Whether `actor` may take a copy of what they have here. Suspended members may: it is theirs."""
    if actor.is_active:
        return YES
    return no("account_closed", _("This account is closed."))


def can_leave(actor: Member) -> Verdict:
    """Whether `actor` may have themselves erased. Suspended members may; the last administrator must not."""
    if not actor.is_active:
        return no("account_closed", _("This account is closed."))
    if actor.role == Role.ADMIN and not _other_admins(actor):
        return no("last_administrator", _("You are the only administrator. Give the role to someone first."))
    return YES


def _other_admins(actor: Member) -> bool:
    """Whether an administrator stays who does not leave as well."""
    leaving = Erasure.objects.filter(state__in=[ErasureState.WAITING, ErasureState.UNDER_WAY])
    others = Member.objects.get_queryset().present().filter(role=Role.ADMIN).exclude(pk=actor.pk)
    return others.exclude(pk__in=leaving.values("member")).exists()


def can_anonymise(actor: Member, member: Member) -> Verdict:
    """Whether `actor` may erase `member`: managers and above, only below their own role, and never themselves."""
    if not actor.is_at_least("manager"):
        return no("managers_only", _("Only community managers can do this."))
    verdict = outranks(actor, member)
    if verdict and not member.is_active:
        return no("account_closed", _("This account is closed."))
    return verdict


def can_merge(actor: Member, source: Member, target: Member) -> Verdict:
    """Whether `actor` may make `source` part of `target`: as for erasing, and both must be plain members."""
    if source.pk == target.pk:
        return no("same_account", _("Choose two different accounts."))
    if target.is_staff or source.is_staff:
        return no("role_too_high", _("Accounts of the team cannot be joined. Take the role away first."))
    return can_anonymise(actor, source) and can_anonymise(actor, target)
