"""Who may change how e-mail behaves."""

from django.utils.translation import gettext as _

from community.members.models import Member
from community.verdict import YES, Verdict, no


def can_change_mail_rules(actor: Member) -> Verdict:
    """Whether `actor` may change the e-mail rules of the community."""
    if actor.is_at_least("manager") and not actor.is_suspended:
        return YES
    return no("managers_only", _("Only community managers change the e-mail rules."))
